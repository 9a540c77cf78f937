import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json } from '../../../evidence/compare/json.ts';
import { functionBehaviour } from '../../../evidence/suites/behaviour.ts';
import { generateInputs, seedOf } from '../../../evidence/suites/generate.ts';
import { argumentFromJson, argumentsFromJson, inputToJson } from '../../../evidence/suites/inputs.ts';
import { FILL, outBuffer } from '../../../evidence/suites/out-buffer.ts';
import { combinations, specialValues } from '../../../evidence/suites/special-values.ts';
import { writtenPart } from '../../../evidence/suites/written.ts';
import { library } from '../../../types/declare/library.ts';
import { parseType } from '../../../types/declare/parse-prototype.ts';
import type { ScalarType } from '../../../types/declare/types.ts';
import { as } from '../../../calls/memsync/typed-value.ts';

const lib = library('some.dll', {
  pow: 'double pow(double x, double y)',
  copy: 'int copy(char *to, size_t n, const char *from, ...)',
  parse: 'long parse(const char *text, _Out_ char **end, int base)',
});
const behaviour = functionBehaviour(lib.pow);

describe('a generated value', () => {
  const throughFile = (value: unknown, type: string): unknown =>
    argumentFromJson(JSON.parse(JSON.stringify(inputToJson(value, 'x'))) as Json, parseType(type));

  it('of double survives the file bit for bit', () => {
    fc.assert(fc.property(fc.double(), (value) => Object.is(throughFile(value, 'double'), value)));
  });

  it('of 64 bits survives the file', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 64n - 1n }), (value) => {
        const found = throughFile(value, 'int64_t');
        return BigInt(found as number) === value && (typeof found === 'bigint' || Number.isSafeInteger(found));
      }),
    );
    for (const value of [2n ** 53n, -(2n ** 53n), 2n ** 53n - 1n]) expect(BigInt(throughFile(value, 'int64_t') as number)).toBe(value);
  }); // prettier-ignore

  it('of bool survives the file', () => {
    expect([true, false].map((value) => throughFile(value, 'bool'))).toEqual([true, false]);
  });

  it('of text becomes memory with a terminator', () => {
    expect(throughFile('aé\u0001', 'const char *')).toEqual(Buffer.from([0x61, 0xe9, 1, 0]));
    expect(throughFile('a☺', 'const wchar_t *')).toEqual(Uint16Array.of(0x61, 0x263a, 0));
    expect(throughFile(null, 'const char *')).toBeNull();
  });

  it('of memory survives the file', () => {
    expect(throughFile(new Uint8Array([1, 255]), 'void *')).toEqual(Buffer.from([1, 255]));
    expect(throughFile(new Int32Array([-1, 2]), 'int *')).toEqual(new Int32Array([-1, 2]));
    expect(throughFile(new Float64Array([-0, NaN, Infinity]), 'double *')).toEqual(new Float64Array([-0, NaN, Infinity]));
    expect(throughFile([1, 2], 'int *')).toEqual([1, 2]);
  }); // prettier-ignore

  it('of room becomes memory full of fill, with its text', () => {
    expect(throughFile(outBuffer(4), 'char *')).toEqual(Buffer.alloc(4, FILL));
    expect(throughFile(outBuffer(4, 'ab'), 'char *')).toEqual(Buffer.from([0x61, 0x62, 0, FILL]));
    expect(throughFile(outBuffer(3, 'a'), 'wchar_t *')).toEqual(Uint16Array.of(0x61, 0, 0xcccc));
  });

  it('of a variadic argument keeps its type', () => {
    const arguments_ = argumentsFromJson([{ room: 2 }, 2, '%d', { as: 'double', value: '-0' }, { as: 'int64_t', value: '9007199254740993' }], lib.copy.type.parameters); // prettier-ignore
    expect(arguments_.slice(3)).toEqual([as(-0, 'double'), as(9007199254740993n, 'int64_t')]);
  });

  it('that no file can hold is refused by the name of its parameter', () => {
    for (const value of [undefined, () => 1, Symbol('x'), new Map(), new Date()])
      expect(() => inputToJson(value, 'compare')).toThrow(/an input for "compare" cannot be stored in a baseline/);
  });

  it('of an out parameter is not generated: it gets a fresh place', () => {
    expect(argumentsFromJson(['12', 10], lib.parse.type.parameters)).toEqual([Buffer.from('12\0'), [null], 10]);
  });
});

describe('room', () => {
  it('needs a place for the terminator', () => {
    expect(() => outBuffer(2, 'ab')).toThrow('outBuffer(2): the text has 2 characters and needs a terminator');
    expect(outBuffer(3, 'ab')).toMatchObject({ size: 3, text: 'ab' });
  });

  it('is observed up to what was written, in bytes and in wide characters', () => {
    expect(writtenPart(Uint8Array.of(65, 0, FILL, FILL))).toBe('A\0');
    expect(writtenPart(Uint8Array.of(65, FILL, 0, FILL))).toBe('A\u00cc\0');
    expect(writtenPart(new Uint8Array(3).fill(FILL))).toBe('');
    expect(writtenPart(Uint16Array.of(0x263a, 0, 0xcccc))).toBe('\u263a\0');
    expect(writtenPart(new Uint8Array(0))).toBe('');
  });
});

