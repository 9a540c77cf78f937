import { as, describe, expect, fc, library, Pointer, test } from 'dllparity';
import { basics, calls, referenceDll } from '../../reference-dlls.ts';

describe('strings in', () => {
  test('a string travels as UTF-8 with a terminator', ({ load }) => {
    const { length } = load(basics);
    expect([length(''), length('abc'), length('grüße 🙂')]).toEqual([0, 3, 12]);
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const whole = text.split('\0')[0] ?? '';
        return length(text) === Buffer.byteLength(whole);
      }),
      { numRuns: 200 },
    );
  });

  test('a wide string travels as UTF-16, surrogates included', ({ load }) => {
    const { wideLength } = load(basics);
    expect([wideLength(''), wideLength('abc'), wideLength('🙂'), wideLength('\ud800')]).toEqual([0, 3, 2, 1]);
  });

  test('a string of 1 MiB travels whole', ({ load }) => {
    expect(load(basics).length('x'.repeat(1 << 20))).toBe(1 << 20);
    expect(load(basics).wideLength('é'.repeat(1 << 20))).toBe(1 << 20);
  });

  test('a null string is a null pointer', ({ load }) => {
    const { isNull } = load(calls);
    expect([isNull(null), isNull(Buffer.alloc(1))]).toEqual([1, 0]);
  });

  test('a string is refused where the function may write', ({ load }) => {
    const { upper } = load(basics) as unknown as { upper: (text: string) => void };
    expect(() => upper('abc')).toThrow(/"text" of upper_in_place is of type char \*, which the function may write to/);
  });
});

describe('strings out', () => {
  test('a returned string is decoded as UTF-8', ({ load }) => {
    expect(load(basics).greeting()).toBe('hello from basics');
    expect(load(calls).utf8Greeting()).toBe('grüße 🙂');
  });

  test('a returned wide string is decoded as UTF-16', ({ load }) => {
    expect(load(calls).wideGreeting()).toBe('grüße 🙂');
  });

  test('a returned null is null', ({ load }) => {
    expect(load(calls).noText()).toBeNull();
  });

  test('a returned string is read whole, however long it is', ({ load }) => {
    const { repeat, repeatWide } = load(calls);
    for (const n of [0, 1, 511, 512, 513, 4095, 4096, 4097, 100_000, (1 << 21) - 1]) {
      expect(repeat(97, n)?.length).toBe(n);
    }
    for (const n of [255, 256, 257, 5000, (1 << 20) - 1]) expect(repeatWide(0x263a, n)?.length).toBe(n);
    expect(repeatWide(0x263a, 300)).toBe('☺'.repeat(300));
  });

  test('a string is read up to where readable memory ends', ({ load }) => {
    const { textBeforeTheEnd } = load(calls);
    for (const n of [0, 1, 2, 510, 511, 512, 4094, 4095, 4096, 5000, 8191, 8192, 12_345, 40_000, 70_001])
      expect(textBeforeTheEnd(n)).toBe('x'.repeat(n));
  });

  test('a dangling string is an error that says so, and the next call works', ({ load }) => {
    const { danglingText, utf8Greeting } = load(calls);
    expect(() => danglingText()).toThrow(/text at 0x10 runs into memory that cannot be read/);
    expect(utf8Greeting()).toBe('grüße 🙂');
  });

  test('in a batch a long string is cut, and a short one is whole', ({ load }) => {
    const { repeat, repeatWide } = load(calls);
    const batch = repeat.batch([[97, 3], [98, 511], [99, 512], [100, 9999], [101, 0]]); // prettier-ignore
    const texts = Array.from({ length: 5 }, (_, i) => batch.outcome(i)).map((o) => o.kind === 'returned' && o.result);
    expect(texts).toEqual(['aaa', 'b'.repeat(511), 'c'.repeat(512), 'd'.repeat(512), '']);
    const wide = repeatWide.batch([[97, 255], [98, 600]]).outcome(1); // prettier-ignore
    expect(wide.kind === 'returned' && wide.result).toBe('b'.repeat(256));
  });

  test('room for strings need not be even', ({ load }) => {
    const odd = load(
      library(referenceDll('calls.dll'), { repeatWide: 'const wchar_t *repeat_wide(wchar_t letter, unsigned n)' }, { stringBytes: 7 }),
    ); // prettier-ignore
    for (const n of [0, 2, 3, 4, 5, 100]) expect(odd.repeatWide(0x61, n)).toBe('a'.repeat(n));
  });
});

