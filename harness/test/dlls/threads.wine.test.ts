import { inspect } from 'node:util';
import { describe, expect, test as base } from 'dllparity';
import { bootForWorker } from '../../vitest/fixtures/test.ts';
import { threads } from './threads.ts';

// Agents of their own: some tests end the process.
const test = base.override('config', { callTimeoutMs: 10_000 });
const hasty = base.override('config', { callTimeoutMs: 300 });

const sumOf = (first: number, rounds: number): number => (rounds * (2 * first + rounds - 1)) / 2;

describe('a callback from another thread', () => {
  test('is answered while the call waits for the thread', ({ load }) => {
    const { callFromThread } = load(threads);
    const seen: number[] = [];
    expect(callFromThread((value) => (seen.push(value), 2 * value), 10, 3)).toBe(66);
    expect(seen).toEqual([10, 11, 12]);
  });

  test('comes 1024 times, from one thread and from new ones', ({ load }) => {
    const { callFromThread, callFromNewThreads } = load(threads);
    expect(callFromThread((value) => value, 0, 1024)).toBe(sumOf(0, 1024));
    expect(callFromNewThreads((value) => value, 128)).toBe(sumOf(0, 128));
  });

  test('comes from several threads at once, one at a time', ({ load }) => {
    let running = 0;
    const seen: number[] = [];
    const sum = load(threads).callAtOnce(
      (value) => {
        expect(++running).toBe(1);
        seen.push(value);
        running--;
        return value;
      },
      8,
      50,
    );
    expect(sum).toBe([0, 1, 2, 3, 4, 5, 6, 7].reduce((all, thread) => all + sumOf(1000 * thread, 50), 0));
    expect(new Set(seen).size).toBe(400);
  });

  test('comes while the calling thread calls back as well', ({ load }) => {
    expect(load(threads).callFromBoth((value) => value, 100)).toBe(sumOf(0, 100) + sumOf(1000, 100));
  });

  test('may call the DLL itself', ({ load }) => {
    const { callFromThread, slow } = load(threads);
    expect(callFromThread((value) => slow(value, 0), 1, 5)).toBe(15);
  });

  test('throws out of the call that waits', ({ load }) => {
    const { callFromThread } = load(threads);
    expect(() => callFromThread((value) => { if (value === 2) throw new Error('in the thread'); return value; }, 0, 5)).toThrow('in the thread'); // prettier-ignore
    expect(callFromThread((value) => value, 0, 2)).toBe(1);
  });

  test('really is from another thread', ({ load }) => {
    const { threadOfCallback, currentThread } = load(threads);
    let seen = 0;
    const thread = threadOfCallback((id) => void (seen = id));
    expect(seen).toBe(thread);
    expect(currentThread()).not.toBe(thread);
  });
});

describe('a callback after its call has returned', () => {
  test('is answered by pump', ({ load, agent }) => {
    const { startLater, endLater } = load(threads);
    const seen: number[] = [];
    const callback = agent.callback('int (*)(int)', (value: number) => (seen.push(value), 10 * value));
    expect(startLater(callback.pointer, 5, 5)).toBe(1);
    const deadline = Date.now() + 8000;
    while (seen.length < 5 && Date.now() < deadline) agent.pump(50);
    expect(seen).toEqual([0, 1, 2, 3, 4]);
    expect(endLater()).toBe(100);
    callback.release();
  });

  test('is answered by the next call, whichever it is', ({ load, agent }) => {
    const { startLater, endLater } = load(threads);
    const callback = agent.callback('int (*)(int)', (value: number) => value + 1);
    expect(startLater(callback.pointer, 100, 0)).toBe(1);
    expect(endLater()).toBe(sumOf(1, 100));
    callback.release();
  });

  test('is answered while a promise is awaited', async ({ load, agent }) => {
    const { startLater, laterIsDone, endLater } = load(threads);
    const callback = agent.callback('int (*)(int)', (value: number) => value);
    expect(startLater(callback.pointer, 10, 2)).toBe(1);
    await expect.poll(() => laterIsDone(), { timeout: 8000 }).toBe(1);
    expect(endLater()).toBe(45);
    callback.release();
  });

  test('that was not registered is answered with 0, and reported', ({ load }) => {
    const { startLater, endLater, slow } = load(threads);
    expect(startLater((value) => value + 1, 3, 30)).toBe(1);
    expect(() => endLater()).toThrow('CALLBACK_EXPIRED');
    expect(slow(1, 0)).toBe(1);
  });
});

