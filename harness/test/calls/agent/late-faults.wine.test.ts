import type { Agent, Pointer } from 'dllparity';
import { describe, expect, test as base } from 'dllparity';
import { lateFaultError } from '../../../calls/agent/late-fault.ts';
import { bootForWorker } from '../../../vitest/fixtures/test.ts';
import { threads } from '../../dlls/threads.ts';
import { basics, calls, misbehave } from '../../reference-dlls.ts';
import { isRunning } from './processes.ts';

/** An agent of this file's own: its processes die. */
const test = base.extend('mortal', { scope: 'file' }, async ({ config }, { onCleanup }) => {
  const agent = await bootForWorker({ ...config, callTimeoutMs: 2000 });
  onCleanup(() => agent.close());
  return agent;
});

/** Waits for the process to be dead, without asking it anything. */
async function death({ pid }: Agent): Promise<void> {
  await expect.poll(() => isRunning(pid!), { timeout: 5000, interval: 10 }).toBe(false);
}

const VIOLATION = { name: 'STATUS_ACCESS_VIOLATION', access: { kind: 'read', address: 0n } };

describe('a thread that crashes after its call has returned', () => {
  test('between calls: the next call has its own result, and the cause is found by calling again', async ({ mortal }) => {
    const { add } = mortal.load(basics);
    const { crashLater, slow } = mortal.load(threads);
    const { generation } = mortal;
    expect(slow(5, 0)).toBe(5);
    // Far enough away for a call before it, wherever this process has to wait for the processor.
    expect(crashLater(300)).toBe(1);
    expect(add(1, 2)).toBe(3);
    await death(mortal);
    expect(add.outcome(2, 3)).toMatchObject({ kind: 'returned', result: 5, arguments: [2, 3] });
    expect(mortal.generation).toBeGreaterThan(generation);
    const [late, ...others] = mortal.takeLateFaults();
    expect(others).toEqual([]);
    expect(late).toMatchObject({ fault: VIOLATION, runtime: mortal.runtime });
    expect(late?.fault?.module?.path).toMatch(/\\threads\.dll$/);
    expect(late?.withinMs).toBeGreaterThan(10);
    expect(late?.withinMs).toBeLessThan(3000);
    expect(late?.suspects.slice(0, 3)).toMatchObject([
      { function: 'basics.dll!add', arguments: [1, 2], replayed: 'survived' },
      { function: 'threads.dll!crash_later', arguments: [300], replayed: 'crashed again' },
      { function: 'threads.dll!slow', arguments: [5, 0], replayed: 'not replayed', why: 'the cause was found' },
    ]);
    expect(mortal.lateFaults).toEqual([]);
  }); // prettier-ignore

  test('during another call: that call is made again, and has its own result', ({ mortal }) => {
    const { crashLater, slow } = mortal.load(threads);
    mortal.renew();
    slow(1, 0);
    expect(crashLater(300)).toBe(1);
    expect(slow.outcome(7, 1200)).toMatchObject({ kind: 'returned', result: 7 });
    expect(mortal.takeLateFaults()).toMatchObject([
      {
        fault: VIOLATION,
        suspects: [{ function: 'threads.dll!crash_later', replayed: 'crashed again' }, { arguments: [1, 0] }],
      },
    ]);
  });

  test('during a batch: every case has its result', ({ mortal }) => {
    const { crashLater, slow } = mortal.load(threads);
    mortal.renew();
    crashLater(300);
    const batch = slow.batch([[0, 250], [1, 250], [2, 250], [3, 250]]); // prettier-ignore
    const outcomes = [0, 1, 2, 3].map((i) => batch.outcome(i));
    expect(outcomes).toMatchObject([0, 1, 2, 3].map((i) => ({ kind: 'returned', result: i })));
    const [late, ...others] = mortal.takeLateFaults();
    expect(others).toEqual([]);
    expect(late?.suspects.at(-1)).toMatchObject({ function: 'threads.dll!crash_later', replayed: 'crashed again' });
    expect(late?.suspects.slice(0, -1).map((suspect) => suspect.function)).not.toContain('threads.dll!crash_later');
  });

  test('by a case of a batch: the case is found', ({ mortal }) => {
    const { crashLater, slow } = mortal.load(threads);
    mortal.renew();
    // Those that wait for a minute do no harm.
    crashLater.batch([[60_000], [60_000], [100], [60_000]]);
    slow(1, 1000);
    const [late] = mortal.takeLateFaults();
    expect(late?.suspects.filter(({ replayed }) => replayed === 'crashed again')).toMatchObject([{ arguments: [100] }]);
    expect(late?.suspects[0]).toMatchObject({ arguments: [60_000], replayed: 'survived' });
  });

  test('by an asynchronous call: the same', async ({ mortal }) => {
    const { crashLater } = mortal.load(threads);
    mortal.renew();
    await expect(crashLater.async(20)).resolves.toBe(1);
    await death(mortal);
    expect(mortal.takeLateFaults()).toMatchObject([{ suspects: [{ arguments: [20], replayed: 'crashed again' }] }]);
  });

  test.for([
    ['EXCEPTION_EXECUTE_HANDLER', 1],
    ['EXCEPTION_CONTINUE_SEARCH', 0],
  ] as const)(
    'and the filter of the DLL answers %s: the fault is told as without one',
    async ([, answer], { mortal }) => {
      const { crashLaterWithFilter } = mortal.load(threads);
      mortal.renew();
      expect(crashLaterWithFilter(answer, 30)).toBe(1);
      await death(mortal);
      const [late, ...others] = mortal.takeLateFaults();
      expect(others).toEqual([]);
      expect(late).toMatchObject({ fault: VIOLATION, code: 0xc0000005 });
      expect(late?.fault?.module?.path).toMatch(/\\threads\.dll$/);
      expect(late?.suspects).toMatchObject([{ arguments: [answer, 30], replayed: 'crashed again' }]);
    },
  );

  test('and the filter of the DLL ends the process: its code is told, and no fault', async ({ mortal }) => {
    const { crashLaterWithFilter } = mortal.load(threads);
    mortal.renew();
    crashLaterWithFilter(78, 30);
    await death(mortal);
    expect(mortal.takeLateFaults()).toMatchObject([{ fault: null, code: 78 }]);
  });

  test('during another call, with a filter of the DLL: that call is made again', ({ mortal }) => {
    const { crashLaterWithFilter, slow } = mortal.load(threads);
    mortal.renew();
    crashLaterWithFilter(1, 300);
    expect(slow.outcome(7, 1200)).toMatchObject({ kind: 'returned', result: 7 });
    expect(mortal.takeLateFaults()).toMatchObject([{ fault: VIOLATION, suspects: [{ replayed: 'crashed again' }] }]);
  });

  test('ending the process: the exit code is told', async ({ mortal }) => {
    const { exitLater } = mortal.load(threads);
    mortal.renew();
    exitLater(30);
    await death(mortal);
    expect(mortal.takeLateFaults()).toMatchObject([
      { fault: null, code: 77, signal: null, suspects: [{ function: 'threads.dll!exit_later', replayed: 'crashed again' }] },
    ]);
  }); // prettier-ignore

  test('is found by loading a library, by a pointer that is read and by a new buffer, too', async ({ mortal }) => {
    const { crashLater } = mortal.load(threads);
    for (const use of [() => mortal.load(calls), () => mortal.buffer(16).release(), () => mortal.pump()]) {
      mortal.renew();
      crashLater(10);
      await death(mortal);
      use();
      expect(mortal.takeLateFaults()).toMatchObject([{ suspects: [{ function: 'threads.dll!crash_later' }] }]);
    }
    const { pointAtOwn } = mortal.load(calls);
    const text = [null] as (Pointer | null)[];
    pointAtOwn(text);
    crashLater(10);
    await death(mortal);
    expect(() => text[0]?.text()).toThrow('AGENT_GONE');
    expect(mortal.takeLateFaults()).toMatchObject([{ suspects: [{ function: 'threads.dll!crash_later' }, {}] }]);
  });
});

