// Whatever the other side writes into the shared memory, the host neither crashes nor hangs, throws nothing raw, does not grow, and gives
// no case the result of another.
import { closeSync, openSync, readdirSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFailed } from 'vitest';
import { Agent } from '../../../calls/agent/agent.ts';
import { resolveConfig } from '../../../config/resolve-config.ts';
import { library } from '../../../types/declare/library.ts';
import { DllparityError } from '../../../base/errors.ts';
import { packageRoot } from '../../../base/package-root.ts';
import type { Installation } from '../../../machines/installation.ts';
import { Session } from '../../../calls/session/session.ts';
import { Random } from './mischief.ts';
import { PeerMachine } from './peer-machine.ts';
import { twisted } from './peer-words.ts';

const ROUNDS = Number(process.env['DLLPARITY_WIRE_ROUNDS'] ?? '2000');
const SEED = Number(process.env['DLLPARITY_WIRE_SEED'] ?? '1');
const LIMIT_MS = 30;
/** What finding out why a call does not return takes. */
const LOOK_MS = 150;
/** What a round may take beyond that. */
const GRACE_MS = 1000;
/** All rounds together. */
const ALL_MS = 60_000 + ROUNDS * 60;
const HEAP_BYTES = 4 << 20;
/** Says which round was the last one, should it end this process. */
const LAST_ROUND = join(packageRoot, 'build', `wire-fuzz-${process.pid.toString()}.txt`);

const peer = library('peer.dll', {
  twist: 'int twist(int value)',
  apply: 'int apply(int (*callback)(int value))',
  text: 'const char *text(void)',
  fill: 'void fill(_Out_writes_bytes_(count) unsigned char *buffer, unsigned count)',
  fails: 'int fails(void)',
});

let machine: PeerMachine;
let agent: Agent;

beforeAll(async () => {
  lastRound = openSync(LAST_ROUND, 'w');
  machine = new PeerMachine(HEAP_BYTES);
  await machine.ready;
  const { config } = resolveConfig({
    root: packageRoot,
    fixture: { callTimeoutMs: LIMIT_MS, bootTimeoutMs: 2000, heapBytes: HEAP_BYTES, spare: 'off' },
  });
  const session = new Session({
    makeMachine: () => machine,
    spare: 'off',
    heapBytes: HEAP_BYTES,
    spinMicroseconds: 50,
    bootTimeoutMs: 2000,
    inspectTimeoutMs: 100,
    readBytes: 1 << 20,
    prepare: () => undefined,
  });
  session.boot();
  const installation = { id: 'peer', architecture: 'x64' } as Installation;
  agent = new Agent({ config, installation, session });
});
afterAll(async () => {
  await agent.close();
  await machine.end();
  closeSync(lastRound);
  rmSync(LAST_ROUND);
});

type Way = (value: number) => Promise<void> | void;

/** Each way of calling, and what may come of it: its own result, or none. */
function ways(): Record<string, Way> {
  const { twist, apply, text, fill, fails } = agent.load(peer);
  const isFor = (value: number, result: number, others: readonly number[] = []): void => {
    if (result === twisted(value)) return;
    // A DLL may lie about its own results, but not with the answer to another question.
    expect(others.map(twisted)).not.toContain(result);
  };
  return {
    single: (value) => {
      isFor(value, twist(value));
    },
    outcome: (value) => {
      const outcome = twist.outcome(value);
      if (outcome.kind === 'returned') isFor(value, outcome.result);
    },
    batch: (value) => {
      const values = Array.from({ length: 10 }, (_, index) => value + index);
      const batch = twist.batch(values.map((each) => [each]));
      for (const [index, each] of values.entries()) {
        const outcome = batch.outcome(index);
        const others = values.filter((other) => other !== each);
        if (outcome.kind === 'returned') isFor(each, outcome.result, others);
      }
    },
    columns: (value) => {
      const values = Int32Array.from({ length: 40 }, (_, index) => value + index);
      const { results, statuses } = twist.columns(values);
      for (const [index, each] of values.entries()) {
        if (statuses[index] === 2) isFor(each, results[index] ?? 0, [value + ((index + 1) % 40)]);
      }
    },
    callback: (value) => {
      apply((given) => given + value);
    },
    nested: (value) => {
      apply(() => twist(value) & 0xff);
    },
    text: () => {
      expect(text()?.length ?? 0).toBeLessThanOrEqual(1 << 20);
    },
    fill: (value) => {
      const buffer = new Uint8Array(value & 0xff);
      fill(buffer, buffer.length);
    },
    fails: () => {
      fails.outcome();
    },
    async: async (value) => {
      const outcome = await twist.asyncOutcome(value);
      if (outcome.kind === 'returned') isFor(value, outcome.result);
    },
  };
}

