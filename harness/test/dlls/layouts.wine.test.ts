// Layouts are compared with what the compiler printed, for the pointer width of the agent that runs.
import * as dllparity from 'dllparity';
import { type AnyType, describe, enumeration, expect, fc, offsetsOf, sizeOf, struct, test, union } from 'dllparity';
import { bitsPlain, choice, flexibleCount, layouts, shapes } from './layouts.ts';

/** Members that have names only here: in the SDK and in C they are unnamed parts and gaps. */
const OWN_NAMES = new Set(['IO_STATUS_BLOCK.status', 'LARGE_INTEGER.u', 'ULARGE_INTEGER.u', 'aligned_member.gap']);

interface Facts {
  /** Bytes and alignment by type. */
  readonly types: ReadonlyMap<string, { readonly size: number; readonly align: number }>;
  /** Offset by `type.member`. */
  readonly offsets: ReadonlyMap<string, number>;
  /** Bytes of the whole struct where one bit-field is all ones, by `type.member`. */
  readonly bits: ReadonlyMap<string, string>;
}

function parse(text: string): Facts {
  const all = (pattern: RegExp): RegExpExecArray[] => [...text.matchAll(pattern)];
  return {
    types: new Map(
      all(/^(\w+) size (\d+) align (\d+)$/gm).map(([, name, size, align]) => [
        name!,
        { size: Number(size), align: Number(align) },
      ]),
    ),
    offsets: new Map(all(/^(\w+\.\w+) offset (\d+) size \d+$/gm).map(([, name, offset]) => [name!, Number(offset)])),
    bits: new Map(all(/^(\w+\.\w+) bits (\w+)$/gm).map(([, name, bits]) => [name!, bits!])),
  };
}

const record = (name: string) => shapes.find((shape) => shape.name === name)!;

describe('the compiler', () => {
  test('agrees about size, alignment and every offset of each shape', ({ load, agent }) => {
    const facts = parse(load(layouts).facts()!);
    const { pointerBytes } = agent;
    for (const shape of shapes) {
      const { size, align } = facts.types.get(shape.name)!;
      expect({ of: shape.name, size: sizeOf(shape, pointerBytes) }).toEqual({ of: shape.name, size });
      // A byte before it shows the alignment.
      const behind = struct(`behind_${shape.name}`, { byte: 'int8_t', shape });
      if (!shape.members.some(({ type }) => type.kind === 'array' && type.length === null)) {
        expect([shape.name, offsetsOf(behind, pointerBytes)['shape']]).toEqual([shape.name, align]);
      }
      const offsets: Readonly<Record<string, number>> = offsetsOf(shape, pointerBytes);
      for (const { name, bits } of shape.members) {
        if (bits !== null || OWN_NAMES.has(`${shape.name}.${name}`)) continue;
        const member = `${shape.name}.${name}`;
        if (facts.bits.has(member)) continue;
        expect([member, offsets[name]]).toEqual([member, facts.offsets.get(member)]);
      }
    }
  });

  test('agrees about the bits of each bit-field', ({ load, agent }) => {
    const facts = parse(load(layouts).facts()!);
    let compared = 0;
    for (const [member, expected] of facts.bits) {
      const [name, field] = member.split('.') as [string, string];
      const shape = record(name);
      const { type, bits } = shape.members.find(({ name }) => name === field)!;
      const width = bits ?? 8 * sizeOf(type, agent.pointerBytes);
      const isSigned = type.kind === 'scalar' && type.code.startsWith('int');
      const ones = type.kind === 'scalar' && type.code === 'bool' ? true : isSigned ? -1 : (1n << BigInt(width)) - 1n;
      const buffer = agent.buffer(sizeOf(shape, agent.pointerBytes));
      buffer.pointer.write(shape, { [field]: ones });
      expect([member, Buffer.from(buffer.bytes).toString('hex')]).toEqual([member, expected]);
      // And back: only this one is set, and it is all ones.
      const back = buffer.pointer.read(shape) as Record<string, unknown>;
      expect([member, back[field]]).toEqual([member, typeof ones === 'bigint' ? Number(ones) : ones]);
      buffer.release();
      compared++;
    }
    expect(compared).toBeGreaterThan(60);
  });

  test('agrees about the ready types of the Windows SDK', ({ load, agent }) => {
    const facts = parse(load(layouts).facts()!);
    const ready = Object.entries(dllparity).filter(([name]) => facts.types.has(name));
    const { pointerBytes } = agent;
    for (const [name, value] of ready) {
      const type = value as unknown as (typeof shapes)[number];
      expect([name, sizeOf(type, pointerBytes)]).toEqual([name, facts.types.get(name)!.size]);
      for (const [member, offset] of Object.entries(offsetsOf(type, pointerBytes))) {
        if (OWN_NAMES.has(`${name}.${member}`)) continue;
        expect([name, member, offset]).toEqual([name, member, facts.offsets.get(`${name}.${member}`)]);
      }
    }
    expect(ready.map(([name]) => name)).toEqual(
      expect.arrayContaining([
        'GUID',
        'FILETIME',
        'SYSTEMTIME',
        'UNICODE_STRING',
        'RECT',
        'OVERLAPPED',
        'LARGE_INTEGER',
        'SECURITY_ATTRIBUTES',
        'TIME_ZONE_INFORMATION',
      ]),
    );
  });

  test('agrees about sizes of scalars, whatever the host', ({ agent }) => {
    const { pointerBytes } = agent;
    expect(
      ['long', 'unsigned long', 'wchar_t', 'long long', 'bool', 'BOOL'].map((name) => sizeOf(name, pointerBytes)),
    ).toEqual([4, 4, 2, 8, 1, 4]);
    for (const name of ['void *', 'size_t', 'intptr_t', 'HANDLE', 'LPARAM'])
      expect(sizeOf(name, pointerBytes)).toBe(pointerBytes);
    expect([sizeOf('void *', 4), sizeOf('void *', 8)]).toEqual([4, 8]);
  });
});

