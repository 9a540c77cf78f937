// What a row may do to the agent: fault, leave state changed, end the process, hang; and what the rows after it see of that.
import { describe, expect, ROW_STATUS, test as base } from 'dllparity';
import { bootForWorker } from '../../../vitest/fixtures/test.ts';
import { callbacks } from '../../dlls/callbacks.ts';
import { numbers, THIRD } from '../../dlls/columns.ts';
import { functionsOf, conventions } from '../../dlls/conventions.ts';
import { state } from '../../dlls/state.ts';
import { basics, calls, HOW, installation, misbehave } from '../../reference-dlls.ts';

const isIa32 = installation.architecture === 'ia32';

/** An agent that gives a hang up soon, and one with the smallest heap there is: 1 MiB, most of it taken by tables. */
const test = base
  .extend('impatient', { scope: 'file' }, async ({ config }, { onCleanup }) => {
    const agent = await bootForWorker({ ...config, callTimeoutMs: 400 });
    onCleanup(() => agent.close());
    return agent;
  })
  .extend('small', { scope: 'file' }, async ({ config }, { onCleanup }) => {
    const agent = await bootForWorker({ ...config, heapBytes: 1 << 20 });
    onCleanup(() => agent.close());
    return agent;
  });

/** `rows` times HOW.return, with `how` at some of them. */
function hows(rows: number, how: number, at: readonly number[]): Int32Array {
  const column = new Int32Array(rows).fill(HOW.return);
  for (const row of at) column[row] = how;
  return column;
}
const upTo = (rows: number): Int32Array => Int32Array.from({ length: rows }, (_, i) => i);

describe('rows that fault', () => {
  for (const [where, at] of [
    ['first', [0]],
    ['in the middle', [500]],
    ['last', [999]],
    ['at the borders of what is looked at together', [15, 16, 143, 144, 511, 512, 639, 640]],
    ['one after the other', [7, 8, 9, 300, 301, 302]],
  ] as const) {
    test(`${where}: the others return`, ({ load, agent }) => {
      const { generation } = agent;
      const found = load(misbehave).maybe.columns(upTo(1000), hows(1000, HOW.crash, at));
      const bad = new Set<number>(at);
      for (let row = 0; row < 1000; row++) {
        const isBad = bad.has(row);
        if (found.results[row] !== (isBad ? 0 : 2 * row)) expect.fail(`result ${row.toString()}`);
        if (found.codes[row] !== (isBad ? 0xc0000005 : 0)) expect.fail(`code ${row.toString()}`);
        if (found.statuses[row] !== (isBad ? ROW_STATUS.faulted : ROW_STATUS.returned)) expect.fail('status');
        expect(found.faultAt(row)).toEqual(isBad ? expect.objectContaining({ code: 0xc0000005, access: { kind: 'read', address: 0n } }) : undefined); // prettier-ignore
      }
      expect(found.faults).toBe(at.length);
      expect(agent.generation).toBe(generation);
    });
  }

  test('all of them, 200,000 times: each has its code, the latest of each message their records', ({ load, agent }) => {
    const { generation } = agent;
    const found = load(basics).crash.columns({ rows: 200_000 });
    expect(found.faults).toBe(200_000);
    expect(found.codes.every((code) => code === 0xc0000005)).toBe(true);
    expect(found.statuses.every((status) => status === ROW_STATUS.faulted)).toBe(true);
    const { module } = found.faultAt(199_999) ?? {};
    expect(module?.path).toMatch(/basics\.dll$/);
    expect([found.faultAt(199_937), found.faultAt(199_936)]).toEqual([expect.anything(), undefined]);
    expect(agent.generation).toBe(generation);
  });

  test('have the codes and records that a batch has', ({ load }) => {
    const { raiseCode, divideInts, crashRead } = load(misbehave);
    const same = (columns: { faultAt(row: number): unknown; codes: Uint32Array }, batch: { outcome(row: number): unknown }, rows: number): void => {
      for (let row = 0; row < rows; row++) {
        expect(batch.outcome(row)).toMatchObject({ kind: 'faulted', fault: { code: columns.codes[row] } });
        expect(batch.outcome(row)).toMatchObject({ fault: columns.faultAt(row) });
      }
    }; // prettier-ignore
    const codes = [0xc0000005, 0xe06d7363, 0x20474343, 0x0eedfade, 0xc0000409, 1, 0xc000013a];
    same(raiseCode.columns(codes), raiseCode.batch(codes.map((code) => [code])), codes.length);
    const dividends: [number, number][] = [
      [1, 0],
      [-0x8000_0000, -1],
      [0, 0],
    ];
    same(divideInts.columns(dividends.map(([a]) => a), dividends.map(([, b]) => b)), divideInts.batch(dividends), 3); // prettier-ignore
    same(crashRead.columns([16, 32, 48]), crashRead.batch([[16], [32], [48]]), 3);
  });
});

