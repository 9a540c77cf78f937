// A DLL that makes system calls of its own, behind Wine's back, and means harm. Whatever it does, the host stays whole: it reads and writes
// no file for it, is neither ended nor held up, and goes on with a fresh agent.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, afterEach, describe, expect, test } from 'dllparity';
import { CALLBACK_FRAMES, FRAME, HEADER, HEAP, PLAN_TABLE } from '../../../../protocol/wire/layout.ts';
import type { Agent } from '../../../agent.ts';
import type { Config } from '../../../config/config.ts';
import { isDllparityError } from '../../../base/errors.ts';
import { bootForWorker } from '../../../vitest/fixtures/test.ts';
import { sleep } from '../../../machines/sleep.ts';
import { basics } from '../../reference-dlls.ts';
import { hasAllVariants } from '../../../../tools/test-runtimes/extent.ts';
import { hostileFiles, hostileLinux, hostileWire } from './hostile.ts';

const LIMIT_MS = 1000;
/** Of random words, by a DLL in the agent. The fuzzing of the wire has thousands. */
const SEEDS = hasAllVariants ? 12 : 6;
/** What an outcome may take beyond the limit of its call. */
const GRACE_MS = 1000;
const BOOT_MS = 5000;
/** Loading asks the agent, and its successor where that gets no answer; then the call has its limit. */
const MAX_LOAD_AND_CALL_MS = 2 * (BOOT_MS + GRACE_MS) + LIMIT_MS + GRACE_MS;
/** Longer than anything that a DLL leaves running. */
const SOON_MS = 15_000;
const MEBIBYTE = 2 ** 20;
const SIGSTOP = 19;
const NEWLINE = 10;
const SECRET = 'nobody inside shall know this';
const UNTOUCHED = 'nobody inside has written this';

let outside: string;
let agent: Agent;

const boot = (options: Config = {}): Promise<Agent> =>
  bootForWorker({ sandbox: 'required', callTimeoutMs: LIMIT_MS, ...options });

beforeAll(() => {
  outside = mkdtempSync(join(tmpdir(), 'dllparity-outside-'));
  writeFileSync(join(outside, 'secret'), `${SECRET}\n`.repeat(20));
  writeFileSync(join(outside, 'target'), UNTOUCHED);
});
afterAll(() => {
  rmSync(outside, { recursive: true });
});
beforeEach(async () => {
  agent = await boot();
});
afterEach(async () => {
  // Closing does not hang either.
  const start = performance.now();
  await agent.close();
  expect(performance.now() - start).toBeLessThan(10_000);
  // An agent that ends after the call which damaged it is what these tests are about.
  agent.takeLateFaults();
});

/** The agent, or its successor, answers. */
function expectHealthy(): void {
  expect(agent.load(basics).add(20, 22)).toBe(42);
}

/**
 * Wine itself may have been broken: then what the harness asks gets no answer or a wrong one, until an agent has another prefix, or
 * until the program that does it has ended.
 */
function expectHealthySoon(): void {
  const start = performance.now();
  while (performance.now() - start < SOON_MS) {
    try {
      expectHealthy();
      return;
    } catch (error) {
      if (!isDllparityError(error)) throw error;
      sleep(200);
    }
  }
  expectHealthy();
}

/** Runs it, and says how long that took; nothing but the harness's own errors may come out of it. */
function timed(action: () => unknown): number {
  const start = performance.now();
  try {
    action();
  } catch (error) {
    if (!isDllparityError(error)) throw error;
  }
  return performance.now() - start;
}

describe('files of the host', () => {
  test('are not read through links in place of whatever can be written', () => {
    const files = agent.load(hostileFiles);
    files.replace(join(outside, 'secret'));
    const outcome = agent.load(basics).exit.outcome(3);
    expect(outcome).toMatchObject({ kind: 'exited', code: 3 });
    expect(
      JSON.stringify({ outcome, arguments: null }, (_, value: unknown) =>
        typeof value === 'bigint' ? Number(value) : value,
      ),
    ).not.toContain(SECRET);
    expect(agent.logTail(200).join('\n')).not.toContain(SECRET);
    expectHealthy();
  });

  test('are not written through links, when a spare takes over either', () => {
    agent.load(basics).exit.outcome(1);
    const files = agent.load(hostileFiles);
    const { fork } = agent.load(hostileLinux);
    expect(fork(5)).toBeGreaterThan(0n);
    files.keepReplacing(join(outside, 'target'), 3000);
    for (let i = 0; i < 3; i++) {
      agent.load(basics).exit.outcome(i);
      expectHealthy();
    }
    expect(readFileSync(join(outside, 'target'), 'utf8')).toBe(UNTOUCHED);
  });
});