describe('the suspects', () => {
  test('all survive when it takes two of them', async ({ mortal }) => {
    const { armThreads, crashLaterIfArmed } = mortal.load(threads);
    mortal.renew();
    armThreads();
    expect(crashLaterIfArmed(20)).toBe(1);
    await death(mortal);
    expect(mortal.takeLateFaults()).toMatchObject([
      {
        suspects: [
          { function: 'threads.dll!crash_later_if_armed', replayed: 'survived' },
          { function: 'threads.dll!arm_threads', replayed: 'survived' },
        ],
      },
    ]);
  });

  test('are not called again with what belongs to the dead process, or is a function of the test', async ({ mortal }) => {
    const { crashLaterWith, callFromThread } = mortal.load(threads);
    const { pointAtOwn } = mortal.load(calls);
    mortal.renew();
    const text = [null] as (Pointer | null)[];
    pointAtOwn(text);
    let called = 0;
    callFromThread(() => ++called, 0, 1);
    crashLaterWith(text[0]!, 20);
    await death(mortal);
    const [late] = mortal.takeLateFaults();
    expect(late?.suspects).toMatchObject([
      { replayed: 'not replayed', why: 'an argument belongs to the process that died' },
      { replayed: 'not replayed', why: 'it would run a function of the test' },
      { function: 'calls.dll!point_at_own', replayed: 'survived' },
    ]);
    expect(called).toBe(1);
  }); // prettier-ignore

  test('find the memory behind their arguments as the test has left it, and leave it so', async ({ mortal }) => {
    const { crashLater } = mortal.load(threads);
    const { fillSecondTime } = mortal.load(misbehave);
    mortal.renew();
    const numbers = new Int32Array([5]);
    fillSecondTime(numbers);
    crashLater(20);
    await death(mortal);
    expect(mortal.takeLateFaults()).toHaveLength(1);
    expect([...numbers]).toEqual([6]);
  });

  test('are eight at most, and the last of 32 calls', async ({ mortal }) => {
    const { add } = mortal.load(basics);
    const { armThreads, crashLaterIfArmed } = mortal.load(threads);
    mortal.renew();
    armThreads();
    crashLaterIfArmed(500);
    for (let i = 0; i < 40; i++) add(i, i);
    await death(mortal);
    const start = performance.now();
    const [late] = mortal.takeLateFaults();
    expect(performance.now() - start).toBeLessThan(8000);
    expect(late?.suspects.map((suspect) => suspect.arguments)).toEqual(
      Array.from({ length: 32 }, (_, i) => [39 - i, 39 - i]),
    );
    const replayed = late?.suspects.filter((suspect) => suspect.replayed === 'survived').length ?? 0;
    expect(replayed).toBeGreaterThan(0);
    expect(replayed).toBeLessThanOrEqual(8);
    expect(late?.suspects[31]?.replayed).toBe('not replayed');
  });
});