describe('bit-fields', () => {
  test('keep sign and width through a call', ({ load }) => {
    const { signed5, signed16, signed40 } = load(layouts);
    for (const value of [-16, -1, 0, 15]) expect(signed5({ low: value, middle: 0x3ff, high: -1 })).toBe(value);
    for (const value of [-32768, -1, 32767]) expect(signed16({ low: -1, high: value })).toBe(value);
    for (const value of [-(2 ** 39), -1, 2 ** 39 - 1]) expect(signed40({ low: value, high: -1, more: 1 })).toBe(value);
  });

  test('are written by the DLL one by one', ({ load }) => {
    fc.assert(
      fc.property(fc.nat(7), fc.nat(31), fc.nat(0xff_ffff), (a, b, c) => {
        const bits = { a: 7 - a, b: 0, c: 1 };
        load(layouts).setBits(bits, a, b, c);
        expect(bits).toEqual({ a, b, c });
      }),
    );
  });

  test('refuse what does not fit, and what is no integer', ({ load }) => {
    const { setBits, signed5 } = load(layouts);
    expect(() => setBits({ a: 8 }, 0, 0, 0)).toThrow('ARGUMENT_RANGE');
    expect(() => signed5({ low: -17 })).toThrow('ARGUMENT_RANGE');
    expect(() => setBits({ a: 0.5 }, 0, 0, 0)).toThrow('ARGUMENT_RANGE');
    expect(() => struct('too_wide', { a: 'int8_t : 9' })).toThrow(/9 bits/);
    expect(() => struct('no_integer', { a: 'float : 3' })).toThrow(/bit-field cannot have the type "float"/);
  });
});

describe('members', () => {
  test('behind a packed header are read where the DLL has them', ({ load }) => {
    expect(load(layouts).packedDouble({ byte: -1, word: -1, number32: -1, number: 2.75, tail: -1 })).toBe(2.75);
  });

  test('that are left out are zero, and unknown ones are refused', ({ load }) => {
    const { packedDouble, setBits } = load(layouts);
    expect(packedDouble({ byte: 1 })).toBe(0);
    const bits = {};
    setBits(bits, 1, 2, 3);
    expect(bits).toEqual({ a: 1, b: 2, c: 3 });
    const untyped = packedDouble as (value: object) => number;
    expect(() => untyped({ nomber: 1 })).toThrow(/nomber.*ARGUMENT_TYPE/s);
  });

  test('are not taken from a polluted Object.prototype', ({ load }) => {
    const prototype = Object.prototype as { number?: number };
    try {
      Object.defineProperty(prototype, 'number', { value: 7, configurable: true, enumerable: true, writable: true });
      expect(load(layouts).packedDouble({ byte: 1 })).toBe(0);
    } finally {
      delete prototype.number;
    }
  });

  test('may have the names of what every object has', ({ agent }) => {
    // Without its TypeScript type: an object without `constructor` has one, as the compiler sees it.
    const odd: AnyType = struct('odd', { constructor: 'int', valueOf: 'int' });
    const buffer = agent.buffer(8);
    buffer.pointer.write(odd, { valueOf: 3 });
    expect(buffer.pointer.read(odd)).toEqual({ constructor: 0, valueOf: 3 });
    buffer.release();
  });

  test('of type wchar_t hold one UTF-16 unit', ({ load }) => {
    const only = { letter: 0x41 };
    expect(load(layouts).wideLetter(only)).toBe(0x41);
    load(layouts).setWideLetter(only, 0xd83d);
    expect(only.letter).toBe(0xd83d);
  });
});

