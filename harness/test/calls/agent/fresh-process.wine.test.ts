import type { Outcome, Pointer } from 'dllparity';
import { describe, expect, test as base } from 'dllparity';
import { bootForWorker } from '../../../vitest/fixtures/test.ts';
import { threads } from '../../dlls/threads.ts';
import { basics, calls, HOW, misbehave } from '../../reference-dlls.ts';

/** An agent of this file's own: its processes are given up. */
const test = base.extend('mortal', { scope: 'file' }, async ({ config }, { onCleanup }) => {
  const agent = await bootForWorker({ ...config, callTimeoutMs: 1000 });
  onCleanup(() => agent.close());
  return agent;
});

describe('a fault that leaves the process in doubt', () => {
  for (const [what, isTainting, crash] of [
    ['a stack overflow', true, (l) => l.overflowStack.outcome(0)],
    ['code outside any module', true, (l) => l.crashExecute.outcome(0x30)],
    ['a damaged heap', true, (l) => (l.damageHeap(), l.useHeap.outcome())],
    ['an access violation of the DLL', false, (l) => l.crashRead.outcome(0)],
    ['a division by zero', false, (l) => l.divideInts.outcome(1, 0)],
  ] as const satisfies [string, boolean, (l: ReturnType<typeof misbehaving>) => Outcome][]) {
    test(`${what} ${isTainting ? 'does, and the next call is made in another' : 'does not'}`, ({ mortal }) => {
      const loaded = misbehaving(mortal);
      loaded.countUp();
      const { generation } = mortal;
      const outcome = crash(loaded);
      expect(outcome.kind === 'faulted' && outcome.fault.tainted.length > 0).toBe(isTainting);
      expect(outcome.kind).toBe('faulted');
      if (isTainting) expect(loaded.countUp()).toBe(1);
      else expect(loaded.countUp()).toBeGreaterThan(1);
      expect(mortal.generation).toBe(generation + (isTainting ? 1 : 0));
    });
  }

  test('in a callback: the call that called back ends where it is, and the next one is made in another', ({ mortal }) => {
    const { callBack } = mortal.load(basics);
    const { overflowStack, countUp } = misbehaving(mortal);
    countUp();
    const { generation } = mortal;
    const kinds: string[] = [];
    const counts: number[] = [];
    const sum = callBack((value) => {
      kinds.push(overflowStack.outcome(0).kind);
      counts.push(countUp());
      return value;
    }, 2);
    expect(kinds).toEqual(['faulted', 'faulted']);
    expect(counts[1]).toBe((counts[0] ?? 0) + 1);
    expect(typeof sum).toBe('number');
    expect(mortal.generation).toBe(generation);
    expect(countUp()).toBe(1);
    expect(mortal.generation).toBe(generation + 1);
  }); // prettier-ignore

  test('in a batch: every case has its outcome, and the call behind it is made in another', ({ mortal }) => {
    const { overflowStack, countUp } = misbehaving(mortal);
    const { generation } = mortal;
    const batch = overflowStack.batch([[-1], [0], [-1], [0], [-1]]);
    expect([0, 1, 2, 3, 4].map((i) => batch.outcome(i).kind)).toEqual(
      ['returned', 'faulted', 'returned', 'faulted', 'returned'],
    ); // prettier-ignore
    expect(countUp()).toBeLessThanOrEqual(1);
    expect(mortal.generation).toBeGreaterThan(generation);
  });

  test('of an asynchronous call: those that are under way end where they are', async ({ mortal }) => {
    const { overflowStack, countUp } = misbehaving(mortal);
    const { slow } = mortal.load(threads);
    countUp();
    const { generation } = mortal;
    const slowly = slow.async(7, 300);
    await expect(overflowStack.asyncOutcome(0)).resolves.toMatchObject({
      kind: 'faulted',
      fault: { tainted: ['stack-overflow'] },
    });
    expect(mortal.generation).toBe(generation);
    await expect(slowly).resolves.toBe(7);
    expect(countUp()).toBe(1);
    expect(mortal.generation).toBe(generation + 1);
  });

  test('is told by the number of calls that came before it in the process', ({ mortal }) => {
    const { crashRead, maybe, endProcess } = misbehaving(mortal);
    mortal.renew();
    expect(crashRead.outcome(0)).toMatchObject({ callsBefore: 0 });
    expect(crashRead.outcome(0)).toMatchObject({ callsBefore: 1 });
    const batch = maybe.batch([[1, HOW.return], [2, HOW.crash], [3, HOW.exit], [4, HOW.crash]]); // prettier-ignore
    expect([1, 2, 3].map((i) => batch.outcome(i))).toMatchObject([
      { kind: 'faulted', callsBefore: 3 },
      { kind: 'exited', code: 3, callsBefore: 4 },
      { kind: 'faulted', callsBefore: 0 },
    ]);
    expect(endProcess.outcome(1)).toMatchObject({ callsBefore: 1 });
  });
});

