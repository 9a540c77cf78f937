// Arrays and single values behind pointers, by what says how many there are.
import { describe, expect, fc, library, test } from 'dllparity';
import { calls, referenceDll } from '../reference-dlls.ts';
import { memory } from './memory.ts';

const squares = (n: number): number[] => Array.from({ length: n }, (_, i) => i * i);

describe('arrays', () => {
  test('of a length that an argument gives are filled: plain, typed, and bytes', ({ load }) => {
    const { fill, sum } = load(memory);
    const plain = [0, 0, 0, 0];
    fill(plain, 4);
    expect(plain).toEqual(squares(4));
    const typed = new Int32Array(4);
    fill(typed, 4);
    expect([...typed]).toEqual(squares(4));
    const bytes = Buffer.alloc(16);
    fill(bytes, 4);
    expect([0, 4, 8, 12].map((at) => bytes.readInt32LE(at))).toEqual(squares(4));
    expect([sum(plain, 4), sum(typed, 4), sum(bytes, 4)]).toEqual([14, 14, 14]);
  });

  test('longer than needed keep their rest, unless the function only writes', ({ load }) => {
    const { fill, fillPlain } = load(memory);
    const numbers = [9, 9, 9, 9, 9];
    fillPlain(numbers, 3);
    expect(numbers).toEqual([0, 1, 4, 9, 9]);
    fill(numbers, 3);
    expect(numbers).toEqual([0, 1, 4, 0, 0]);
    const typed = Int32Array.from([9, 9, 9, 9]);
    fill(typed, 3);
    expect([...typed]).toEqual([0, 1, 4, 9]);
  });

  test('that are only written to are 0 for the DLL; Buffers and typed arrays are what they are', ({ load }) => {
    const { sum, sumOfOut, sumOfOneOut, sumOfInOut } = load(memory);
    const numbers = [7, 8, 9];
    expect([sum(numbers, 3), sumOfInOut(numbers, 3)]).toEqual([24, 24]);
    expect(sumOfOut(numbers, 3)).toBe(0);
    // They come back as the DLL has left them.
    expect(numbers).toEqual([0, 0, 0]);
    expect(sumOfOneOut([7, 8, 9], 3)).toBe(0);
    const typed = Int32Array.of(7, 8, 9);
    expect([sumOfOut(typed, 3), sumOfOneOut(Buffer.from(typed.buffer), 3)]).toEqual([24, 24]);
    expect([...typed]).toEqual([7, 8, 9]);
  });

  test('shorter than the DLL expects are refused, before anything is written', ({ load }) => {
    const { fill, sum, transpose, fillPairs } = load(memory);
    for (const short of [[0, 0], new Int32Array(2), Buffer.alloc(11)]) {
      expect(() => fill(short, 3)).toThrow(/numbers.*ARGUMENT_RANGE/s);
    }
    expect(() => sum([1], 2)).toThrow('ARGUMENT_RANGE');
    expect(() => transpose([1, 2, 3], [0, 0, 0, 0], 2, 2)).toThrow('ARGUMENT_RANGE');
    expect(() => fillPairs(new Int16Array(7), 3)).toThrow('ARGUMENT_RANGE');
  });

  test('of nothing are nothing', ({ load }) => {
    const { fill, sum } = load(memory);
    fill([], 0);
    expect(sum([], 0)).toBe(0);
  });

  test('are sorted by the DLL', ({ load }) => {
    const { bubblesort } = load(memory);
    fc.assert(
      fc.property(fc.array(fc.float({ noNaN: true, noDefaultInfinity: true }), { maxLength: 40 }), (values) => {
        const memory = [...values];
        bubblesort(memory, memory.length);
        expect(memory).toEqual(
          [...values].sort((a, b) => a - b || (Object.is(a, b) ? 0 : memory.indexOf(a) - memory.indexOf(b))),
        );
        const typed = Float32Array.from(values);
        bubblesort(typed, typed.length);
        expect([...typed].every((value, i) => i === 0 || typed[i - 1]! <= value)).toBe(true);
      }),
      { numRuns: 50 },
    );
  });

  test('have a length that several arguments give: u * v, 2 * (n + 1)', ({ load }) => {
    const { transpose, fillPairs } = load(memory);
    const result = [0, 0, 0, 0, 0, 0];
    transpose([1, 2, 3, 4, 5, 6], result, 2, 3);
    expect(result).toEqual([1, 4, 2, 5, 3, 6]);
    const pairs = new Int16Array(6);
    fillPairs(pairs, 2);
    expect([...pairs]).toEqual([0, 0, 1, -1, 2, -2]);
  });

  test('have a length that lies behind a pointer, or in a struct', ({ load }) => {
    const { primes, fillByInfo } = load(memory);
    const [numbers, n] = [[0, 0, 0], [3]];
    expect(primes(numbers, n)).toBe(0);
    expect([numbers, n]).toEqual([[2, 3, 5], [8]]);
    expect(() => primes([0, 0], [3])).toThrow('ARGUMENT_RANGE');
    const filled = [0, 0, 0];
    fillByInfo({ tag: 1, count: 3 }, filled);
    expect(filled).toEqual([0, 1, 4]);
    expect(() => fillByInfo({ count: 4 }, filled)).toThrow('ARGUMENT_RANGE');
  });

  test('behind const are unchanged for the caller, whatever the DLL does; buffers are the DLL\u2019s own to write', ({
    load,
  }) => {
    const { writeThroughConst } = load(memory);
    const numbers = [7, 7, 7];
    writeThroughConst(numbers, 3);
    expect(numbers).toEqual([7, 7, 7]);
  });

  test('of a megabyte go in and out', ({ load }) => {
    const { checksum, invert } = load(memory);
    const input = Buffer.alloc(1 << 20, 'a megabyte of text, over and over. ');
    const output = new Uint8Array(1 << 20);
    invert(input, output, input.length);
    expect(Buffer.from(output.map((byte) => ~byte)).equals(input)).toBe(true);
    expect(BigInt(checksum(Buffer.from('foobar'), 6))).toBe(0x85944171f73967e8n);
    expect(checksum(input, input.length)).not.toBe(checksum(output, output.length));
  });

  test('of two dimensions are rows one after the other, or rows somewhere', ({ load }) => {
    const { sumGrid, fillGrid, sumRows, fillRows } = load(memory);
    const grid = new Int32Array(12);
    fillGrid(grid, 3);
    expect([...grid]).toEqual(squares(12));
    expect(sumGrid(grid, 3)).toBe(506);
    const rows = [[1, 2], null, [30, 40]];
    expect(sumRows(rows, 3, 2)).toBe(73);
    const typed = [new Int32Array(3), new Int32Array(3)];
    fillRows(typed, 2, 3);
    expect(typed.map((row) => [...row])).toEqual([squares(3), squares(3)]);
    const plain = [[0, 0, 0], null];
    fillRows(plain, 2, 3);
    expect(plain).toEqual([squares(3), null]);
  });
});

