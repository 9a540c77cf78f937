import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bitsOf, doubleAt, floatAt, floatFromBits, isNaNJson, jsonFromNumber, numberFromJson, ulpDistance } from '../../../evidence/compare/floating.ts'; // prettier-ignore
import type { Json } from '../../../evidence/compare/json.ts';

const RUNS = { numRuns: 5000 };
const bits64 = fc.oneof(
  fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
  // NaNs of all payloads and signs, and subnormals, which random bits hardly ever are.
  fc.tuple(fc.boolean(), fc.bigInt({ min: 1n, max: 2n ** 52n - 1n })).map(([s, m]) => (s ? 0xfffn : 0x7ffn) * 2n ** 52n + m),
  fc.tuple(fc.boolean(), fc.bigInt({ min: 0n, max: 2n ** 52n - 1n })).map(([s, m]) => (s ? 2n ** 63n : 0n) + m),
  fc.constantFrom(0n, 2n ** 63n, 0x7ff0n << 48n, 0xfff0n << 48n, 0x7ff8n << 48n, 0xfff8n << 48n, (0x7ff0n << 48n) + 1n),
); // prettier-ignore
const bits32 = fc.oneof(
  fc.bigInt({ min: 0n, max: 2n ** 32n - 1n }),
  fc.tuple(fc.boolean(), fc.bigInt({ min: 1n, max: 2n ** 23n - 1n })).map(([s, m]) => (s ? 0x1ffn : 0xffn) * 2n ** 23n + m),
  fc.constantFrom(0n, 2n ** 31n, 0x7f800000n, 0xff800000n, 0x7fc00000n, 0xffc00000n, 0x7f800001n, 1n, 0x80000001n),
); // prettier-ignore

/** Through the text of a file and back. */
const throughText = (json: Json): Json => JSON.parse(JSON.stringify(json)) as Json;

describe('a value as a baseline holds it', () => {
  it('keeps every bit of every double', () => {
    fc.assert(
      fc.property(bits64, (bits) => bitsOf(throughText(floatFromBits(bits, 64)), 64) === bits),
      RUNS,
    );
  });

  it('keeps every bit of every float', () => {
    fc.assert(
      fc.property(bits32, (bits) => bitsOf(throughText(floatFromBits(bits, 32)), 32) === bits),
      RUNS,
    );
  });

  it('is the same read from memory', () => {
    const view = new DataView(new ArrayBuffer(8));
    fc.assert(
      fc.property(bits64, (bits) => {
        view.setBigUint64(0, bits, true);
        return Object.is(doubleAt(view, 0), floatFromBits(bits, 64));
      }),
      RUNS,
    );
    fc.assert(
      fc.property(bits32, (bits) => {
        view.setUint32(0, Number(bits), true);
        return Object.is(floatAt(view, 0), floatFromBits(bits, 32));
      }),
      RUNS,
    );
  });

  it.each([
    [0x0n, 0],
    [0x8000000000000000n, '-0'],
    [0x7ff0000000000000n, 'inf'],
    [0xfff0000000000000n, '-inf'],
    [0x7ff8000000000000n, 'nan'],
    [0xfff8000000000000n, '-nan'],
    [0x7ff8000000000001n, 'nan(0x7ff8000000000001)'],
    [0x1n, 5e-324],
    [0x3fb999999999999an, 0.1],
  ])('%i reads %s', (bits, json) => {
    expect(floatFromBits(bits, 64)).toBe(json);
  });

  it('becomes a number of JavaScript and comes back', () => {
    fc.assert(
      fc.property(fc.double(), (value) => Object.is(numberFromJson(jsonFromNumber(value)), value)),
      RUNS,
    );
    expect(['nan', '-nan', 'nan(0x1)', 'inf', 0, null].map(isNaNJson)).toEqual([true, true, true, false, false, false]);
  });

  it('is nothing when it is something else', () => {
    expect([null, true, 'x', 'nan(0x)', 'nan(0xG)', [1]].map((json) => bitsOf(json, 64))).toEqual(Array(6).fill(undefined));
  }); // prettier-ignore
});

describe('the distance in units in the last place', () => {
  it.each<[Json, Json, bigint | undefined]>([
    [1, 1 + Number.EPSILON, 1n],
    [1, 1 - Number.EPSILON / 2, 1n],
    [0, 5e-324, 1n],
    ['-0', 0, 0n],
    [-5e-324, 5e-324, 2n],
    [2 ** 53, 2 ** 53 + 2, 1n],
    [Number.MAX_VALUE, -Number.MAX_VALUE, 0xffdfffffffffffffn - 1n + 0n],
    ['nan', 1, undefined],
    ['inf', Number.MAX_VALUE, undefined],
  ])('of %s and %s is %s', (a, b, distance) => {
    expect(ulpDistance(a, b, 64)).toBe(distance === 0xffdffffffffffffen ? 2n * 0x7fefffffffffffffn : distance);
  });

  it('of neighbours is 1, both ways, in both widths', () => {
    const finite = (max: bigint): fc.Arbitrary<bigint> => fc.bigInt({ min: 0n, max: max - 1n });
    fc.assert(
      fc.property(finite(0x7fefffffffffffffn), fc.boolean(), (bits, negative) => {
        const sign = negative ? 2n ** 63n : 0n;
        const [a, b] = [floatFromBits(bits + sign, 64), floatFromBits(bits + 1n + sign, 64)];
        return ulpDistance(a, b, 64) === 1n && ulpDistance(b, a, 64) === 1n;
      }),
      RUNS,
    );
    fc.assert(
      fc.property(finite(0x7f7fffffn), (bits) => ulpDistance(floatFromBits(bits, 32), floatFromBits(bits + 1n, 32), 32) === 1n),
      RUNS,
    );
  }); // prettier-ignore

  it('adds up', () => {
    const number = fc.double({ noNaN: true, noDefaultInfinity: true });
    fc.assert(
      fc.property(number, number, number, (...values) => {
        const [a, b, c] = values.toSorted((left, right) => left - right) as [number, number, number];
        return ulpDistance(a, c, 64)! === ulpDistance(a, b, 64)! + ulpDistance(b, c, 64)!;
      }),
      RUNS,
    );
  });
});