describe('errors of a thread', () => {
  test('are not those of another', ({ load }) => {
    expect(load(threads).setErrorElsewhere.outcome(17, 99)).toMatchObject({ kind: 'returned', lastError: 17 });
  });
});

describe('asynchronous calls', () => {
  test('run at the same time, each with its own result', async ({ load }) => {
    const { slow, mostAtOnce } = load(threads);
    mostAtOnce();
    const results = await Promise.all(Array.from({ length: 8 }, (_, i) => slow.async(i, 100)));
    expect(results).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    expect(mostAtOnce()).toBeGreaterThan(1);
  });

  test('that are under way when the agent is closed are rejected', async () => {
    const agent = await bootForWorker({});
    expect(inspect(agent)).toMatch(/^Agent\(wine-.*, process 1\)$/);
    const { slow } = agent.load(threads);
    const pending = Promise.allSettled([slow.async(1, 5000), slow.asyncOutcome(2, 5000)]);
    await agent.close();
    const reason = expect.objectContaining({ code: 'AGENT_CLOSED', message: expect.stringContaining('was under way') });
    expect(await pending).toEqual([
      { status: 'rejected', reason },
      { status: 'rejected', reason },
    ]);
  });

  test('32 of them go on between synchronous ones', async ({ load }) => {
    const { slow } = load(threads);
    const pending = Array.from({ length: 32 }, (_, i) => slow.async(i, (i * 7) % 20));
    for (let i = 0; i < 32; i++) expect(slow(1000 + i, 0)).toBe(1000 + i);
    expect(await Promise.all(pending)).toEqual(Array.from({ length: 32 }, (_, i) => i));
  });

  test('more than the pool has threads all complete', async ({ load }) => {
    const { slow } = load(threads);
    const results = await Promise.all(Array.from({ length: 500 }, (_, i) => slow.async(i, 0)));
    expect(results).toEqual(Array.from({ length: 500 }, (_, i) => i));
  });

  test('have the errors of their own thread', async ({ load }) => {
    const { slowError, openMissing } = load(threads);
    const outcomes = await Promise.all([1, 2, 3, 4].map((n) => slowError.asyncOutcome(1000 + n, n, 40)));
    outcomes.forEach((outcome, i) =>
      expect(outcome).toMatchObject({ kind: 'returned', result: 1, lastError: 1001 + i, errno: 1 + i }),
    );
    expect(await openMissing.asyncOutcome()).toMatchObject({ result: 0, lastError: 3 });
  });

  test('bring memory back when they are done', async ({ load }) => {
    const bytes = new Uint8Array(100);
    const done = load(threads).slowFill.async(bytes, 100, 7, 20);
    expect(bytes[0]).toBe(0);
    await done;
    expect(bytes.every((byte) => byte === 7)).toBe(true);
  });

  test('may call back', async ({ load }) => {
    const { callFromThread } = load(threads);
    const seen: number[] = [];
    expect(await callFromThread.async((value) => (seen.push(value), value), 1, 3)).toBe(6);
    expect(seen).toEqual([1, 2, 3]);
    await expect(callFromThread.async(() => { throw new Error('in async'); }, 0, 1)).rejects.toThrow('in async'); // prettier-ignore
  });

  test('have callbacks that call the DLL themselves', async ({ load }) => {
    const { callFromThread, slow } = load(threads);
    expect(await callFromThread.async((value) => slow(value, 1), 1, 3)).toBe(6);
    const [first, second] = await Promise.all([
      callFromThread.async((value) => value, 0, 50),
      callFromThread.async((value) => -value, 0, 50),
    ]);
    expect([first, second]).toEqual([1225, -1225]);
  });

  test('keep what their callbacks throw, whichever call is under way then', async ({ load }) => {
    const { callFromThread, slow } = load(threads);
    const failing = callFromThread.async(() => {
      throw new Error('of the asynchronous one');
    }, 0, 1); // prettier-ignore
    expect(slow(1, 100)).toBe(1);
    await expect(failing).rejects.toThrow('of the asynchronous one');
  });

  test('are told what a registered callback throws while they wait', async ({ load, agent }) => {
    const { startLater, endLater, slow } = load(threads);
    const callback = agent.callback('int (*)(int)', () => {
      throw new Error('of a thread');
    });
    // Not before startLater has returned: it would throw that itself.
    startLater(callback.pointer, 1, 60);
    await expect(slow.async(1, 400)).rejects.toThrow('of a thread');
    expect(endLater()).toBe(0);
    callback.release();
  });

  test('refuse wrong arguments as others do', async ({ load }) => {
    const { slow } = load(threads) as unknown as { slow: { async: (...args: unknown[]) => Promise<number> } };
    await expect((async () => slow.async('one', 0))()).rejects.toThrow('ARGUMENT_TYPE');
    await expect((async () => slow.async(1))()).rejects.toThrow('ARGUMENT_COUNT');
  });
});