describe('buffers', () => {
  test('a Buffer goes there and comes back', ({ load }) => {
    const text = Buffer.from('hello\0');
    load(basics).upper(text);
    expect(text.toString()).toBe('HELLO\0');
  });

  test('a subarray travels alone: its neighbours stay as they are', ({ load }) => {
    const whole = new Uint8Array([1, 2, 3, 4, 5]);
    load(calls).addOne(whole.subarray(1, 3), 2);
    expect([...whole]).toEqual([1, 3, 4, 4, 5]);
  });

  test.for([Int8Array, Uint8Array, Uint8ClampedArray, Int16Array, Uint32Array, Float32Array, Float64Array, BigInt64Array])(
    'a %o travels as its bytes',
    (Constructor, { load }) => {
      const memory = new Constructor(3);
      load(calls).addOne(memory, memory.byteLength);
      expect([...new Uint8Array(memory.buffer)]).toEqual(Array.from({ length: memory.byteLength }, () => 1));
    },
  ); // prettier-ignore

  test('an ArrayBuffer and a DataView travel as their bytes', ({ load }) => {
    const buffer = new ArrayBuffer(4);
    const { addOne } = load(calls);
    addOne(buffer, 4);
    addOne(new DataView(buffer, 2), 2);
    expect([...new Uint8Array(buffer)]).toEqual([1, 1, 2, 2]);
  });

  test('memory that the function only reads is not written back', ({ load }) => {
    const bytes = Object.freeze([1, 2, 3]);
    expect(load(calls).sumBytes(new Uint8Array(bytes), 3)).toBe(6);
    expect(load(calls).sumDoubles(bytes as unknown as number[], 3)).toBe(6);
  });

  test('an empty buffer has an address', ({ load }) => {
    expect(load(calls).isNull(new Uint8Array(0))).toBe(0);
  });

  test('any content of any length arrives', ({ load }) => {
    const { sumBytes } = load(calls);
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 5000 }),
        (bytes) => sumBytes(bytes, bytes.length) === bytes.reduce((sum, byte) => sum + byte, 0),
      ),
      { numRuns: 200 },
    );
  });
});

describe('arrays and out parameters', () => {
  test('an array of numbers is filled in place', ({ load }) => {
    const numbers = [0, 0, 0, 0];
    load(basics).fillInts(numbers, 4);
    expect(numbers).toEqual([0, 1, 4, 9]);
  });

  test('an out parameter takes an array of one', ({ load }) => {
    const result = [null] as (number | null)[];
    load(basics).outInt(result);
    expect(result).toEqual([42]);
  });

  test('a 64-bit out parameter becomes a bigint where a number is not exact', ({ load }) => {
    const result = [null] as (number | bigint | null)[];
    load(calls).outInt64(result);
    expect(result).toEqual([-(2n ** 63n)]);
  });

  test('two pointers do not get in each other’s way', ({ load }) => {
    const [a, b] = [[1], [2]];
    load(calls).swap(a, b);
    expect([a, b]).toEqual([[2], [1]]);
  });

  test('an array of strings is an array of pointers', ({ load }) => {
    const texts = ['a', 'bc', null] as never;
    expect(load(calls).countTexts(texts)).toBe(2);
  });
});

describe('pointers', () => {
  test('a pointer into an argument reads there and around it', ({ load }) => {
    const memory = new Int32Array([10, 20, 30, 40]);
    const pointer = load(basics).into(memory, 2);
    expect(pointer).toBeInstanceOf(Pointer);
    expect([pointer?.read('int'), pointer?.read('int', 1), pointer?.plus(-8).read('int')]).toEqual([30, 40, 10]);
    expect([...(pointer?.bytes(4) ?? [])]).toEqual([30, 0, 0, 0]);
  });

  test('an out pointer points at text of the DLL', ({ load }) => {
    const text = [null] as (Pointer | null)[];
    load(calls).pointAtOwn(text);
    expect(text[0]?.text()).toBe('own');
  });

  test('a pointer goes back to the DLL unchanged', ({ load }) => {
    const { pointAtOwn, echoPointer } = load(calls);
    const text = [null] as (Pointer | null)[];
    pointAtOwn(text);
    expect(echoPointer(text[0]!)?.address).toBe(text[0]!.address);
    expect(echoPointer(null)).toBeNull();
  });

  test('reading where nothing is, is an error with the address', ({ load, agent }) => {
    const { pointAtOwn, nothing } = load(calls);
    const text = [null] as (Pointer | null)[];
    pointAtOwn(text);
    const { generation } = agent;
    const nowhere = text[0]!.plus(-Number(text[0]!.address) + 16);
    expect(() => nowhere.read('int')).toThrow(/the memory at 0x10 cannot be read.*wanted 4 bytes/);
    expect(() => nowhere.bytes(1 << 20)).toThrow('cannot be read');
    nothing();
    expect(agent.generation).toBe(generation);
  });

  test('a number is an address when it fits: negative ones count from the end, and none wraps', ({ agent }) => {
    const { pointerBytes } = agent;
    const end = 1n << BigInt(pointerBytes * 8);
    expect([-1, -1n, end - 1n].map((value) => agent.pointer(value).address)).toEqual([end - 1n, end - 1n, end - 1n]);
    expect([agent.pointer(0).address, agent.pointer(-2).address]).toEqual([0n, end - 2n]);
    for (const wrong of [end, -end, 1.5, Number.NaN, 2 ** 64]) {
      expect(() => agent.pointer(wrong)).toThrow(/is no address of (64|32) bits/);
    }
  });

  test('a wide text behind a pointer is read', ({ load }) => {
    const raw = load(library(referenceDll('calls.dll'), { wide: 'void *wide_greeting(void)' }));
    expect(raw.wide()?.wideText()).toBe('grüße 🙂');
  });
});

