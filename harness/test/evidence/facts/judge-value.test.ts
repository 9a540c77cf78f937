import { describe, expect, it } from 'vitest';
import { FactMemory } from '../../../evidence/facts/fact-memory.ts';
import { FactTypes } from '../../../evidence/facts/fact-types.ts';
import { judge, type Scope } from '../../../evidence/facts/judge-value.ts';
import { toCheck } from '../../../evidence/facts/yaml/to-expectation.ts';
import type { WrittenCheck } from '../../../evidence/facts/yaml/expectation-schema.ts';
import { layoutOf } from '../../../types/abi/layout.ts';
import { parseType } from '../../../types/declare/parse-prototype.ts';

const types = new FactTypes();
const bytes = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex.replaceAll(' ', ''), 'hex'));
const little = (value: bigint, size: number): Uint8Array => {
  const view = new DataView(new ArrayBuffer(8));
  view.setBigUint64(0, BigInt.asUintN(64, value), true);
  return new Uint8Array(view.buffer).slice(0, size);
};
const double = (value: number): Uint8Array => new Uint8Array(Float64Array.of(value).buffer);
const float = (value: number): Uint8Array => new Uint8Array(Float32Array.of(value).buffer);
const narrow = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'latin1'));
const wide = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'utf16le'));

/** Arguments 0 and 1 are 16 bytes each: characters, and UTF-16 units with a text. */
function scope(options: Partial<Scope> = {}): Scope {
  const memory = new FactMemory(new Uint8Array(4096), 0x10000n, 8, () => undefined);
  const blocks = ['char', 'char16'].map((name) => ({
    offset: memory.allocate(16),
    bytes: 16,
    element: layoutOf(types.type(name), 8),
  }));
  memory.write(blocks[1]?.offset ?? 0, wide('abc'));
  return { memory, blocks, first: 0x20000n, ignoresCase: false, tellsZeros: false, ...options };
}

const into = (index: number, offset: number): Uint8Array => {
  const { memory, blocks } = scope();
  return little(memory.addressOf((blocks[index]?.offset ?? 0) + offset), 8);
};

function found(
  type: string,
  memory: Uint8Array,
  check: WrittenCheck,
  options: Partial<Scope> = {},
): string | undefined {
  const ctype = type.endsWith('*') ? parseType(type) : types.type(type);
  return judge(toCheck(check), { layout: layoutOf(ctype, 8), bytes: memory }, scope(options));
}

type Row = readonly [type: string, memory: Uint8Array, check: WrittenCheck, options?: Partial<Scope>];

const NAN = 0x7ff8000000000001n;

const HOLDING: readonly Row[] = [
  ['int', little(-7n, 4), -7],
  ['int', little(-7n, 4), 4294967289],
  ['int', little(0x80004005n, 4), '0x80004005'],
  ['int64_t', little(-9007199254740993n, 8), '-9007199254740993'],
  ['uint64_t', little(2n ** 64n - 1n, 8), '18446744073709551615'],
  ['size_t', little(-1n, 8), -1],
  ['double', double(0.1), 0.1],
  ['double', double(-0), 0],
  ['double', double(-0), '-0'],
  ['double', double(-0), '-0', { tellsZeros: true }],
  ['double', double(NaN), 'nan'],
  ['double', little(NAN, 8), '0x7ff8000000000001'],
  ['double', double(-Infinity), '-inf'],
  ['double', double(1.0000000000000002), { approx: 1, ulps: 1 }],
  ['double', double(1.05), { approx: 1, absTol: 0.1 }],
  ['double', little(0xfff8000000000000n, 8), { nan: true, negative: true }],
  ['double', little(0xfff8000112345678n, 8), { high32: '0xfff80001' }],
  ['double', double(Infinity), { finite: false }],
  ['float', float(0.1), 0.1],
  ['int', little(-3n, 4), { sign: -1 }],
  ['int', little(2n, 4), { truthy: true }],
  ['int', little(2n, 4), { anyOf: [1, 2] }],
  ['int', little(2n, 4), { not: 1 }],
  ['void *', little(0n, 8), { null: true }],
  ['void *', little(0n, 8), null],
  ['void *', into(0, 3), { ref: 0, offset: 3 }],
  ['void *', into(1, 4), { ref: 1, offset: 2 }],
  ['void *', into(1, 4), { relTo: 1, offset: 4 }],
  ['void *', little(0x20004n, 8), { offsetInFirst: 4 }],
  ['wchar_t *', into(1, 0), { str: 'abc' }],
  ['void *', into(1, 2), { wstr: 'bc' }],
  ['char', narrow('ab\0xx'), 'ab'],
  ['char', narrow('12\0xx'), '12'],
  ['char', narrow('ab\0xx'), { str: 'ab' }],
  ['char', narrow('ab\0xx'), { prefix: 'ab\0x' }],
  ['char', narrow('ab\0xx'), { startsWith: 'a' }],
  ['char', narrow('ab\0xx'), { length: 2 }],
  ['char', narrow('ab\0xx'), { bytes: '6162' }],
  ['char', narrow('a'), 97],
  ['char16', wide('ab\0x'), { wstr: 'ab' }],
  ['char16', wide('ab\0x'), { wchars: [97, 98, 0] }],
  ['char16', wide('Ab\0'), { wstrNoCase: 'aB' }],
  ['char16', wide('Ab\0'), { wstr: 'aB' }, { ignoresCase: true }],
  ['int', bytes('01000000 02000000'), { values: [1, 2] }],
  ['tm', new Uint8Array(36).fill(1, 0, 1), { tm_sec: 1, tm_min: 0 }],
];

