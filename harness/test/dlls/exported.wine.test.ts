import { as, describe, expect, library, type Pointer, test } from 'dllparity';
import { basics, referenceDll } from '../reference-dlls.ts';
import { color, exported, forwarded, functions } from './exported.ts';

describe('an exported variable', () => {
  test('is read and written, and the DLL sees what is written', ({ load }) => {
    const { counter, counterInside, countUp, ratio, ratioInside, flag, big, bigInside } = load(exported);
    const before = counter.value;
    counter.value = 1000;
    expect([counterInside(), countUp(), counter.value]).toEqual([1000, 1001, 1001]);
    counter.value = before;
    expect(ratio.value).toBe(0.75);
    ratio.value = -0.5;
    expect(ratioInside()).toBe(-0.5);
    ratio.value = 0.75;
    expect(flag.value).toBe(200);
    expect([big.value, bigInside()]).toEqual([-(2n ** 53n) - 1n, -(2n ** 53n) - 1n]);
  });

  test('may be text, an array, a struct', ({ load }) => {
    const { title, titleInside, room, roomInside, numbers, sumNumbers, origin, originInside, names } = load(exported);
    expect(title.value!.text()).toBe('t\u00eetle');
    expect(titleInside()).toBe('t\u00eetle');
    expect(room.value).toBe('eight');
    room.value = 'nine';
    expect(roomInside()).toBe('nine');
    room.value = 'eight';
    expect(numbers.value).toEqual([10, -20, 30]);
    numbers.value = [1, 2, 3];
    expect(sumNumbers()).toBe(321);
    numbers.value = [10, -20, 30];
    expect(origin.value).toEqual({ x: 3, y: -4 });
    origin.value = { x: 7, y: 8 };
    expect(originInside()).toEqual({ x: 7, y: 8 });
    origin.value = { x: 3, y: -4 };
    expect(names.value.map((name) => name?.text() ?? null)).toEqual(['one', 'two', null]);
  });

  test('may be a pointer to a function, which is called and replaced', ({ load, agent }) => {
    const { operation, operate, functionNamed } = load(exported);
    const add = operation.value!;
    expect(agent.bind(add, 'int (*)(int a, int b)')(2, 3)).toBe(5);
    operation.value = functionNamed('subtract');
    expect(operate(2, 3)).toBe(-1);
    const callback = agent.callback('int (*)(int a, int b)', (a: number, b: number) => 10 * a + b);
    operation.value = callback.pointer;
    expect(operate(2, 3)).toBe(23);
    operation.value = add;
    expect(operate(2, 3)).toBe(5);
    callback.release();
  });

  test('has an address', ({ load }) => {
    const { numbers } = load(exported);
    expect(numbers.pointer.array('int', 3)).toEqual([10, -20, 30]);
    numbers.pointer.write('int', 5, 1);
    expect(numbers.value).toEqual([10, 5, 30]);
    numbers.value = [10, -20, 30];
  });

  test('refuses what does not fit', ({ load }) => {
    const all = load(exported);
    expect(() => (all.flag.value = 256)).toThrow('ARGUMENT_RANGE');
    expect(() => (all.room.value = 'longer than that')).toThrow('ARGUMENT_RANGE');
    expect(() => (all.numbers.value = [1, 2, 3, 4])).toThrow('ARGUMENT_RANGE');
    expect(() => ((all.counter as { value: unknown }).value = 'one')).toThrow('ARGUMENT_TYPE');
    expect(all.counter.value).toBe(all.counterInside());
  });

  test('that the DLL lacks is an error when it is used', ({ load }) => {
    const { missing, counter } = load(exported);
    expect(() => missing.value).toThrow(/missing.*EXPORT_NOT_FOUND/s);
    expect(counter.value).toBeTypeOf('number');
  });
});

describe('an export', () => {
  test('by ordinal alone is found by it', ({ load }) => {
    const { atSeven, atHundred } = load(exported);
    expect([atSeven(1), atHundred(1)]).toEqual([8, 101]);
  });

  test('by an ordinal that the DLL lacks is an error', ({ load }) => {
    expect(() => load(exported).atNine(1)).toThrow('EXPORT_NOT_FOUND');
  });

  test('under another name, and forwarded to another DLL, is called like any other', ({ load, agent }) => {
    const { renamed, counterInside, forwardedProcess } = load(exported);
    load(basics);
    expect(renamed()).toBe(counterInside());
    expect(load(forwarded).add(20, 22)).toBe(42);
    expect(forwardedProcess()).toBeGreaterThan(0);
    expect(agent.generation).toBeGreaterThan(0);
  });
});

describe('a function behind a pointer', () => {
  test('is bound to a prototype and called', ({ load, agent }) => {
    const { functionNamed, functionInto, callFunction, functionTable } = load(exported);
    const add = functionNamed('add')!;
    const bound = agent.bind(add, 'int (*)(int a, int b)');
    expect([bound(20, 22), callFunction(add, 1, 2), callFunction(null, 1, 2)]).toEqual([42, 3, -1]);
    expect(functionNamed('divide')).toBeNull();
    const place: (Pointer | null)[] = [null];
    functionInto(place);
    expect(agent.bind(place[0]!, 'int (*)(int a, int b)')(20, 22)).toBe(-2);
    const table = functionTable()!.read(functions);
    expect([
      agent.bind(table.first, 'int (*)(int a, int b)')(5, 7),
      agent.bind(table.second, 'double (*)(double value)')(3),
    ]).toEqual([-2, 1.5]);
  });

  test('may be called asynchronously, and checks its arguments', async ({ load, agent }) => {
    const add = agent.bind(load(exported).functionNamed('add'), 'int (*)(int a, int b)');
    expect(await add.async(1, 2)).toBe(3);
    const untyped = add as unknown as (...args: unknown[]) => number;
    expect(() => untyped(1)).toThrow('ARGUMENT_COUNT');
    expect(() => untyped(1, 'two')).toThrow('ARGUMENT_TYPE');
  });
});

