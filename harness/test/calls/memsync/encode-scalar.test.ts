import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FRAME } from '../../../../protocol/wire/layout.ts';
import { CAPTURE } from '../../../../protocol/wire/messages.ts';
import { makePlan, strideOf } from '../../../calls/marshal/plan.ts';
import { parsePrototype, parseType } from '../../../types/declare/parse-prototype.ts';
import { struct } from '../../../types/declare/struct.ts';
import { layoutOf } from '../../../types/abi/layout.ts';
import type { ScalarLayout } from '../../../types/abi/layout-kinds.ts';
import { decodeScalar } from '../../../calls/memsync/decode-scalar.ts';
import { encodeScalar, refused } from '../../../calls/memsync/encode-scalar.ts';

const view = new DataView(new ArrayBuffer(16));

const scalar = (type: string): ScalarLayout => layoutOf(parseType(type), 8) as ScalarLayout;

function refusal(type: string, value: unknown): string | undefined {
  return encodeScalar(scalar(type), value, view, 0)?.code;
}

/** A value written and read again. */
function roundTrip(type: string, value: unknown): unknown {
  const parsed = scalar(type);
  expect(encodeScalar(parsed, value, view, 8)).toBeUndefined();
  return decodeScalar(parsed.code, view, 8);
}

describe('integers', () => {
  it.each([
    ['int8_t', -128, 255],
    ['uint8_t', -128, 255],
    ['int16_t', -32768, 65535],
    ['wchar_t', -32768, 65535],
    ['int', -2147483648, 4294967295],
    ['DWORD', -2147483648, 4294967295],
  ])('%s takes whole numbers from %i to %i', (type, low, high) => {
    for (const value of [low, high, 0, -0, 1, -1]) expect(refusal(type, value)).toBeUndefined();
    for (const value of [low - 1, high + 1, 0.5, NaN, Infinity, 2 ** 53]) expect(refusal(type, value)).toBe('ARGUMENT_RANGE'); // prettier-ignore
    for (const value of ['1', 1n, true, null, undefined, {}, []]) expect(refusal(type, value)).toBe('ARGUMENT_TYPE');
  });

  it.each(['int64_t', 'uint64_t', 'size_t'])('%s takes safe integers and bigints of 64 bits', (type) => {
    for (const value of [0, -1, 2 ** 53 - 1, -(2n ** 63n), 2n ** 64n - 1n])
      expect(refusal(type, value)).toBeUndefined();
    for (const value of [2 ** 53, 1.5, NaN, 2n ** 64n, -(2n ** 63n) - 1n]) expect(refusal(type, value)).toBe('ARGUMENT_RANGE'); // prettier-ignore
    for (const value of ['1', true, null]) expect(refusal(type, value)).toBe('ARGUMENT_TYPE');
  });

  it('of the width of a pointer take bigints on ia32 too, as long as they fit', () => {
    for (const [type, value] of [['size_t', 2n ** 32n - 1n], ['LPARAM', -1n], ['SIZE_T', 8n]] as const) {
      const narrow = layoutOf(parseType(type), 4) as ScalarLayout;
      expect(encodeScalar(narrow, value, view, 0)).toBeUndefined();
      expect(decodeScalar(narrow.code, view, 0)).toBe(Number(value));
      expect(encodeScalar(narrow, 2n ** 32n, view, 0)?.code).toBe('ARGUMENT_RANGE');
      expect(encodeScalar(narrow, '8', view, 0)?.code).toBe('ARGUMENT_TYPE');
    }
  }); // prettier-ignore

  it('of 64 bits arrive whole, given as numbers or as bigints', () => {
    fc.assert(fc.property(fc.maxSafeInteger(), (value) => roundTrip('int64_t', value) === value + 0));
    fc.assert(
      fc.property(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), (value) => BigInt(roundTrip('int64_t', value) as number) === value),
    );
  }); // prettier-ignore
});

describe('others', () => {
  it('floating-point types take numbers only', () => {
    for (const type of ['float', 'double']) {
      for (const value of [0, -0, NaN, Infinity, 1e300]) expect(refusal(type, value)).toBeUndefined();
      for (const value of ['1', 1n, null]) expect(refusal(type, value)).toBe('ARGUMENT_TYPE');
    }
    fc.assert(fc.property(fc.double(), (value) => Object.is(roundTrip('double', value), value)));
  });

  it('bool takes true and false only', () => {
    expect([true, false, 1, 'true', null].map((value) => refusal('bool', value))).toEqual([
      undefined,
      undefined,
      'ARGUMENT_TYPE',
      'ARGUMENT_TYPE',
      'ARGUMENT_TYPE',
    ]);
  });

  it('a refusal reads as a sentence', () => {
    const type = scalar('short');
    const found = encodeScalar(type, 70_000, view, 0);
    expect(refused(found!, type, 70_000, '"n" of f').message).toMatch(
      /^"n" of f is of type short and needs a whole number from -32768 to 65535, not 70000 \[ARGUMENT_RANGE\]/,
    );
  });
});

describe('a plan', () => {
  const plan = (source: string, stringBytes = 512) =>
    makePlan(1, parsePrototype(source, { big: struct('big', { a: 'double', b: 'int' }), small: struct('small', { a: 'int', b: 'int' }) }), { pointerBytes: 8, stringBytes, encoding: 'utf8' }); // prettier-ignore

  it('has four slots at least, as the calling convention has', () => {
    expect(['int f(void)', 'int f(int a)', 'int f(int,int,int,int,int)'].map((source) => plan(source).placement.slotBytes)).toEqual([32, 32, 40]); // prettier-ignore
  });

  it('has a hidden slot for a struct that does not fit in a register', () => {
    expect(plan('big f(int,int,int,int)').placement).toMatchObject({ result: 'memory', slotBytes: 40 });
    expect(plan('small f(int,int,int,int)').placement).toMatchObject({ result: 'integer', slotBytes: 32 });
  });

  it('has room for a returned text, in whole units', () => {
    expect(plan('const char *f(void)')).toMatchObject({ capture: CAPTURE.CHARACTERS, captureBytes: 512 });
    expect(plan('const wchar_t *f(void)', 7)).toMatchObject({ capture: CAPTURE.WIDE_CHARACTERS, captureBytes: 8 });
    expect(plan('const unsigned char *f(void)')).toMatchObject({ capture: CAPTURE.NONE, captureBytes: 0 });
  });

  it('keeps frames aligned to eight bytes', () => {
    for (let slotBytes = 0; slotBytes < 560; slotBytes += 4)
      for (const bytes of [0, 1, 7, 8, 512]) {
        const stride = strideOf(slotBytes, bytes);
        expect(stride % 8).toBe(0);
        expect(stride).toBeGreaterThanOrEqual(FRAME.SLOTS + slotBytes + bytes);
      }
  });
});