describe('rows that leave state changed', () => {
  const HOWS = { 'rounding of SSE': THIRD.rounding, 'precision of the x87 unit': THIRD.precision };
  for (const [what, how] of Object.entries(HOWS)) {
    for (const at of [[0], [3, 4], [20], [300, 301, 999], [143], [144], [15]]) {
      test(`${what}, in row ${at.join(', ')}: it is named, and the others do not see it`, ({ load }) => {
        const { third } = load(numbers);
        const values = Float64Array.from({ length: 1000 }, (_, i) => i + 0.1);
        const asked = hows(1000, how, at);
        const found = third.columns(values, asked);
        const batch = third.batch([...values].map((value, i) => [value, asked[i] ?? 0] as const));
        const changed: number[] = [];
        for (let row = 0; row < 1000; row++) {
          if (found.fpuChangedAt(row)) changed.push(row);
          const outcome = batch.outcome(row);
          if (outcome.kind !== 'returned' || outcome.result !== found.results[row])
            expect.fail(`row ${row.toString()}`);
        }
        expect(changed).toEqual(at);
        expect(found).toMatchObject({ fpuChanged: true, faults: 0 });
        expect(new Set(found.statuses)).toEqual(new Set([ROW_STATUS.returned]));
      });
    }
  }

  test('and fault: the rows before and after are right', ({ load }) => {
    const asked = hows(1000, THIRD.roundingAndFault, [100, 700]);
    asked[698] = THIRD.rounding; // Unseen by the time that row 700 faults.
    const found = load(numbers).third.columns(Float64Array.from({ length: 1000 }, (_, i) => i + 0.1), asked); // prettier-ignore
    for (let row = 0; row < 1000; row++) {
      const faults = row === 100 || row === 700;
      if (found.results[row] !== (faults ? 0 : (row + 0.1) / 3)) expect.fail(`row ${row.toString()}`);
      expect([found.kindAt(row), found.fpuChangedAt(row)]).toEqual([faults ? 'faulted' : 'returned', row === 698]);
    }
    expect(found.faults).toBe(2);
  });

  test('in every row: each is called once', ({ load }) => {
    const { countedThird, callsSoFar, addSse } = load(numbers);
    callsSoFar(1);
    const found = countedThird.columns(new Float64Array(3000).fill(1), THIRD.rounding);
    expect(callsSoFar(0)).toBe(3000);
    expect(Array.from({ length: 3000 }, (_, row) => found.fpuChangedAt(row))).not.toContain(false);
    expect(addSse(1, -(2 ** -60))).toBe(1); // Rounded to the nearest, as ever.
  });

  test('of registers and the direction flag that belong to the caller', ({ load }) => {
    expect(load(numbers).breakPromises.columns(upTo(5000)).results).toEqual(upTo(5000));
    expect(load(misbehave).trashRegisters.columns({ rows: 1000 }).faults).toBe(0);
    expect(load(misbehave).setDirectionFlag.columns({ rows: 1000 }).faults).toBe(0);
  });

  test('on the x87 stack of ia32', ({ load }) => {
    const found = load(numbers).fillX87.columns(upTo(100));
    expect(found.results).toEqual(upTo(100));
    expect(found.fpuChanged).toBe(isIa32);
    expect(load(basics).addDouble.columns([1, 2], [3, 4]).results).toEqual(new Float64Array([4, 6]));
  });
});

