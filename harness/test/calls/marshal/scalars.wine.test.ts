import { describe, expect, fc, test } from 'dllparity';
import { floatFromBits, floatAt, doubleAt } from '../../../evidence/compare/floating.ts';
import { FRAME } from '../../../../protocol/wire/layout.ts';
import { basics, calls } from '../../reference-dlls.ts';

const RUNS = { numRuns: 300 };

describe('integers', () => {
  for (const [name, low, high] of [
    ['int8', -128, 127],
    ['uint8', 0, 255],
    ['int16', -32768, 32767],
    ['uint16', 0, 65535],
    ['int32', -2147483648, 2147483647],
    ['uint32', 0, 4294967295],
    ['wchar', 0, 65535],
  ] as const) {
    test(`${name} arrives and returns unchanged, limits included`, ({ load }) => {
      const echo = load(basics)[name];
      for (const value of [low, low + 1, -0, 0, 1, high - 1, high]) expect(echo(value)).toBe(value + 0);
      fc.assert(
        fc.property(fc.integer({ min: low, max: high }), (value) => echo(value) === value),
        RUNS,
      );
    });
  }

  for (const [name, low, high] of [
    ['int64', -(2n ** 63n), 2n ** 63n - 1n],
    ['uint64', 0n, 2n ** 64n - 1n],
  ] as const) {
    test(`${name} takes numbers and bigints, and returns a number where that is exact`, ({ load }) => {
      const echo = load(basics)[name];
      expect(echo(low)).toBe(low === 0n ? 0 : low);
      expect(echo(high)).toBe(high);
      expect(echo(Number.MAX_SAFE_INTEGER)).toBe(Number.MAX_SAFE_INTEGER);
      expect(echo(2n ** 53n)).toBe(2n ** 53n);
      fc.assert(
        fc.property(fc.bigInt({ min: low, max: high }), (value) => BigInt(echo(value)) === value),
        RUNS,
      );
      fc.assert(
        fc.property(fc.maxSafeInteger(), (value) => (low < 0n || value >= 0 ? echo(value) === value + 0 : true)),
        RUNS,
      );
    });
  }

  test('an unsigned type takes -1 as all ones, as C does', ({ load }) => {
    const { uint8, uint16, uint32, uint64 } = load(basics);
    expect([uint8(-1), uint16(-1), uint32(-1), uint64(-1)]).toEqual([255, 65535, 4294967295, 2n ** 64n - 1n]);
  });

  test('a signed type takes 0xFFFFFFFF as -1, as C does', ({ load }) => {
    const { int8, int16, int32 } = load(basics);
    expect([int8(0xff), int16(0xffff), int32(0xffff_ffff)]).toEqual([-1, -1, -1]);
  });
});

describe('floating point', () => {
  const bits = (value: number): bigint => {
    const view = new DataView(new ArrayBuffer(8));
    view.setFloat64(0, value);
    return view.getBigUint64(0);
  };

  test('a double arrives and returns bit for bit', ({ load }) => {
    const { double } = load(basics);
    const values = [0, -0, 1, -1, Number.MIN_VALUE, Number.MAX_VALUE, 2.2250738585072014e-308, Infinity, -Infinity];
    for (const value of values) expect(double(value)).toBe(value);
    expect(double(NaN)).toBeNaN();
    fc.assert(
      fc.property(fc.double({ noNaN: true }), (value) => bits(double(value)) === bits(value)),
      RUNS,
    );
  });

  test('a double survives a batch bit for bit', ({ load }) => {
    const { double } = load(basics);
    const values = fc.sample(fc.double(), { numRuns: 5000, seed: 1 });
    const batch = double.batch(values.map((value) => [value]));
    const view = new DataView(new ArrayBuffer(8));
    values.forEach((value, index) => {
      const found = batch.frameOf(index)!;
      view.setFloat64(0, value, true);
      expect(doubleAt(found.view, found.frame + FRAME.FLOAT)).toBe(floatFromBits(view.getBigUint64(0, true), 64));
    });
  });

  test('a float arrives rounded to its 32 bits and returns unchanged', ({ load }) => {
    const { float } = load(basics);
    expect(float(0.1)).toBe(Math.fround(0.1));
    fc.assert(
      fc.property(fc.float({ noNaN: true }), (value) => Object.is(float(value), value)),
      RUNS,
    );
  });

  test('a float survives a batch bit for bit', ({ load }) => {
    const { float } = load(basics);
    const values = fc.sample(fc.float(), { numRuns: 2000, seed: 2 });
    const batch = float.batch(values.map((value) => [value]));
    const view = new DataView(new ArrayBuffer(4));
    values.forEach((value, index) => {
      const found = batch.frameOf(index)!;
      view.setFloat32(0, value, true);
      expect(floatAt(found.view, found.frame + FRAME.FLOAT)).toBe(floatAt(view, 0));
    });
  });
});

describe('others', () => {
  test('a bool is true or false', ({ load }) => {
    const { bool, negate } = load(calls);
    expect([bool(true), bool(false), negate(true), negate(false)]).toEqual([true, false, false, true]);
  });

  test('a function without result returns undefined', ({ load }) => {
    const { nothing } = load(calls) as unknown as { nothing: () => unknown };
    expect(nothing()).toBeUndefined();
  });

  test('arguments beyond the fourth travel on the stack, in order', ({ load }) => {
    expect(load(calls).weighInts(1, 2, 3, 4, 5, 6, 7, 8)).toBe(87654321);
    expect(load(calls).weighInts(-1, -1, -1, -1, -1, -1, -1, -1)).toBe(-11111111);
  });

  test('integers and floating-point values mix, in registers and on the stack', ({ load }) => {
    expect(load(calls).weighMixed(1, 2, 3, 4, 5, 6, 7, 8)).toBe(87654321);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 8, maxLength: 8 }), (values) => {
        const [a, b, c, d, e, f, g, h] = values as [number, number, number, number, number, number, number, number];
        const expected = values.reduce((sum, value, index) => sum + value * 10 ** index, 0);
        return load(calls).weighMixed(a, b, c, d, e, f, g, h) === expected;
      }),
      { numRuns: 100 },
    );
  });
});