describe('the host is not ended', () => {
  test('by memory that is cut off, that of Wine itself among it', { timeout: 120_000 }, async () => {
    await agent.close();
    agent = await boot({ bootTimeoutMs: BOOT_MS });
    timed(() => agent.load(hostileFiles).truncate(0));
    expectHealthySoon();
    expect(agent.load(basics).exit.outcome(2)).toMatchObject({ kind: 'exited', code: 2 });
    expectHealthy();
  });

  test('by 400 MiB of lines, or of /dev/zero', async () => {
    await agent.close();
    agent = await boot({ callTimeoutMs: 30_000 });
    const files = agent.load(hostileFiles);
    const before = process.memoryUsage.rss();
    const outcome = files.write.outcome(1, NEWLINE, 400);
    expect(outcome).toMatchObject({ kind: 'returned', result: 400 });
    agent.drainLog();
    expect(files.write(2, 0, 100)).toBe(100);
    files.replace('/dev/zero');
    agent.load(basics).exit.outcome(1);
    expect(agent.logTail().length).toBeLessThan(200);
    expect(process.memoryUsage.rss() - before).toBeLessThan(200 * MEBIBYTE);
    expectHealthy();
  });

  test('by a text of 1.5 GiB', ({ skip }) => {
    if (agent.pointerBytes === 4) skip('there is no room for it');
    const before = process.memoryUsage.rss();
    const start = performance.now();
    expect(() => agent.load(hostileWire).hugeText(BigInt(1536 * MEBIBYTE))).toThrow(
      /READ_TOO_LARGE|CALL_DID_NOT_RETURN/,
    );
    expect(performance.now() - start).toBeLessThan(20_000);
    expect(process.memoryUsage.rss() - before).toBeLessThan(400 * MEBIBYTE);
    expectHealthy();
  });
});

describe('the host is not held up', () => {
  test('by named pipes in place of whatever can be written', () => {
    agent.load(hostileFiles).replace('');
    expect(timed(() => agent.load(basics).exit.outcome(3))).toBeLessThan(LIMIT_MS + GRACE_MS);
    expectHealthy();
  });

  test('by pipes that are full, or emptied, those of Wine itself among them', { timeout: 120_000 }, async () => {
    await agent.close();
    // What the harness itself asks of an agent has this limit.
    agent = await boot({ bootTimeoutMs: BOOT_MS });
    const files = agent.load(hostileFiles);
    timed(() => files.fillPipes(NEWLINE));
    expect(timed(() => agent.load(basics).exit.outcome(3))).toBeLessThan(MAX_LOAD_AND_CALL_MS);
    expectHealthySoon();
    timed(() => agent.load(hostileFiles).keepFillingPipes(0x21, 4000));
    expect(timed(() => agent.load(basics).hang.outcome())).toBeLessThan(MAX_LOAD_AND_CALL_MS);
    expectHealthySoon();
    timed(() => agent.load(hostileFiles).emptyPipes());
    expect(timed(() => agent.load(basics).hang.outcome())).toBeLessThan(MAX_LOAD_AND_CALL_MS);
    expectHealthySoon();
  });

  test('by callbacks without end', () => {
    let called = 0;
    const start = performance.now();
    const outcome = agent.load(hostileWire).flood.outcome(() => ++called);
    expect(outcome).toMatchObject({ kind: 'timed-out', limitMs: LIMIT_MS });
    expect(performance.now() - start).toBeLessThan(LIMIT_MS + GRACE_MS);
    expect(called).toBeGreaterThan(100);
    expectHealthy();
  });

  test('by callbacks without end from threads', () => {
    const { floodFromThreads } = agent.load(hostileWire);
    expect(timed(() => floodFromThreads.outcome(() => 0, 3, 1))).toBeLessThan(LIMIT_MS + GRACE_MS);
    expectHealthy();
  });

  test.each([
    ['the journal', HEADER.JOURNAL_PLAN, HEADER.JOURNAL_DEPTH + 4],
    ['the turns', HEADER.HOST_TURN, HEADER.AGENT_SLEEPS + 4],
    ['the message', HEADER.TO_AGENT_KIND, HEADER.TO_HOST_COUNT + 4],
  ])('by %s that moves while a call hangs', (_, first, end) => {
    expect(timed(() => agent.load(hostileWire).hangCounting.outcome(first, end, 1, 1))).toBeLessThan(
      LIMIT_MS + GRACE_MS,
    );
    expectHealthy();
  });

  test('by stopping every process of the sandbox, before a call ends or while it hangs', () => {
    const { signalAll } = agent.load(hostileLinux);
    // On a busy machine this very call is stopped before it has returned.
    timed(() => signalAll(SIGSTOP, 200));
    expect(timed(() => agent.load(basics).hang.outcome())).toBeLessThan(LIMIT_MS + GRACE_MS);
    expectHealthy();
    timed(() => agent.load(hostileLinux).signalAll(SIGSTOP, 0));
    expect(timed(() => agent.load(basics).exit.outcome(1))).toBeLessThan(LIMIT_MS + GRACE_MS);
    expectHealthy();
  });
});