describe('rows that cost the agent', () => {
  test('by an exit get their outcome, and the rest goes on in another agent', ({ load, agent }) => {
    const { maybe } = load(misbehave);
    maybe(1, HOW.return);
    const { generation } = agent;
    const bad = new Set([0, 37, 38, 600, 999]);
    const found = maybe.columns(upTo(1000), hows(1000, HOW.exit, [...bad]));
    for (let row = 0; row < 1000; row++) {
      expect([row, found.kindAt(row)]).toEqual([row, bad.has(row) ? 'exited' : 'returned']);
      expect(found.results[row]).toBe(bad.has(row) ? 0 : 2 * row);
      expect(found.codes[row]).toBe(bad.has(row) ? 0xc000010a : 0);
    }
    expect(found.endAt(37)).toMatchObject({ kind: 'exited', code: 37, signal: null, arguments: [37, HOW.exit] });
    expect([found.endAt(36), found.faults]).toEqual([undefined, 0]);
    expect(maybe(5, HOW.return)).toBe(10);
    expect(agent.generation).toBe(generation + 5);
  });

  test('in one of many messages, while the next is written already', ({ load }) => {
    const rows = 200_000;
    const how = hows(rows, HOW.exit, [65_535, 65_536, 150_000]);
    for (const row of [3, 70_000, 131_071, 131_072, 199_999]) how[row] = HOW.crash;
    const found = load(misbehave).maybe.columns(upTo(rows), how);
    const kinds = { returned: 0, exited: 0, faulted: 0 };
    for (let row = 0; row < rows; row++) {
      const kind = found.kindAt(row) as keyof typeof kinds;
      kinds[kind]++;
      const isRight =
        kind === { [HOW.return]: 'returned', [HOW.exit]: 'exited', [HOW.crash]: 'faulted' }[how[row] ?? 0];
      if (!isRight || found.results[row] !== (kind === 'returned' ? 2 * row : 0)) expect.fail(`row ${row.toString()}`);
    }
    expect(kinds).toEqual({ returned: rows - 8, exited: 3, faulted: 5 });
    expect(found.endAt(65_536)).toMatchObject({ kind: 'exited', arguments: [65_536, HOW.exit] });
    expect([3, 70_000, 131_071, 131_072, 199_999].map((row) => found.faultAt(row)?.code)).toEqual(Array(5).fill(0xc0000005)); // prettier-ignore
  });

  test('by a hang likewise', ({ impatient }) => {
    const { maybe } = impatient.load(misbehave);
    const how = hows(1000, HOW.loop, [400]);
    how[401] = HOW.sleep;
    how[399] = HOW.crash;
    const found = maybe.columns(upTo(1000), how);
    expect([399, 400, 401, 402].map((row) => found.kindAt(row))).toEqual(['faulted', 'timed-out', 'timed-out', 'returned']); // prettier-ignore
    expect([399, 400, 401, 402].map((row) => found.codes[row])).toEqual([0xc0000005, 0x102, 0x102, 0]);
    expect(found.endAt(400)).toMatchObject({ kind: 'timed-out', limitMs: 400, arguments: [400, HOW.loop] });
    expect([398, 399, 402, 999].map((row) => found.results[row])).toEqual([796, 0, 804, 1998]);
    expect(found.faultAt(399)).toMatchObject({ name: 'STATUS_ACCESS_VIOLATION' });
  });

  test('but rows that take long together are no hang', ({ impatient }) => {
    const found = impatient.load(basics).sleep.columns(30, { rows: 40 });
    expect(found).toMatchObject({ results: null, faults: 0 });
    expect(found.kindAt(39)).toBe('returned');
  });

  test('of a function that is not there', ({ load }) => {
    const found = load(conventions).notThere.columns([1, 2]);
    expect([...found.statuses]).toEqual([ROW_STATUS.notCallable, ROW_STATUS.notCallable]);
    expect([...found.codes]).toEqual([0xc0000139, 0xc0000139]);
    expect(found.endAt(1)).toMatchObject({ kind: 'not-callable', arguments: [2] });
  });
});

test('a heap that is too small for all rows takes them in pieces', ({ small }) => {
  const values = Float64Array.from({ length: 200_000 }, (_, i) => i);
  const { results } = small.load(basics).addDouble.columns(values, values);
  expect(results).toEqual(values.map((value) => 2 * value));
  const found = small.load(misbehave).maybe.columns(upTo(100_000), hows(100_000, HOW.crash, [0, 65_535, 99_999]));
  expect([0, 65_535, 99_999].map((row) => found.faultAt(row)?.code)).toEqual(Array(3).fill(0xc0000005));
});

test('every convention gets its arguments, and may take off the stack what it likes', ({ load }) => {
  for (const name of ['cdecl', 'stdcall', 'fastcall'] as const) {
    const { nothing, ints } = load(functionsOf(name));
    expect(nothing.columns({ rows: 2 }).results).toEqual(new Int32Array([7, 7]));
    expect(ints.columns(upTo(1000), 2, 3, 4, 5).results).toEqual(BigInt64Array.from(upTo(1000), (i) => BigInt(i) + 54320n)); // prettier-ignore
  }
  expect(load(numbers).takeMore.columns(upTo(1000)).results).toEqual(upTo(1000));
  expect(load(conventions).stackAtEntry.columns({ rows: 3 }).results).toEqual(new Uint32Array(3));
  const ecx = load(conventions).ecx.columns([1, 2], [3, 4]);
  expect(ecx.results).toEqual(new Uint32Array([1, 2]));
});