function misbehaving(agent: Awaited<ReturnType<typeof bootForWorker>>) {
  return agent.load(misbehave);
}

describe('renewing', () => {
  test('loads the DLLs anew: what they had in memory is gone, pointers are refused, buffers stay', ({ mortal }) => {
    const { countUp } = misbehaving(mortal);
    const { pointAtOwn } = mortal.load(calls);
    const { sumBytes } = mortal.load(calls);
    using buffer = mortal.buffer(4);
    buffer.bytes.set([1, 2, 3, 4]);
    countUp();
    const text = [null] as (Pointer | null)[];
    pointAtOwn(text);
    const { generation, pid } = mortal;
    mortal.renew();
    expect(mortal.generation).toBe(generation + 1);
    expect(mortal.pid).not.toBe(pid);
    expect(mortal.callsInProcess).toBe(0);
    expect(countUp()).toBe(1);
    expect(mortal.callsInProcess).toBe(1);
    expect(() => text[0]?.text()).toThrow('AGENT_GONE');
    expect(sumBytes(buffer.bytes, 4)).toBe(10);
  });

  test('is refused in a callback, and while an asynchronous call is under way', async ({ mortal }) => {
    const { generation } = mortal;
    expect(() => mortal.load(basics).callBack(() => (mortal.renew(), 0), 1)).toThrow('AGENT_BUSY');
    const slowly = mortal.load(threads).slow.async(3, 100);
    expect(() => mortal.renew()).toThrow('AGENT_BUSY');
    expect(mortal.recycleIfDue()).toBe(false);
    await expect(slowly).resolves.toBe(3);
    expect(mortal.generation).toBe(generation);
  });
});

describe('a process that has ended', () => {
  test.for(['off', 'auto', 'eager'] as const)('leaves what is in buffers, however often (spare: %s)', async (spare) => {
    const agent = await bootForWorker({ spare });
    try {
      const { endProcess, countUp } = misbehaving(agent);
      using buffer = agent.buffer(4096);
      buffer.bytes.fill(7);
      // More often than there are places for agents.
      for (let i = 0; i < 6; i++) {
        expect(endProcess.outcome(3)).toMatchObject({ kind: 'exited', code: 3 });
        expect(countUp()).toBe(1);
        expect(buffer.bytes.every((byte) => byte === 7)).toBe(true);
      }
    } finally {
      await agent.close();
    }
  });
});

describe('recycling', () => {
  test('comes after the calls that the options say, where it is asked for, and not in between', async () => {
    const agent = await bootForWorker({ recycle: { calls: 10 } });
    try {
      const { add } = agent.load(basics);
      for (let i = 0; i < 9; i++) add(i, i);
      expect(agent.recycleIfDue()).toBe(false);
      for (let i = 0; i < 20; i++) add(i, i);
      expect(agent.generation).toBe(1);
      expect(agent.recycleIfDue()).toBe(true);
      expect(agent.generation).toBe(2);
      expect(agent.recycleIfDue()).toBe(false);
      add.batch(Array.from({ length: 10 }, (_, i) => [i, i] as const));
      expect(agent.recycleIfDue()).toBe(true);
    } finally {
      await agent.close();
    }
  });

  test('comes when the process has grown beyond the bytes that the options say', async () => {
    const agent = await bootForWorker({ recycle: { memoryBytes: 400 * 2 ** 20 } });
    try {
      const { add } = agent.load(basics);
      expect(add(1, 1)).toBe(2);
      expect(agent.recycleIfDue()).toBe(false);
      misbehaving(agent).takeMemory(400 * 2 ** 20);
      expect(agent.recycleIfDue()).toBe(true);
      expect(agent.recycleIfDue()).toBe(false);
      expect(add(1, 1)).toBe(2);
    } finally {
      await agent.close();
    }
  });
});