describe('special values', () => {
  const of = (type: string): readonly (number | bigint)[] => specialValues(parseType(type) as ScalarType, 8);

  it('of doubles are each once, with zeros, infinities and NaN among them', () => {
    const values = of('double');
    for (const value of [0, -0, Infinity, -Infinity, NaN, Number.MIN_VALUE, Number.MAX_VALUE])
      expect(values.some((found) => Object.is(found, value))).toBe(true);
    expect(values.length).toBe(new Set(values.map((value) => (Object.is(value, -0) ? '-0' : String(value)))).size);
  });

  it('of floats are floats', () => {
    for (const value of of('float')) expect(Math.fround(Number(value))).toBe(value);
  });

  it.each([
    ['int8_t', -128, 127],
    ['uint16_t', 0, 65535],
    ['int', -2147483648, 2147483647],
    ['int64_t', -(2n ** 63n), 2n ** 63n - 1n],
    ['uint64_t', 0n, 2n ** 64n - 1n],
  ])('of %s reach from %s to %s', (type, low, high) => {
    const values = of(type);
    expect(values.reduce((a, b) => (a < b ? a : b))).toBe(low);
    expect(values.reduce((a, b) => (a > b ? a : b))).toBe(high);
  });
});

describe('special values of types that are as wide as pointers', () => {
  const limits = (type: string, pointerBytes: 4 | 8): readonly (number | bigint | undefined)[] => {
    const values = specialValues(parseType(type) as ScalarType, pointerBytes);
    return [values.reduce((a, b) => (a < b ? a : b)), values.reduce((a, b) => (a > b ? a : b))];
  };

  it.each([
    ['size_t', [0n, 2n ** 64n - 1n], [0, 2 ** 32 - 1]],
    ['intptr_t', [-(2n ** 63n), 2n ** 63n - 1n], [-(2 ** 31), 2 ** 31 - 1]],
    ['LPARAM', [-(2n ** 63n), 2n ** 63n - 1n], [-(2 ** 31), 2 ** 31 - 1]],
  ])('end for %s where the architecture does', (type, wide, narrow) => {
    expect([limits(type, 8), limits(type, 4)]).toEqual([wide, narrow]);
  });
});

describe('combinations', () => {
  it('are all of them when they are few, the first position slowest', () => {
    expect(combinations([[1, 2], ['a', 'b', 'c']], 100)).toEqual([[1, 'a'], [1, 'b'], [1, 'c'], [2, 'a'], [2, 'b'], [2, 'c']]);
    expect(combinations([], 100)).toEqual([]);
    expect(combinations([[1], []], 100)).toEqual([]);
  }); // prettier-ignore

  it('are taken evenly, each once, when they are many', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 4 }), fc.integer({ min: 1, max: 200 }), (sizes, limit) => {
        const lists = sizes.map((size) => Array.from({ length: size }, (_, i) => i));
        const total = sizes.reduce((product, size) => product * size, 1);
        const found = combinations(lists, limit);
        expect(found).toHaveLength(Math.min(limit, total));
        expect(new Set(found.map(String)).size).toBe(found.length);
        for (const values of found) values.forEach((value, i) => expect(value).toBeLessThan(sizes[i]!));
      }),
    );
  }); // prettier-ignore
});

describe('the cases of a suite', () => {
  const always = [[1, 2], [0, -0], [1, 2], [NaN, Infinity]]; // prettier-ignore
  const generator = { always: () => always, arbitrary: fc.tuple(fc.double(), fc.double()), runs: 200 };

  it('are as many as asked for, each once, constant ones first', () => {
    const cases = generateInputs('some.dll/pow', behaviour, generator, 8);
    expect(cases.size).toBe(200);
    expect([...cases.values()].slice(0, 3)).toEqual([[1, 2], [0, '-0'], ['nan', 'inf']]); // prettier-ignore
  });

  it('are the same for the same suite, and others for another', () => {
    const ids = (suite: string): string[] => [...generateInputs(suite, behaviour, generator, 8).keys()];
    expect(ids('some.dll/pow')).toEqual(ids('some.dll/pow'));
    expect(ids('some.dll/pow')).not.toEqual(ids('some.dll/atan2'));
    expect(seedOf('some.dll/pow')).not.toBe(seedOf('some.dll/atan2'));
  });

  it('are fewer when there are no more', () => {
    const few = generateInputs('a', behaviour, { always: () => [], arbitrary: fc.tuple(fc.constantFrom(1, 2, 3)), runs: 100 }, 4);
    expect([...few.values()].toSorted()).toEqual([[1], [2], [3]]);
  }); // prettier-ignore
});
