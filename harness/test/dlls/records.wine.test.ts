import { as, describe, expect, fc, library, struct, test } from 'dllparity';
import { referenceDll } from '../reference-dlls.ts';
import { bytes_12, bytesOf, node, point, records, SIZES } from './records.ts';

/** What `weigh_n` gives: each byte by its place, and the two arguments around it. */
function weight(bytes: readonly number[], before: number, after: number): bigint {
  const sum = bytes.reduce((sum, byte, index) => sum + BigInt(index + 1) * BigInt(byte), 0n);
  return sum + 1_000_000_000_000n * BigInt(before) + 100_000_000_000_000n * BigInt(after);
}

describe('a struct by value of', () => {
  for (const size of SIZES) {
    const sized = bytesOf(size);
    test(`${size} bytes arrives and returns whole, between other arguments`, ({ load }) => {
      const { echo, make, weigh } = load(sized);
      const at = Array.from({ length: size }, (_, index) => (7 * index + 3) & 0xff);
      expect(echo({ at })).toEqual({ at });
      expect(make(250)).toEqual({ at: Array.from({ length: size }, (_, index) => (250 + index) & 0xff) });
      expect(BigInt(weigh(-5, { at }, 3))).toBe(weight(at, -5, 3));
      expect(echo({})).toEqual({ at: new Array<number>(size).fill(0) });
    });

    test(`${size} bytes behind a pointer is changed in place`, ({ load }) => {
      const value = { at: Uint8Array.from({ length: size }, (_, index) => index) };
      load(sized).raise(value, 10);
      expect([...value.at]).toEqual(Array.from({ length: size }, (_, index) => (index + 10) & 0xff));
    });
  }

  test('random bytes comes back byte for byte, whatever its size', ({ load }) => {
    for (const size of SIZES.filter((size) => size <= 64)) {
      const { echo, weigh } = load(bytesOf(size));
      fc.assert(
        fc.property(
          fc.array(fc.nat(255), { minLength: size, maxLength: size }),
          fc.integer({ min: -128, max: 127 }),
          fc.integer({ min: -9, max: 9 }),
          (at, before, after) => {
            expect(echo({ at })).toEqual({ at });
            expect(BigInt(weigh(before, { at }, after))).toBe(weight(at, before, after));
          },
        ),
        { numRuns: 30 },
      );
    }
  });
});

