import { as, describe, expect, fc, type Outcome, test } from 'dllparity';
import { basics, calls, HOW, misbehave } from '../../reference-dlls.ts';

/** An outcome without what differs from call to call. */
function essence(outcome: Outcome): unknown {
  if (outcome.kind === 'faulted') return { kind: outcome.kind, code: outcome.fault.code, access: outcome.fault.access };
  if (outcome.kind !== 'returned') return { kind: outcome.kind };
  const { kind, result, errno, arguments: args } = outcome;
  return { kind, result, errno, args };
}

interface Batched {
  outcome(...args: never[]): Outcome;
  batch(cases: never[][]): { outcome(index: number): Outcome };
}

/** A batch of these cases gives what single calls give; `fresh` makes the arguments anew, since calls write into them. */
function expectSame(call: unknown, fresh: () => unknown[][]): void {
  const { outcome, batch } = call as Batched;
  const cases = fresh() as never[][];
  const found = batch(cases);
  (fresh() as never[][]).forEach((args, index) => {
    expect(essence(found.outcome(index))).toEqual(essence(outcome(...args)));
  });
}

describe('a batch gives what single calls give', () => {
  const lists = <T>(...arbitraries: fc.Arbitrary<T>[]): fc.Arbitrary<T[][]> =>
    fc.array(fc.tuple(...arbitraries), { maxLength: 40 });

  test('for scalars', ({ load }) => {
    const { add, int64, uint16, double } = load(basics);
    fc.assert(fc.property(lists(fc.integer(), fc.integer()), (cases) => expectSame(add, () => cases)), { numRuns: 20 });
    fc.assert(fc.property(lists(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n })), (cases) => expectSame(int64, () => cases)), { numRuns: 20 });
    fc.assert(fc.property(lists(fc.nat(65535)), (cases) => expectSame(uint16, () => cases)), { numRuns: 20 });
    fc.assert(fc.property(lists(fc.double()), (cases) => expectSame(double, () => cases)), { numRuns: 20 });
  }); // prettier-ignore

  test('for many arguments', ({ load }) => {
    const { weighMixed } = load(calls);
    const number = fc.integer({ min: 0, max: 100 });
    fc.assert(
      fc.property(lists(number, number, number, number, number, number, number, number), (cases) =>
        expectSame(weighMixed, () => cases),
      ),
      { numRuns: 20 },
    );
  });

  test('for strings in and out', ({ load }) => {
    fc.assert(
      fc.property(lists(fc.string()), (cases) => expectSame(load(basics).length, () => cases)),
      { numRuns: 20 },
    );
    fc.assert(
      fc.property(lists(fc.integer({ min: 1, max: 127 }), fc.nat(511)), (cases) =>
        expectSame(load(calls).repeat, () => cases),
      ),
      { numRuns: 20 },
    );
  });

  test('for memory that is written', ({ load }) => {
    fc.assert(
      fc.property(lists(fc.uint8Array({ maxLength: 30 })), (cases) =>
        expectSame(load(calls).addOne, () =>
          cases.map(([bytes]) => [Uint8Array.from(bytes ?? []), bytes?.length ?? 0]),
        ),
      ),
      { numRuns: 20 },
    );
    fc.assert(
      fc.property(fc.array(fc.nat(10)), (sizes) =>
        expectSame(load(basics).fillInts, () => sizes.map((n) => [Array.from({ length: n }, () => 0), n])),
      ),
      { numRuns: 20 },
    );
  });

  test('for variadic functions whose cases have different lengths', ({ load }) => {
    fc.assert(
      fc.property(fc.array(fc.array(fc.integer(), { maxLength: 12 })), (cases) =>
        expectSame(load(basics).sum, () =>
          cases.map((ints) => [ints.length, ...ints.map((value) => as(value, 'int'))]),
        ),
      ),
      { numRuns: 20 },
    );
  });

  test('for errno', ({ load }) => {
    load(basics).setErrno(0);
    const batch = load(basics).setErrno.batch([[5], [0], [7]]);
    expect([0, 1, 2].map((i) => batch.outcome(i))).toMatchObject([{ errno: 5 }, { errno: 0 }, { errno: 7 }]);
  });

  test('for callbacks', ({ load }) => {
    const batch = load(basics).callBack.batch([[(i) => i, 4], [(i) => i * i, 4]]); // prettier-ignore
    expect([0, 1].map((i) => batch.outcome(i))).toMatchObject([{ result: 6 }, { result: 14 }]);
  });

  test('for any mixture of returns and faults', ({ load }) => {
    const how = fc.constantFrom(HOW.return, HOW.return, HOW.crash);
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.integer({ min: -1000, max: 1000 }), how), { maxLength: 300 }), (cases) =>
        expectSame(load(misbehave).maybe, () => cases),
      ),
      { numRuns: 10 },
    );
  });
});