describe('flexible arrays', () => {
  test('take their count from what is given, and come back changed', ({ load }) => {
    const { flexibleSum, flexibleDouble } = load(layouts);
    expect(flexibleSum({ values: [1, 2, 3] })).toBe(6);
    expect(flexibleSum({ count: 0 })).toBe(0);
    const list = { count: 3, values: [10, -20, 30] };
    flexibleDouble(list);
    expect(list).toEqual({ count: 3, values: [20, -40, 60] });
    const many = { values: Array.from({ length: 5000 }, (_, i) => i % 100) };
    expect(flexibleSum(many)).toBe(247_500);
  });

  test('refuse a count beyond them; a smaller one is for the DLL to see', ({ load }) => {
    expect(() => load(layouts).flexibleSum({ count: 4, values: [1, 2, 3] })).toThrow('ARGUMENT_RANGE');
    expect(load(layouts).flexibleSum({ count: 2, values: [1, 2, 3] })).toBe(3);
  });

  test('must be last', () => {
    expect(() => struct('early', { count: 'int', values: 'int[count]', tail: 'int' })).toThrow(/values/);
    expect(() => struct('uncounted', { values: 'int[cuont]' })).toThrow(/cuont/);
    expect(sizeOf(flexibleCount, 8)).toBe(4);
  });
});

describe('declarations', () => {
  test('refuse what C has not', () => {
    expect(() => struct('self', { again: 'self' })).toThrow(/contains itself/);
    expect(() => struct('empty', {})).toThrow(/no members/);
    expect(() => struct('nothing', { a: 'void' })).toThrow(/void/);
    expect(() => struct('unknown', { a: 'itn' })).toThrow(/Did you mean "int"/);
    expect(() => struct('long_double', { a: 'long double' })).toThrow(/long double/);
  });

  test('of enumerations hold the range of an int, or of the storage they name', () => {
    expect(enumeration('color', { RED: 0, BLUE: 7 }).values.BLUE).toBe(7);
    expect(() => enumeration('wide', { BIG: 2 ** 32 })).toThrow('ARGUMENT_RANGE');
    expect(() => enumeration('narrow', { BIG: 256 }, 'uint8_t')).toThrow('ARGUMENT_RANGE');
    expect(sizeOf(enumeration('narrow', { BIG: 255 }, 'uint8_t'), 8)).toBe(1);
    expect(sizeOf(enumeration('wide', { BIG: 2 ** 40 }, 'int64_t'), 4)).toBe(8);
  });

  test('refuse an alignment of a single member, which they would lose', () => {
    const koffis = [8, 'int'] as unknown as string;
    const texts = ['__declspec(align(8)) int', '__declspec( align( 8 ) ) int', 'int __attribute__((aligned(8)))', '_Alignas(8) int', 'alignas(8) int', koffis]; // prettier-ignore
    for (const a of texts) {
      expect(() => struct('by_hand', { before: 'char', a })).toThrow(
        /^member "a" of struct by_hand has an alignment of its own.* \[PROTOTYPE_TYPE_UNKNOWN\]\n {2}next: Put the bytes before it as a member/,
      );
    }
    expect(sizeOf(struct('other', { align: 'int', aligned: '__declspec(dllimport) char' }), 8)).toBe(8);
  });

  test('of two structs may have the same name, as those of two programs do', () => {
    const first = struct('point', { x: 'int' });
    const second = struct('point', { x: 'double', y: 'double' });
    expect([sizeOf(first, 8), sizeOf(second, 8)]).toEqual([4, 16]);
  });
});