test('the last error goes from row to row, and no further than that', ({ load }) => {
  const { failWith, lastError } = load(calls);
  failWith(77);
  load(basics).addDouble.columns(new Float64Array(100_000), 1);
  expect(lastError()).toBe(77);
  failWith.columns([1, 2, 3]);
  expect(lastError()).toBe(3);
  expect(lastError.columns({ rows: 2 }).results).toEqual(new Uint32Array([3, 3]));
});

test('errno is 0 before each row', ({ load }) => {
  expect(load(basics).setErrno.columns([5, 6, 7]).results).toEqual(new Int32Array(3));
  expect(load(state).setErrno.columns([5, 6]).results).toEqual(
    Int32Array.from([0, 1], (i) => [5, 6].map((value) => load(state).setErrno(value))[i] ?? 0),
  );
});

test('a callback that was kept is answered, and may call and fault itself', ({ load, agent }) => {
  const { keep, callKept } = load(callbacks);
  const { add, crash } = load(basics);
  using callback = agent.callback('int (*)(int)', (value) => {
    if (value === 3) return crash.outcome().kind === 'faulted' ? 1000 : -1;
    return value === 4 ? (add.columns([value, 1], 1).results[0] ?? 0) : add(value, 10);
  });
  keep(callback.pointer);
  expect(callKept.columns(upTo(6)).results).toEqual(callKept.columns([...upTo(6)]).results);
  const once = [...upTo(6)].map((value) => callKept(value));
  expect([...callKept.columns(upTo(6)).results]).toEqual(once);
});

test('a callback may make calls of columns while the next message is written already', ({ load, agent }) => {
  const { keep, callKept } = load(callbacks);
  const { addDouble } = load(basics);
  const inner = Float64Array.from({ length: 100_000 }, (_, i) => i);
  using callback = agent.callback('int (*)(int)', (value) =>
    value % 50_000 === 0 ? (addDouble.columns(inner, value).results.at(-1) ?? 0) : value,
  );
  keep(callback.pointer);
  const { results } = callKept.columns(upTo(150_000));
  const once = [0, 1, 50_000, 149_999].map((value) => callKept(value));
  expect([0, 1, 50_000, 149_999].map((row) => results[row])).toEqual(once);
  expect(once[2]).not.toBe(once[1]);
});

describe('what cannot be said in numbers goes the way of a batch', () => {
  test('text, with one value or a column', ({ load }) => {
    const { length, upper } = load(basics);
    const found = length.columns(['a', 'bcd', '']);
    expect(found.isNative).toBe(false);
    expect(found.results).toEqual(new Uint32Array([1, 3, 0]));
    const bytes = new Uint8Array([97, 0]);
    expect(upper.columns(bytes)).toMatchObject({ length: 1, results: null });
    expect(bytes[0]).toBe(65);
    expect(load(calls).repeat.columns(120, new Uint32Array([1, 3])).results).toEqual(['x', 'xxx']);
  });

  test('more parameters than the loop has room for', ({ load }) => {
    const { seventeen, sixteen } = load(numbers);
    const ones = Array.from({ length: 16 }, (_, i) => i) as Parameters<typeof sixteen>;
    const native = sixteen.columns(...ones);
    expect([native.isNative, native.results[0]]).toEqual([true, sixteen(...ones)]);
    const values = [...ones, new Float64Array([1, 2])] as Parameters<typeof seventeen.columns>;
    const found = seventeen.columns(...values);
    expect(found.isNative).toBe(false);
    expect([...found.results]).toEqual([1, 2].map((last) => seventeen(...ones, last)));
  });

  test('faults, exits and callbacks, with the same codes', ({ load }) => {
    const { callBack } = load(basics);
    const { callTwo } = load(calls);
    expect(callBack.columns((i) => i, [3, 4]).results).toEqual(new Int32Array([3, 6]));
    expect(callTwo.columns((i) => i, (i) => i + 1, 5).results).toEqual(new Int32Array([5006])); // prettier-ignore
    const bad = load(basics).length.columns([null, 'ab', null]);
    expect([bad.faults, bad.faultAt(2)?.code, [...bad.codes]]).toEqual([2, 0xc0000005, [0xc0000005, 0, 0xc0000005]]);
    expect([bad.kindAt(0), bad.kindAt(1), [...bad.results]]).toEqual(['faulted', 'returned', [0, 2, 0]]);
  });
});