describe('a fault on a thread of the DLL', () => {
  test('ends the process, which is told, and the next call has a new one', ({ load, agent }) => {
    const { generation } = agent;
    expect(load(threads).crashOnThread.outcome().kind).not.toBe('returned');
    expect(load(threads).slow(5, 0)).toBe(5);
    // In a second one it was made again, to know whose doing that was.
    expect(agent.generation).toBe(generation + 2);
  });
});

describe('a new process', () => {
  test('has the callbacks and the memory of the one before', ({ load, agent }) => {
    const { crashOnThread, callFromThread } = load(threads);
    const callback = agent.callback('int (*)(int)', (value: number) => 3 * value);
    const buffer = agent.buffer(16);
    buffer.bytes.fill(7);
    const [place, address] = [buffer.pointer, callback.pointer];
    expect(crashOnThread.outcome().kind).not.toBe('returned');
    expect(callFromThread(callback.pointer, 1, 2)).toBe(9);
    expect(buffer.pointer.array('uint8_t', 16)).toEqual(new Array<number>(16).fill(7));
    // Pointers belong to the process that they were taken in.
    expect(() => place.read('int')).toThrow('AGENT_GONE');
    expect(() => callFromThread(address, 1, 1)).toThrow('AGENT_GONE');
    callback.release();
    buffer.release();
  });
});

describe('a call that does not return', () => {
  hasty('asynchronously times out, and takes those beside it along', async ({ load }) => {
    const { waitForever, slow } = load(threads);
    const outcomes = await Promise.all([waitForever.asyncOutcome(), slow.asyncOutcome(1, 60_000)]);
    expect(outcomes.map(({ kind }) => kind)).toEqual(['timed-out', expect.stringMatching(/timed-out|exited/)]);
    expect(await slow.async(7, 0)).toBe(7);
    await expect(waitForever.async()).rejects.toThrow('CALL_DID_NOT_RETURN');
  });

  hasty('times out, and the next has a new process', ({ load, agent }) => {
    const started = Date.now();
    expect(load(threads).waitForever.outcome()).toMatchObject({ kind: 'timed-out' });
    expect(Date.now() - started).toBeLessThan(5000);
    expect(load(threads).slow(6, 0)).toBe(6);
    expect(agent.generation).toBeGreaterThan(1);
  });
});
