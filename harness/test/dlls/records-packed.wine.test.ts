// Structs by value whose members are not where plain C has them: packed, aligned to 16 bytes, and with bit-fields.
import { describe, expect, test } from 'dllparity';
import { records } from './records.ts';

describe('a packed struct by value', () => {
  test('of 8 bytes fits a register, as an argument and as a result', ({ load }) => {
    const { weighPacked8, turnPacked8 } = load(records);
    const value = { tag: -3, whole: 123_456, part: -1000, end: 100 };
    expect(weighPacked8(-1, value, 0.5)).toBe(-1 - 30 + 12_345_600 - 1e11 + 1e14 + 0.5);
    expect(turnPacked8(value)).toEqual({ tag: 100, whole: -123_456, part: 1000, end: -3 });
  });

  test('of 15 bytes travels through memory', ({ load }) => {
    const { weighPacked15, turnPacked15 } = load(records);
    const value = { tag: -3, number: 0.25, whole: 123_456, part: -100 };
    expect(weighPacked15(-1, value, 0.5)).toBe(-1 - 30 + 12_345_600 - 1e10 + 0.25 + 0.5);
    expect(turnPacked15(value)).toEqual({ tag: -100, number: -0.25, whole: -123_456, part: -3 });
  });
});

describe('a struct by value that is aligned to 16 bytes', () => {
  test('arrives whole, and comes back', ({ load }) => {
    const { weighAligned16, turnAligned16 } = load(records);
    const value = { at: [1, -2, 3], tail: -4 };
    expect(weighAligned16(-1, value, 0.5)).toBe(-1 + 10 - 200 + 3000 - 40_000 + 0.5);
    expect(turnAligned16(value)).toEqual({ at: [-3, 2, -1], tail: 4 });
  });

  test('lies where the DLL may expect it', ({ load, agent, skip }) => {
    // On ia32 there is no such place: Microsoft's compiler refuses such a parameter (error C2719), and gcc aligns it to 4 bytes.
    skip(agent.pointerBytes === 4);
    const { besideAlignment } = load(records);
    for (let i = 0; i < 4; i++) expect(besideAlignment(0, { at: [i] })).toBe(0);
  });
});

describe('a struct by value with bit-fields', () => {
  test('of 4 bytes fits a register, as an argument and as a result', ({ load }) => {
    const { weighBits4, turnBits4 } = load(records);
    const value = { low: 5, middle: -2048, high: 0x1_ffff };
    expect(weighBits4(-1, value, 0.5)).toBe(-1 + 50 - 204_800 + 131_071e6 + 0.5);
    expect(turnBits4({ ...value, middle: 2047 })).toEqual({ low: 2, middle: -2047, high: 0 });
  });

  test('of 24 bytes travels through memory', ({ load }) => {
    const { weighBits24, turnBits24 } = load(records);
    const value = { low: -(2 ** 39) + 1, high: 2 ** 23 - 1, more: 2 ** 33 - 1, tail: -8 };
    expect(weighBits24(-1, value, 0.5)).toBe(
      -1 + value.low + 0.5 * value.high + 0.25 * value.more + 0.125 * value.tail + 0.5,
    );
    expect(turnBits24(value)).toEqual({ low: -value.low, high: -value.high, more: 0, tail: 8 });
  });
});