describe('variadic arguments', () => {
  test('of every type, more than registers hold, arrive', ({ load }) => {
    const out = Buffer.alloc(512);
    const { describe } = load(exported);
    const n = describe(
      out,
      512,
      'bhiludtwpplbhild',
      as(-8, 'int8_t'),
      as(-1600, 'int16_t'),
      as(-320_000, 'int32_t'),
      as(-(2n ** 62n), 'int64_t'),
      as(2n ** 64n - 1n, 'uint64_t'),
      as(0.1, 'double'),
      as('gr\u00fc\u00dfe', 'const char *'),
      as('\u{1f600}', 'const wchar_t *'),
      as(null, 'void *'),
      as(Buffer.alloc(1), 'void *'),
      as(2 ** 40, 'int64_t'),
      as(127, 'int8_t'),
      as(32_767, 'short'),
      as(2_147_483_647, 'int'),
      as(-1, 'long long'),
      as(0.25, 'float'),
    );
    expect(out.toString('utf8', 0, n)).toBe(
      `-8 -1600 -320000 -${2n ** 62n} ${2n ** 64n - 1n} 0.10000000000000001 gr\u00fc\u00dfe d83dde00 null pointer ${2 ** 40} 127 32767 2147483647 -1 0.25`,
    );
  });

  test('may be five texts, functions, and places for results', ({ load }) => {
    const out = Buffer.alloc(64);
    const { describe, divideInto, functionNamed } = load(exported);
    const n = describe(out, 64, 'ttttt', ...['a', 'bb', '', 'dddd', 'e'].map((text) => as(text, 'const char *')));
    expect(out.toString('latin1', 0, n)).toBe('a bb  dddd e');
    describe(out, 64, 'f', as(functionNamed('add'), 'void *'));
    expect(out.toString('latin1', 0, 2)).toBe('42');
    describe(
      out,
      64,
      'f',
      as((a: number, b: number) => a * b, 'int (*)(int a, int b)'),
    );
    expect(out.toString('latin1', 0, 3)).toBe('440');
    const remainder = [0];
    expect(divideInto(17, as(5, 'int'), as(remainder, 'int *'))).toBe(3);
    expect(remainder).toEqual([2]);
  });

  test.for([60, 61, 62, 65, 300, 5000])('%i of them, beyond the limit of a prototype too', (count, { load }) => {
    const out = Buffer.alloc(8 * count);
    const { describe } = load(exported);
    const numbers = Array.from({ length: count }, (_, i) => i - 30);
    const n = describe(out, out.length, 'i'.repeat(count), ...numbers.map((number) => as(number, 'int')));
    expect(out.toString('latin1', 0, n)).toBe(numbers.join(' '));
    // The next call has another shape.
    expect(describe(out, out.length, 'd', as(0.5, 'double'))).toBe(3);
  });

  test('are refused in asynchronous calls, unless the prototype names them', async ({ load, agent }) => {
    const { describe } = load(exported);
    const out = Buffer.alloc(64);
    const refused =
      /describe is variadic and cannot be called asynchronously \[ARGUMENT_TYPE\]\n {2}next: .*declare it with/;
    await expect(describe.async(out, 64, 'i', as(4, 'int'))).rejects.toThrow(refused);
    await expect(describe.asyncOutcome(out, 64, '')).rejects.toThrow(refused);
    const named = agent.load(
      library(referenceDll('exported.dll'), {
        describe: 'int describe(_Out_writes_(size) char *out, int size, const char *kinds, int first, double second)',
      }),
    );
    const length = await named.describe.async(out, 64, 'id', 42, 0.25);
    expect(out.toString('latin1', 0, length)).toBe('42 0.25');
    expect(describe(out, 64, 'i', as(7, 'int'))).toBe(1);
  });
});

describe('enumerations', () => {
  test('are passed by number or name, and read as numbers', ({ load }) => {
    const { nextColor, nextColors } = load(exported);
    expect([nextColor(color.values.RED), nextColor('GREEN'), nextColor('BLUE'), nextColor(-1)]).toEqual([1, 7, -1, 0]);
    const colors = [0, 1, 7, -1];
    nextColors(colors, 4);
    expect(colors).toEqual([1, 7, -1, 0]);
    expect(() => nextColor('PINK' as 'RED')).toThrow('ARGUMENT');
  });
});

describe('registers with dirty upper bits', () => {
  test('give a result of the declared width', ({ load }) => {
    const all = load(exported);
    expect([all.dirtyFalse(), all.dirtyTrue()]).toEqual([false, true]);
    expect([all.dirtyInt8(), all.dirtyUint8(), all.dirtyInt16(), all.dirtyUint16()]).toEqual([
      -128, 128, -32_768, 32_768,
    ]);
    expect([all.dirtyInt32(), all.dirtyWchar()]).toEqual([-2_147_483_648, 0x41]);
    const batch = all.dirtyFalse.batch([[], []]);
    expect(batch.outcome(1)).toMatchObject({ result: false });
  });

  test('give callbacks arguments of the declared width', ({ load }) => {
    const { callDirtyBool, callDirtyInt8 } = load(exported);
    const seen: unknown[] = [];
    expect(callDirtyBool((value) => (seen.push(value), !value))).toBe(1);
    expect(callDirtyInt8((value) => (seen.push(value), value))).toBe(0x80);
    expect(seen).toEqual([false, -128]);
  });
});