function descriptors(): number {
  return readdirSync('/proc/self/fd').length;
}

/** What is being done: whatever fails, it says so. */
let place = '';
let lastRound = -1;

function note(number: number, what: string): void {
  place = `seed ${SEED.toString()}, round ${number.toString()} (${what})`;
  writeSync(lastRound, place.padEnd(80), 0);
}

/** A slow one is run again: the machine may have been busy. */
async function round(number: number): Promise<string> {
  const first = await oneRound(number);
  if (first.slow === null) return first.end;
  const second = await oneRound(number);
  if (second.slow !== null)
    throw new Error(`${place}: it ${first.slow}, and when it was run again it ${second.slow}${machine.complaint()}`);
  return second.end;
}

async function oneRound(number: number): Promise<{ readonly end: string; readonly slow: string | null }> {
  const random = new Random(SEED * 1_000_003 + number);
  // Each agent is hostile from its first message of the DLL on; what it was started with is honest.
  machine.seed = SEED * 7919 + number;
  note(number, 'loading');
  const { generation } = agent;
  let start = performance.now();
  let end = 'returned';
  try {
    const all = Object.entries(ways());
    const [name, way] = all[random.below(all.length)] ?? all[0]!;
    note(number, name);
    start = performance.now();
    await way(random.below(1_000_000));
  } catch (error) {
    if (!(error instanceof DllparityError))
      throw new Error(`${place}: ${String(error)}${machine.complaint()}`, { cause: error });
    end = error.code;
  }
  const tookMs = performance.now() - start;
  // Of many cases each can cost an agent, and has a limit of its own.
  if (tookMs > (1 + agent.generation - generation) * (LIMIT_MS + LOOK_MS) + GRACE_MS) {
    return {
      end,
      slow: `took ${tookMs.toFixed(0)} ms, with ${(agent.generation - generation).toString()} new agents, and ended with ${end}`,
    };
  }
  return { end, slow: null };
}

describe('the wire', () => {
  it('gives an honest peer its results', async () => {
    for (const [name, way] of Object.entries(ways())) {
      if (name !== 'fails') await way(41);
    }
    const { twist, fails } = agent.load(peer);
    expect(twist(3)).toBe(twisted(3));
    expect(fails.outcome()).toMatchObject({ kind: 'faulted', fault: { code: 0xc0000005 } });
    expect(twist.batch([[1], [2]]).outcome(1)).toMatchObject({ kind: 'returned', result: twisted(2) });
  });

  it(`withstands ${ROUNDS.toString()} rounds of random words`, { timeout: 2 * ALL_MS }, async () => {
    onTestFailed(() => {
      process.stdout.write(
        `wire fuzzing: failed after ${place}; DLLPARITY_WIRE_SEED and DLLPARITY_WIRE_ROUNDS repeat it\n`,
      );
    });
    const start = performance.now();
    const ends = new Map<string, number>();
    const warmUp = Math.min(500, ROUNDS >> 2);
    let [rss, open] = [0, 0];
    machine.seed = 1;
    agent.renew();
    for (let number = 0; number < ROUNDS; number++) {
      if (number === warmUp) {
        globalThis.gc?.();
        [rss, open] = [process.memoryUsage.rss(), descriptors()];
      }
      const end = await round(number);
      const tookMs = performance.now() - start;
      if (tookMs > ALL_MS)
        throw new Error(`${place}: all rounds so far took ${tookMs.toFixed(0)} ms: ${JSON.stringify([...ends])}`);
      ends.set(end, (ends.get(end) ?? 0) + 1);
    }
    globalThis.gc?.();
    expect(process.memoryUsage.rss() - rss).toBeLessThan(150 << 20);
    expect(descriptors() - open).toBeLessThanOrEqual(4);
    // Most of what is written is found out, and much does no harm.
    expect(ends.get('returned') ?? 0).toBeGreaterThan(ROUNDS / 20);
    expect(agent.generation).toBeGreaterThan(ROUNDS / 20);
    process.stdout.write(
      `wire fuzzing: ${ROUNDS.toString()} rounds, ${agent.generation.toString()} agents, ${JSON.stringify([...ends])}\n`,
    );
  });
});