describe('the size of a batch', () => {
  test('may be nothing', ({ load }) => {
    const batch = load(basics).add.batch([]);
    expect(batch.length).toBe(0);
    expect(() => batch.outcome(0)).toThrow('the batch has 0 cases and none with index 0');
  });

  test('may be 25,000, over several messages', ({ load }) => {
    const batch = load(basics).add.batch(Array.from({ length: 25_000 }, (_, i) => [i, 1] as const));
    for (let i = 0; i < 25_000; i++) {
      const outcome = batch.outcome(i);
      if (outcome.kind !== 'returned' || outcome.result !== i + 1) expect.fail(`case ${i.toString()}`);
    }
    expect(() => batch.outcome(25_000)).toThrow(RangeError);
    expect(() => batch.outcome(-1)).toThrow(RangeError);
  });

  test('is more faults than one message can record: each keeps its own record', ({ load, agent }) => {
    const { generation } = agent;
    const addresses = Array.from({ length: 500 }, (_, i) => 16 * (i + 1));
    const batch = load(misbehave).crashRead.batch(addresses.map((address) => [address]));
    addresses.forEach((address, i) => {
      expect(batch.outcome(i)).toMatchObject({ kind: 'faulted', fault: { code: 0xc0000005, access: { kind: 'read', address: BigInt(address) } } }); // prettier-ignore
    });
    expect(agent.generation).toBe(generation);
  });
});

describe('a case that costs the agent', () => {
  test('gets its outcome, and the rest goes on in another agent', ({ load, agent }) => {
    const { maybe } = load(misbehave);
    const { generation } = agent;
    const bad = new Set([0, 37, 38, 99]);
    const batch = maybe.batch(Array.from({ length: 100 }, (_, i) => [i, bad.has(i) ? HOW.exit : HOW.return] as const));
    for (let i = 0; i < 100; i++) {
      const expected = bad.has(i) ? { kind: 'exited', code: i, signal: null } : { kind: 'returned', result: 2 * i };
      expect(batch.outcome(i)).toMatchObject({ ...expected, arguments: [i, bad.has(i) ? HOW.exit : HOW.return] });
    }
    expect(maybe(5, HOW.return)).toBe(10); // The last one left none behind: the next call starts the fifth.
    expect(agent.generation).toBe(generation + 4);
  });

  test('does not cost the faults and memory of the cases before it', ({ load }) => {
    const batch = load(misbehave).maybe.batch([[1, HOW.crash], [2, HOW.return], [3, HOW.exit], [4, HOW.crash]]); // prettier-ignore
    expect([0, 1, 2, 3].map((i) => batch.outcome(i))).toMatchObject([
      { kind: 'faulted', fault: { code: 0xc0000005 } },
      { kind: 'returned', result: 4 },
      { kind: 'exited', code: 3 },
      { kind: 'faulted', fault: { code: 0xc0000005 } },
    ]);
  });
});

test('an error in one case of a batch is thrown before anything is called', ({ load, agent }) => {
  const { countUp, maybe } = load(misbehave);
  const before = countUp();
  expect(() => maybe.batch([[1, 0], ['x' as never, 0]])).toThrow('ARGUMENT_TYPE'); // prettier-ignore
  expect(() => maybe.batch([[1, 0], [1] as never])).toThrow('ARGUMENT_COUNT'); // prettier-ignore
  expect(countUp()).toBe(before + 1);
  expect(agent.pid).toBeGreaterThan(0);
});