describe('a confirmed call', () => {
  test('that returns is made once', ({ mortal }) => {
    const { countUp } = misbehaving(mortal);
    const before = countUp();
    expect(countUp.confirmed()).toMatchObject({ kind: 'returned', result: before + 1, carriedOver: null });
    expect(countUp()).toBe(before + 2);
  });

  test('that faults in a fresh process too is that fault', ({ mortal }) => {
    const { crashRead, countUp } = misbehaving(mortal);
    countUp();
    expect(crashRead.confirmed(0x10)).toMatchObject({
      kind: 'faulted', fault: { access: { address: 0x10n } }, callsBefore: 0, carriedOver: null,
    }); // prettier-ignore
  });

  test('that is the first of its process is not made again', ({ mortal }) => {
    const { crashRead } = misbehaving(mortal);
    mortal.renew();
    const { generation } = mortal;
    expect(crashRead.confirmed(0)).toMatchObject({ kind: 'faulted', carriedOver: null });
    expect(mortal.generation).toBe(generation);
  });

  test('that faults only after another has the outcome of a fresh process, and says what was carried over', ({ mortal }) => {
    const { arm, fire, faultSecondTime, damageHeap, useHeap } = misbehaving(mortal);
    mortal.renew();
    arm();
    const late = { kind: 'faulted', fault: { name: 'STATUS_ACCESS_VIOLATION' }, callsBefore: 1 };
    expect(fire.confirmed(5)).toMatchObject({ kind: 'returned', result: 5, carriedOver: late });
    mortal.renew();
    expect(faultSecondTime()).toBe(42);
    expect(faultSecondTime.confirmed()).toMatchObject({ kind: 'returned', result: 42, carriedOver: late });
    mortal.renew();
    damageHeap();
    expect(useHeap.confirmed()).toMatchObject({
      kind: 'returned', result: 1, carriedOver: { kind: 'faulted', fault: { tainted: ['heap'] }, callsBefore: 1 },
    }); // prettier-ignore
  }); // prettier-ignore

  test('finds memory as it was before the first time', ({ mortal }) => {
    const { fillSecondTime } = misbehaving(mortal);
    mortal.renew();
    const numbers = new Int32Array([5, 0]);
    fillSecondTime(numbers);
    expect([...numbers]).toEqual([6, 0]);
    const outcome = fillSecondTime.confirmed(numbers);
    expect(outcome).toMatchObject({ kind: 'returned', result: 7, carriedOver: { kind: 'faulted' } });
    expect([...numbers]).toEqual([7, 0]);
  });

  test('cannot be made again with a pointer of the first process, and says so', ({ mortal }) => {
    const { pointAtOwn } = mortal.load(calls);
    const { writeThenCrash } = misbehaving(mortal);
    const text = [null] as (Pointer | null)[];
    pointAtOwn(text);
    expect(() => writeThenCrash.confirmed(text[0]! as never)).toThrow(
      /write_then_crash faulted: .*cannot be called again in a fresh process \[AGENT_GONE\]/,
    );
  });

  test('is refused in a callback when it would need a fresh process', ({ mortal }) => {
    const { callBack } = mortal.load(basics);
    const { crashRead } = misbehaving(mortal);
    expect(() => callBack(() => (crashRead.confirmed(0), 0), 1)).toThrow('AGENT_BUSY');
  });
});