describe('structs by value', () => {
  test('belong to the callee: the caller does not see what it writes', ({ load }) => {
    const value = { at: new Array<number>(24).fill(1) };
    expect(load(records).changeCopy(value)).toBe(510);
    expect(value.at).toEqual(new Array<number>(24).fill(1));
  });

  test('with floating-point members travel like any other', ({ load }) => {
    const all = load(records);
    expect(all.weighFloat1(1, { at: [1.5] }, 2)).toBe(2_100_001.5);
    expect(all.weighFloat2(1, { at: [1.5, 2] }, 2)).toBe(2_100_021.5);
    expect(all.weighFloat3(1, { at: [1.5, 2, 3] }, 2)).toBe(2_100_321.5);
    expect(all.weighFloat4(1, { at: [1.5, 2, 3, 4] }, 2)).toBe(2_104_321.5);
    expect(all.weighDouble1(1, { at: [1.5] }, 2)).toBe(2_100_001.5);
    expect(all.weighDouble2(1, { at: [1.5, 2] }, 2)).toBe(2_100_021.5);
    expect(all.weighDouble4(1, { at: [1.5, 2, 3, 4] }, 2)).toBe(2_104_321.5);
  });

  test('with floating-point members are results too', ({ load }) => {
    const all = load(records);
    expect(all.halveFloat1({ at: [3] })).toEqual({ at: [1.5] });
    expect(all.halveFloat2({ at: [3, -1] })).toEqual({ at: [1.5, -0.5] });
    expect(all.halveFloat3({ at: [3, -1, 8] })).toEqual({ at: [1.5, -0.5, 4] });
    expect(all.halveFloat4({ at: [3, -1, 8, 1] })).toEqual({ at: [1.5, -0.5, 4, 0.5] });
    expect(all.halveDouble1({ at: [3] })).toEqual({ at: [1.5] });
    expect(all.halveDouble2({ at: [3, -1] })).toEqual({ at: [1.5, -0.5] });
    expect(all.halveDouble4({ at: [3, -1, 8, 1] })).toEqual({ at: [1.5, -0.5, 4, 0.5] });
    expect(all.swap({ part: 3, whole: -7 })).toEqual({ part: -7, whole: 3 });
    expect(all.tag(-1, 0.1)).toEqual({ tag: -1, number: 0.1 });
  });

  test('come several to a call, of all kinds, in their order', ({ load }) => {
    const f = { at: Array.from({ length: 16 }, (_, index) => index) };
    const h = { at: [1, 2, 3, 4, 5, 6, 7, 8] };
    const sumF = f.at.reduce((sum, byte, index) => sum + 100_000_000 * (index + 1) * byte, 0);
    const sumH = h.at.reduce((sum, byte, index) => sum + 1_000_000_000_000 * (index + 1) * byte, 0);
    const expected =
      -1 + 10 * 2.5 + 100 * 3 + 1000 * 0.25 + 10_000 * (1 + 4 + 9) + 1_000_000 * (1 + 2 * 2) + sumF + sumH + 0.5 * 9;
    const { weighAll, merge } = load(records);
    expect(weighAll(-1, { at: [1, 2, 3] }, 2.5, { at: [1, 2] }, 3, f, 0.25, h, { at: [9] })).toBe(expected);
    expect(merge({ at: [1] }, { at: [2, 3] }, { at: [4] })).toEqual({ at: [1, 2, 3, 4] });
  });

  test('may be nested, and hold arrays and text', ({ load }) => {
    const { reverse } = load(records);
    expect(reverse({ from: { x: 1, y: 2 }, to: { x: -3, y: 4 }, name: 'edge' })).toEqual({
      from: { x: -3, y: 4 },
      to: { x: 1, y: 2 },
      name: 'EDGE',
    });
  });

  test('can be the arguments of a variadic function', ({ load }) => {
    const { sumVariadic, weighVariadic } = load(records);
    expect(sumVariadic(3, as({ x: 1, y: 2 }, point), as({ x: 10, y: -20 }, point), as({ x: 100 }, point))).toEqual({
      x: 111,
      y: -18,
    });
    const at = [1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2];
    expect(weighVariadic(2, as({ at }, bytes_12), as(3, 'int'), as({ at }, bytes_12), as(4, 'int'))).toBe(
      2 * 25 + 70_000,
    );
  });

  test('refuse unknown members, wrong values, and what is no object', ({ load }) => {
    const { reverse } = load(records) as unknown as { reverse: (value: unknown) => unknown };
    expect(() => reverse({ form: { x: 1 } })).toThrow(/form.*ARGUMENT_TYPE/s);
    expect(() => reverse({ from: { z: 1 } })).toThrow(/z.*ARGUMENT_TYPE/s);
    expect(() => reverse({ from: { x: 'one' } })).toThrow('ARGUMENT_TYPE');
    expect(() => reverse({ from: { x: 2 ** 32 } })).toThrow('ARGUMENT_RANGE');
    expect(() => reverse({ from: { x: 0.5 } })).toThrow('ARGUMENT_RANGE');
    expect(() => reverse({ name: 'a name too long for it' })).toThrow('ARGUMENT_RANGE');
    expect(() => reverse(7)).toThrow('ARGUMENT_TYPE');
    expect(() => reverse(null)).toThrow('ARGUMENT_TYPE');
    expect(() => load(bytesOf(4)).echo({ at: [1, 2, 3, 4, 5] })).toThrow('ARGUMENT_RANGE');
  });

  test('take shorter arrays and typed arrays', ({ load }) => {
    const { echo } = load(bytesOf(4));
    expect(echo({ at: [1, 2] })).toEqual({ at: [1, 2, 0, 0] });
    expect(echo({ at: Uint8Array.of(1, 2, 3, 4) })).toEqual({ at: [1, 2, 3, 4] });
  });

  test('survive a batch', ({ load }) => {
    const { echo } = load(bytesOf(17));
    const cases = Array.from({ length: 200 }, (_, n) => ({ at: Array.from({ length: 17 }, (_, i) => (n + i) & 0xff) }));
    const batch = echo.batch(cases.map((value) => [value]));
    cases.forEach((value, index) => expect(batch.outcome(index)).toMatchObject({ kind: 'returned', result: value }));
  });
});