describe('memory of a union', () => {
  test('is written by one member and read by all', ({ agent }) => {
    const number = union('number', { bits: 'uint64_t', real: 'double', bytes: 'uint8_t[8]' });
    const buffer = agent.buffer(8);
    fc.assert(
      fc.property(fc.double({ noNaN: true }), (real) => {
        buffer.pointer.write(number, { real });
        const back = buffer.pointer.read(number);
        const view = new DataView(new ArrayBuffer(8));
        view.setFloat64(0, real, true);
        expect(BigInt(back.bits)).toBe(view.getBigUint64(0, true));
        expect(back.bytes).toEqual([...new Uint8Array(view.buffer)]);
        expect(back.real).toBe(real);
      }),
    );
    expect(buffer.pointer.read(number)).toHaveProperty('bytes');
    buffer.pointer.write(number, { real: 1, bits: 0x3ff0_0000_0000_0000n });
    expect(() => buffer.pointer.write(number, { real: 1, bits: 1 })).toThrow(/number/);
    buffer.release();
  });

  test('outside of bit-fields is left alone by them', ({ agent }) => {
    const buffer = agent.buffer(sizeOf(bitsPlain, 8));
    buffer.bytes.fill(0xff);
    buffer.pointer.write(bitsPlain, { a: 0, b: 0, c: 0 });
    expect([...buffer.bytes]).toEqual([0, 0, 0, 0]);
    buffer.release();
  });
});

describe('round trips', () => {
  const nested = shapes.find(({ name }) => name === 'nested')!;
  const packed = struct(
    'random',
    { a: 'int8_t', b: 'uint16_t', c: 'int32_t', d: 'int64_t', e: 'float', f: 'double', g: 'bool', h: 'uint64_t' },
    { pack: 1 },
  );

  test('of random values through memory keep every member', ({ agent }) => {
    const buffer = agent.buffer(sizeOf(packed, agent.pointerBytes));
    fc.assert(
      fc.property(
        fc.record({
          a: fc.integer({ min: -128, max: 127 }),
          b: fc.nat(65535),
          c: fc.integer(),
          d: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
          e: fc.float({ noNaN: true }),
          f: fc.double({ noNaN: true }),
          g: fc.boolean(),
          h: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
        }),
        (value) => {
          buffer.pointer.write(packed, value);
          const back = buffer.pointer.read(packed);
          expect({ ...back, d: BigInt(back.d), h: BigInt(back.h) }).toEqual(value);
        },
      ),
    );
    buffer.release();
  });

  test('of nested structs and arrays of them keep every member', ({ agent }) => {
    const buffer = agent.buffer(sizeOf(nested, agent.pointerBytes));
    const point = fc.record({ x: fc.integer({ min: -32768, max: 32767 }), y: fc.integer() });
    fc.assert(
      fc.property(
        fc.record({
          tag: fc.integer({ min: -128, max: 127 }),
          one: point,
          three: fc.array(point, { minLength: 3, maxLength: 3 }),
          tail: fc.constant(-1),
        }),
        (value) => {
          buffer.pointer.write(nested, value);
          expect(buffer.pointer.read(nested)).toEqual(value);
        },
      ),
    );
    buffer.release();
  });

  test('of a GUID, and of text with a length', ({ load }) => {
    const { guid, guidText, unicodeString } = dllparity;
    const value = guid('{01020304-0506-0708-090a-0b0c0d0e0f10}');
    expect(load(layouts).guidSum(value)).toBe(
      0x01020304 + 0x0506 + 0x0708 + [9, 10, 11, 12, 13, 14, 15, 16].reduce((a, b) => a + b),
    );
    expect(guidText(value).toLowerCase()).toContain('01020304-0506-0708-090a-0b0c0d0e0f10');
    const text = unicodeString('gr\u00fc\u00dfe \u{1f600}');
    expect(load(layouts).units(text)).toBe(8);
    expect([2, 6, 7].map((index) => load(layouts).unit(text, index))).toEqual([0xfc, 0xd83d, 0xde00]);
  });
});

test('a union in a struct takes one member and shows all', ({ agent }) => {
  const tagged = shapes.find(({ name }) => name === 'tagged')!;
  const buffer = agent.buffer(sizeOf(tagged, agent.pointerBytes));
  buffer.pointer.write(tagged, { tag: 1, value: { both: { x: -2, y: 7 } }, tail: 3 });
  expect(buffer.pointer.read(tagged)).toMatchObject({ tag: 1, value: { both: { x: -2, y: 7 } }, tail: 3 });
  expect(Object.keys((buffer.pointer.read(tagged) as { value: object }).value)).toEqual(
    choice.members.map(({ name }) => name),
  );
  buffer.release();
});