describe('variadic arguments', () => {
  test('integers, in registers and on the stack', ({ load }) => {
    const { sum } = load(basics);
    const ints = Array.from({ length: 12 }, (_, i) => as(10 ** (i % 9), 'int'));
    expect(sum(0)).toBe(0);
    expect(sum(2, ...ints.slice(0, 2))).toBe(11);
    expect(sum(12, ...ints)).toBe(111_111_222);
  });

  test('twelve mixed arguments', ({ load }) => {
    const kinds = 'idlidlidlidl';
    const args = [...kinds].map((kind, i) => as(2 ** i, { i: 'int', d: 'double', l: 'long long' }[kind] ?? ''));
    expect(load(basics).mix(kinds, ...args)).toBe(4095);
  });

  test('a float is promoted to double', ({ load }) => {
    expect(load(basics).mix('dd', as(1.5, 'float'), as(2.25, 'float'))).toBe(3.75);
  });

  test('narrow integers are promoted to int', ({ load }) => {
    expect(load(basics).mix('iiii', as(-1, 'char'), as(255, 'unsigned char'), as(-3, 'short'), as(65535, 'wchar_t'))).toBe(
      -1 + 255 - 3 + 65535,
    ); // prettier-ignore
  });

  test('any mixture adds up', ({ load }) => {
    const { mix } = load(basics);
    const argument = fc.oneof(
      fc.record({ kind: fc.constant('i'), value: fc.integer(), type: fc.constant('int') }),
      fc.record({ kind: fc.constant('d'), value: fc.integer(), type: fc.constant('double') }),
      fc.record({ kind: fc.constant('l'), value: fc.integer(), type: fc.constant('int64_t') }),
    );
    fc.assert(
      fc.property(fc.array(argument, { maxLength: 20 }), (args) => {
        const sum = args.reduce((total, { value }) => total + value, 0);
        return mix(args.map(({ kind }) => kind).join(''), ...args.map(({ value, type }) => as(value, type))) === sum;
      }),
      { numRuns: 200 },
    );
  });

  test('an argument without a type is an error that says what to write', ({ load }) => {
    const { sum } = load(basics);
    expect(() => sum(1, 5 as never)).toThrow(
      /argument 1 of sum_variadic belongs to "\.\.\." and has no type: 5.*\n.*as\(/,
    );
  });
});

describe('structs', () => {
  test('a struct that fits in a register is returned', ({ load }) => {
    expect(load(basics).divide(17, 5)).toEqual({ quot: 3, rem: 2 });
    expect(load(calls).makePair(-2, 300)).toEqual({ first: -2, second: 300 });
  });

  test('a larger struct is returned', ({ load }) => {
    expect(load(calls).makeRecord(0.1, -7, 65, 0.5)).toEqual({ weight: 0.1, count: -7, letter: 65, factor: 0.5 });
  });

  test('structs of both sizes are passed by value', ({ load }) => {
    expect(load(calls).sumPair({ first: -2, second: 300 })).toBe(298);
    expect(load(calls).weighRecord({ weight: 1.5, count: 4, letter: 3, factor: 0.5 })).toBe(6);
  });

  test('a struct behind a pointer comes back changed', ({ load }) => {
    const record = { weight: 1.5, count: 4, letter: 3, factor: 0.5 };
    load(calls).scaleRecord(record, 4);
    expect(record).toEqual({ weight: 6, count: 4, letter: 3, factor: 0.5 });
  });

  test('an array of structs is read', ({ load }) => {
    const records = [
      { weight: 1, count: 2, letter: 3, factor: 4 },
      { weight: 5, count: 6, letter: 7, factor: 8 },
    ];
    expect(load(calls).weighRecords(records as never, 2)).toBe(258);
  });

  test('structs of both sizes come out of a batch', ({ load }) => {
    const pairs = load(calls).makePair.batch([[1, 2], [3, 4]]); // prettier-ignore
    const records = load(calls).makeRecord.batch([[1, 2, 3, 4], [5, 6, 7, 8]]); // prettier-ignore
    expect(pairs.outcome(1)).toMatchObject({ kind: 'returned', result: { first: 3, second: 4 } });
    expect(records.outcome(0)).toMatchObject({ result: { weight: 1, count: 2, letter: 3, factor: 4 } });
    expect(records.outcome(1)).toMatchObject({ result: { weight: 5, count: 6, letter: 7, factor: 8 } });
  });
});