describe('structs behind pointers', () => {
  test('are changed in the caller\u2019s object, nested ones too', ({ load }) => {
    const value = { from: { x: 1, y: 2 }, to: { x: 4, y: 6 }, name: 'a' };
    const { from } = value;
    load(records).move(value, { x: 10, y: -10 });
    expect(value).toEqual({ from: { x: 11, y: -8 }, to: { x: 14, y: -4 }, name: 'a' });
    expect(value.from).toEqual(from);
    expect(load(records).lengthSquared(value)).toBe(25);
  });

  test('that are only written to go in as they are, and as 0 from an array', ({ load }) => {
    const out = library(referenceDll('records.dll'), { sum: 'int sum_list(_Out_ node *list)' }, { types: { node } });
    const { sum } = load(out);
    expect(sum({ value: 7, next: null })).toBe(7);
    expect(sum([{ value: 7, next: null }])).toBe(0);
  });

  test('in an array are filled, all of them', ({ load }) => {
    const points = Array.from({ length: 5 }, () => ({ x: 0, y: 0 }));
    load(records).fillPoints(points, 5);
    expect(points).toEqual([0, 1, 2, 3, 4].map((i) => ({ x: i, y: 0 - i })));
    expect(load(records).sumPoints(points, 5)).toEqual({ x: 10, y: -10 });
  });

  test('in an array that is too short are refused', ({ load }) => {
    expect(() => load(records).fillPoints([{}, {}], 3)).toThrow('ARGUMENT_RANGE');
    expect(() => load(records).sumPoints([{ x: 1 }], 2)).toThrow('ARGUMENT_RANGE');
  });

  test('hold pointers to texts, arrays and other structs', ({ load }) => {
    const { weighBox, weighBoxValue, boxIsEmpty } = load(records);
    const value = { text: 'A', n: 3, numbers: [0.5, 1, 2], corner: { x: 1, y: 2 } };
    expect(weighBox(value)).toBe(65 + 3.5 + 1000 + 2_000_000);
    expect(weighBoxValue(value)).toBe(65 + 3.5 + 1000 + 2_000_000);
    expect(weighBox({ text: null, n: 2, numbers: Float64Array.of(1, 2) })).toBe(3);
    expect(boxIsEmpty({})).toBe(1);
    expect(boxIsEmpty({ text: null, numbers: null, corner: null })).toBe(1);
    expect(boxIsEmpty({ text: '' })).toBe(0);
  });

  test('bring back what the DLL writes behind their pointers', ({ load }) => {
    const value = { n: 3, numbers: Float64Array.of(1, 2, 3), corner: { x: 1, y: 2 } };
    load(records).doubleBox(value);
    expect([...value.numbers]).toEqual([2, 4, 6]);
    expect(value.corner).toEqual({ x: 2, y: 1 });
  });
});