describe('holds', () => {
  it.each(HOLDING.map((row) => ({ row })))('$row.0 $row.1 is $row.2', ({ row }) => {
    expect(found(...row)).toBeUndefined();
  });
});

describe('does not hold, and says what is there', () => {
  it.each<
    readonly [type: string, memory: Uint8Array, check: WrittenCheck, options: Partial<Scope>, actual: string | RegExp]
  >([
    ['int', little(6n, 4), 7, {}, '6'],
    ['uint8_t', little(44n, 1), 300, {}, '44'],
    ['double', double(-0), 0, { tellsZeros: true }, /^-0 \(bits 0x8000000000000000\)/],
    ['double', double(0), '-0', {}, /^0 /],
    ['double', little(NAN + 1n, 8), '0x7ff8000000000001', {}, /^NaN \(bits 0x7ff8000000000002\)/],
    ['double', double(1.0000000000000004), { approx: 1, ulps: 1 }, {}, /^1\.0000000000000004/],
    ['double', little(NAN, 8), { nan: true, negative: true }, {}, /^NaN/],
    ['float', float(0.1), 0.2, {}, /^0\.1/],
    ['int', little(3n, 4), { sign: -1 }, {}, '3'],
    ['int', little(1n, 4), { not: 1 }, {}, '1'],
    ['int', little(3n, 4), { anyOf: [1, 2] }, {}, '3'],
    ['void *', into(0, 4), { ref: 0, offset: 3 }, {}, 'argument 0 + 4 bytes'],
    ['void *', little(0x999999n, 8), { null: true }, {}, 'a pointer elsewhere'],
    ['void *', little(0n, 8), { wstr: 'x' }, {}, 'null'],
    ['char', narrow('ab'), 'ab', {}, '"ab" without a terminator'],
    ['char', narrow('ab\0'), 'aB', {}, '"ab"'],
    ['char', narrow('ab\0'), { bytes: '6163' }, {}, 'bytes 6162'],
    ['char', narrow('ab\0'), { length: 1 }, {}, '2 characters'],
    ['char16', wide('ab\0'), { wchars: [97, 99] }, {}, '[97, 98]'],
    ['int', bytes('01000000'), { values: [1, 2] }, {}, '[1, 0]'],
    ['tm', new Uint8Array(36).fill(1, 0, 1), { tm_sec: 2, tm_min: 0 }, {}, 'tm_sec: 1'],
    ['tm', new Uint8Array(36), { tm_secs: 2 }, {}, 'tm_secs: no such member'],
  ])('%s %o is not %o', (type, memory, check, options, actual) => {
    const text = found(type, memory, check, options);
    if (typeof actual === 'string') expect(text).toBe(actual);
    else expect(text).toMatch(actual);
  });
});