describe('words of the shared memory', () => {
  test('that cannot be end the agent, and the outcome names one', () => {
    const { poke, flood } = agent.load(hostileWire);
    const outcome = flood.outcome(() => {
      poke(HEADER.TO_HOST_FRAME, 0x7ffffff0);
      return 0;
    });
    // Overwritten again by the next callback, or found out: never a crash.
    expect(['timed-out', 'wire-damaged']).toContain(outcome.kind);
    expectHealthy();
    const turn = agent.load(hostileWire).poke.outcome(HEADER.AGENT_TURN, 12345);
    expect(turn).toMatchObject({ kind: 'wire-damaged', word: 'HEADER.AGENT_TURN' });
    expectHealthy();
  });

  test('that count callbacks refused for their depth are believed only where there can have been some', () => {
    const { poke, peek } = agent.load(hostileWire);
    for (const count of [1, 0x7fffffff, 0xffffffff]) {
      const outcome = poke.outcome(HEADER.REFUSED_CALLBACKS, count);
      expect(outcome).toMatchObject({ kind: 'wire-damaged', word: 'HEADER.REFUSED_CALLBACKS', value: count | 0 });
      expectHealthy();
    }
    const batch = poke.batch([[HEADER.REFUSED_CALLBACKS, 1]]);
    expect(batch.outcome(0)).toMatchObject({ kind: 'wire-damaged', word: 'HEADER.REFUSED_CALLBACKS' });
    expect(peek(HEADER.REFUSED_CALLBACKS)).toBe(0);
  });

  test('written over at random do no harm to the host, at this call or any later one', { timeout: 120_000 }, () => {
    const areas = [
      [0, 1024],
      [PLAN_TABLE, PLAN_TABLE + 1024],
      [CALLBACK_FRAMES, CALLBACK_FRAMES + 1024],
      [HEAP, HEAP + 4 * FRAME.SLOTS],
    ] as const;
    for (let seed = 1; seed <= SEEDS; seed++) {
      const [first, end] = areas[seed % areas.length] ?? areas[0];
      const { scribble } = agent.load(hostileWire);
      const tookMs = timed(() => {
        scribble.outcome(BigInt(seed), first, end, 200);
        agent.load(basics).add.batch([
          [1, 2],
          [3, 4],
        ]);
        agent.load(basics).callBack.outcome((value) => value + 1, 3);
      });
      expect(tookMs, `seed ${seed.toString()}`).toBeLessThan(3 * (LIMIT_MS + GRACE_MS));
      // What was scribbled is gone with its process.
      if (agent.generation > 0) agent.renew();
      expectHealthy();
    }
  });

  test('that a thread writes on after the call do no harm either', () => {
    for (let seed = 1; seed <= SEEDS / 3; seed++) {
      timed(() => agent.load(hostileWire).keepScribbling.outcome(BigInt(seed), 0, 1024, 60_000, 0));
      for (let i = 0; i < 5; i++) timed(() => agent.load(basics).add(i, i));
      agent.renew();
      expectHealthy();
    }
  });
});

describe('Linux behind Wine’s back', () => {
  test('is refused where Wine itself does not ask', () => {
    const { call } = agent.load(hostileLinux);
    const ask = (name: string, ...args: bigint[]): number | bigint => {
      const [a = 0n, b = 0n, c = 0n, d = 0n, e = 0n, f = 0n] = args;
      return call(name, a, b, c, d, e, f);
    };
    // EPERM, or ENOSYS where programs ask whether there is such a call.
    const refused = (answer: number | bigint): boolean => [-1, -38].includes(Number(answer));
    const calls = ['mount', 'umount2', 'unshare', 'setns', 'pivot_root', 'chroot', 'pidfd_getfd', 'open_by_handle_at', 'kexec_load', 'move_mount', 'reboot', 'bpf', 'userfaultfd', 'io_uring_setup', 'perf_event_open', 'keyctl', 'add_key', 'fsopen', 'clone3']; // prettier-ignore
    expect(calls.filter((name) => !refused(ask(name)))).toEqual([]);
    const CLONE_NEWUSER = 0x10000000n;
    expect(refused(ask('clone', CLONE_NEWUSER))).toBe(true);
    expect(ask('socket', 1n, 1n)).toBeGreaterThan(0n);
    expectHealthy();
  });

  test('programs that it starts end with the agent', async () => {
    const { start, fork } = agent.load(hostileLinux);
    expect(start('/bin/sh', '-c', 'sleep 60')).toBeGreaterThan(0n);
    expect(fork(60_000)).toBeGreaterThan(0n);
    // A copy of the agent's process is none of the harness's.
    await expect.poll(() => agent.childProcesses().length).toBeGreaterThanOrEqual(2);
    agent.renew();
    expect(agent.childProcesses()).toEqual([]);
    expectHealthy();
  });
});