describe('what is frozen', () => {
  test('goes to the DLL, and stays as it is', ({ load }) => {
    const { bubblesort } = load(memory);
    const values = Object.freeze([3, 1, 2]) as number[];
    bubblesort(values, 3);
    expect(values).toEqual([3, 1, 2]);
    const scaled = Object.freeze({ weight: 2, count: 1, letter: 1, factor: 1 });
    load(calls).scaleRecord(scaled, 3);
    expect(scaled.weight).toBe(2);
    const cells = [Object.freeze({ weight: 2, count: 1, letter: 1, factor: 1 })];
    load(calls).scaleRecord(cells, 3);
    expect(cells).toEqual([{ weight: 2, count: 1, letter: 1, factor: 1 }]);
  });
});

describe('one value in and out', () => {
  for (const [name, limits] of Object.entries({
    int8: [-128, -1, 0, 127],
    uint8: [0, 1, 255],
    int16: [-32768, -1, 0, 32767],
    uint16: [0, 65535],
    int32: [-2147483648, -1, 0, 2147483647],
    uint32: [0, 4294967295],
    int64: [-(2n ** 63n), -1, 0, 2 ** 53 - 1, 2n ** 53n + 1n, 2n ** 63n - 1n],
    uint64: [0, 2 ** 53 - 1, 2n ** 64n - 1n],
    float: [0, -0, 1.5, Infinity, -Infinity, 2 ** -149],
    double: [0, -0, Number.MIN_VALUE, Number.MAX_VALUE, -Infinity],
    bool: [false, true],
    wchar: [0, 0x41, 0xd83d, 0xffff],
  })) {
    test(`keeps the limits of ${name}, by pointer, by value and as result`, ({ load }) => {
      const swap = load(memory)[name as 'int8'] as (place: unknown[], value: unknown) => unknown;
      for (const before of limits) {
        for (const after of limits) {
          const place = [before];
          expect(swap(place, after)).toBe(before);
          expect(place).toEqual([after]);
        }
      }
    });
  }

  test('is a remainder, say', ({ load }) => {
    const remainder = [0];
    expect(load(memory).divmod(17, 5, remainder)).toBe(3);
    expect(remainder).toEqual([2]);
    const typed = new Int32Array(1);
    expect(load(memory).divmod(-17, 5, typed)).toBe(-3);
    expect(typed[0]).toBe(-2);
  });

  test('may be a bigint, which stays exact', ({ load }) => {
    const value = [2n ** 60n];
    load(memory).increment(value);
    expect(value).toEqual([2n ** 60n + 1n]);
    const small = [41];
    load(memory).increment(small);
    expect(small).toEqual([42]);
    load(memory).increment(null);
  });

  test('that is no number of that type is refused', ({ load }) => {
    const { int8, divmod } = load(memory) as unknown as Record<'int8' | 'divmod', (...args: unknown[]) => unknown>;
    expect(() => int8([300], 0)).toThrow('ARGUMENT_RANGE');
    expect(() => int8(['1'], 0)).toThrow('ARGUMENT_TYPE');
    expect(() => int8([0], 1.5)).toThrow('ARGUMENT_RANGE');
    expect(() => int8([0])).toThrow('ARGUMENT_COUNT');
    expect(() => int8([0], 1, 2)).toThrow('ARGUMENT_COUNT');
    expect(() => divmod('1', 2, [0])).toThrow('ARGUMENT_TYPE');
    expect(() => divmod(1, 2, 'a place')).toThrow('ARGUMENT_TYPE');
  });
});

test('a length that names no parameter is an error with its place', () => {
  expect(() => library(referenceDll('memory.dll'), { fill: 'void fill(_Out_writes_(m) int *numbers, int n)' })).toThrow(
    /names "m".*numbers, n/s,
  );
});