describe('linked lists', () => {
  test('of the caller are walked and changed', ({ load }) => {
    const list = { value: 1, next: { value: 20, next: { value: 300, next: null } } };
    expect(load(records).sumList(list)).toBe(321);
    expect(load(records).sumList(null)).toBe(0);
    load(records).doubleList(list);
    expect(list).toMatchObject({ value: 2, next: { value: 40, next: { value: 600, next: null } } });
  });

  test('of the DLL are read node by node, and reversed', ({ load }) => {
    const { buildList, reverseList, sumList, freeList } = load(records);
    let first = buildList(3);
    const walk = (): number[] => {
      const values = [];
      for (let at = first; at !== null;) {
        const { value, next } = at.read(node);
        values.push(value);
        at = next;
      }
      return values;
    };
    expect(walk()).toEqual([1, 2, 3]);
    expect(sumList(first)).toBe(6);
    first = reverseList(first);
    expect(walk()).toEqual([3, 2, 1]);
    first!.write(node, { value: 10, next: null });
    expect(sumList(first)).toBe(10);
    first!.write(node, { value: 0, next: null });
    freeList(first);
    expect(buildList(0)).toBeNull();
  });
});

describe('unions', () => {
  test('travel by value under any of their members', ({ load }) => {
    const { echoUnion, bitsOf, unionOf } = load(records);
    expect(bitsOf({ number: 1 })).toBe(0x3ff0_0000_0000_0000n);
    expect(bitsOf({ bits: -1 })).toBe(-1);
    expect(unionOf(-2)).toMatchObject({ number: -2, bytes: [0, 0, 0, 0, 0, 0, 0, 0xc0] });
    fc.assert(
      fc.property(fc.double({ noNaN: true }), (number) => {
        expect(echoUnion({ number }).number).toBe(number);
      }),
    );
    expect(echoUnion({ bytes: [1, 2, 3, 4, 5, 6, 7, 8] }).bytes).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  });

  test('of other sizes travel through memory', ({ load }) => {
    expect(load(records).spread({ bytes: [1, 2, 3, 4] }).bytes).toEqual([1, 2, 3, 4, 5, 7, 9, 11, 9, 11, 13, 15]);
    expect(load(records).spread({ number: -1 }).number).toBe(-1);
  });

  test('are changed behind a pointer, whichever member was given', ({ load }) => {
    const value: { number: number; bits?: number | bigint } = { number: 2.5 };
    load(records).negateUnion(value);
    expect(value.number).toBe(-2.5);
  });

  test('in a struct take one member', ({ load }) => {
    const { variantNumber, makeVariant } = load(records);
    expect(variantNumber({ kind: 0, value: { bits: 12 } })).toBe(12);
    expect(variantNumber({ kind: 1, value: { number: 1.5 } })).toBe(1.5);
    expect(makeVariant(0, 9)).toMatchObject({ kind: 0, value: { bits: 9 } });
    expect(makeVariant(1, 9)).toMatchObject({ kind: 1, value: { number: 9 } });
  });

  test('refuse members that disagree', ({ load }) => {
    expect(() => load(records).bitsOf({ number: 1, bits: 1 })).toThrow(/bits.*number|number.*bits/s);
    expect(load(records).bitsOf({ number: 1, bits: 0x3ff0_0000_0000_0000n })).toBe(0x3ff0_0000_0000_0000n);
  });
});

test('two libraries may each have a struct of the same name', ({ load }) => {
  const narrow = library(
    referenceDll('records.dll'),
    { echo: 'pair echo_4(pair value)' },
    { types: { pair: struct('pair', { a: 'int16_t', b: 'int16_t' }) } },
  );
  const wide = library(
    referenceDll('records.dll'),
    { echo: 'pair echo_8(pair value)' },
    { types: { pair: struct('pair', { a: 'int32_t', b: 'int32_t' }) } },
  );
  expect(load(narrow).echo({ a: -1, b: 2 })).toEqual({ a: -1, b: 2 });
  expect(load(wide).echo({ a: -1, b: 2 ** 31 - 1 })).toEqual({ a: -1, b: 2 ** 31 - 1 });
});