describe('what is no late fault', () => {
  test('a call whose own thread ends the process while it waits: it is the outcome', ({ mortal }) => {
    const { crashOnThread, slow } = mortal.load(threads);
    slow(1, 0);
    expect(crashOnThread.outcome()).toMatchObject({ kind: 'exited', function: 'threads.dll!crash_on_thread' });
    mortal.renew();
    expect(crashOnThread.outcome()).toMatchObject({ kind: 'exited', callsBefore: 0 });
    expect(mortal.takeLateFaults()).toEqual([]);
  });

  test('a case of a batch that does so: it is the outcome of that case', ({ mortal }) => {
    const { crashOnThread } = mortal.load(threads);
    const batch = crashOnThread.batch([[], []]);
    expect([0, 1].map((i) => batch.outcome(i).kind)).toEqual(['exited', 'exited']);
    expect(mortal.takeLateFaults()).toEqual([]);
  });

  test('an exit in a call', ({ mortal }) => {
    mortal.load(basics).add(1, 1);
    expect(mortal.load(misbehave).endProcess.outcome(5)).toMatchObject({ kind: 'exited', callsBefore: 1 });
    mortal.load(basics).add(1, 1);
    expect(mortal.lateFaults).toEqual([]);
  });

  test('the end of a process that the harness has given up', ({ mortal }) => {
    const { overflowStack } = mortal.load(misbehave);
    overflowStack.outcome(0);
    mortal.renew();
    mortal.load(basics).add(1, 1);
    expect(mortal.lateFaults).toEqual([]);
  });
});

test('as an error it says what happened, who is suspected and what to do', async ({ mortal }) => {
  mortal.load(basics).add(1, 1);
  mortal.load(threads).crashLater(20);
  await death(mortal);
  const { message } = lateFaultError(mortal.takeLateFaults());
  expect(message).toMatch(/^the agent process died up to \d+ ms after the last call had returned: STATUS_ACCESS_VIOLATION/);
  expect(message).toContain('suspect: threads.dll!crash_later(20): crashed again');
  expect(message).toContain('[LATE_FAULT]');
  expect(message).not.toContain('basics.dll!add');
}); // prettier-ignore
