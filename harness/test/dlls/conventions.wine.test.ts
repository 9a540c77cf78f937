import { as, describe, expect, fc, library, test } from 'dllparity';
import { referenceDll } from '../reference-dlls.ts';
import { CONVENTIONS, conventions, decorated, functionsOf } from './conventions.ts';

describe.each(CONVENTIONS)('%s', (convention) => {
  const functions = functionsOf(convention);

  test('passes integers in their order, narrow and wide', ({ load }) => {
    const { nothing, one, add, ints, small, wide } = load(functions);
    expect([nothing(), one(-2), add(1, 2)]).toEqual([7, -1, 21]);
    expect([ints(1, 2, 3, 4, 5), ints(-1, -1, -1, -1, -1)]).toEqual([54_321, -11_111]);
    expect(small(-128, 65_535, true, -32_768, 255)).toBe(
      -128n + 65_535_000n + 10n ** 8n - 32_768n * 10n ** 9n + 255n * 10n ** 14n,
    );
    expect(wide(1, 2, 3, 4)).toBe(4321);
    const big = 2n ** 40n;
    expect(BigInt(wide(big, -2, -big, -4))).toBe(big - 20n - 100n * big - 4000n);
  });

  test('passes floating-point values between integers', ({ load }) => {
    const { mixed, half } = load(functions);
    expect(mixed(0.5, 2, 3.5, 4, 5, 6)).toBe(0.5 + 20 + 350 + 4000 + 50_000 + 600_000);
    expect(half(3)).toBe(1.5);
    fc.assert(fc.property(fc.float({ noNaN: true }), (value) => Object.is(half(value), Math.fround(value / 2))));
  });

  test('passes pointers and structs, and returns structs of any size', ({ load }) => {
    const { out, structs, makeSmall, makePoint, makeRecord } = load(functions);
    const place = [0];
    out(place, 1234);
    expect(place).toEqual([1234]);
    expect(structs(1, { x: 2, y: 3 }, { x: 4, y: 5 }, 6, { weight: 7, count: 8, tag: 9 }, 1)).toBe(1_987_654_321);
    expect([makeSmall(-1, 2), makePoint(-3, 4)]).toEqual([
      { x: -1, y: 2 },
      { x: -3, y: 4 },
    ]);
    expect(makeRecord(-5, 0.1, -6)).toEqual({ weight: 0.1, count: -5, tag: -6 });
  });

  test('leaves the stack as it was, ten thousand times', ({ load }) => {
    const { ints, makeRecord } = load(functions);
    const batch = ints.batch(Array.from({ length: 10_000 }, (_, n) => [n, 0, 0, 0, 0]));
    expect(batch.outcome(9999)).toMatchObject({ kind: 'returned', result: 9999 });
    for (let n = 0; n < 100; n++) expect(makeRecord(n, n, 1).count).toBe(n);
  });
});

describe('thiscall', () => {
  test('passes the object, and all else behind it', ({ load }) => {
    const all = load(conventions);
    const counter = all.counterAt(5);
    expect([all.counterValue(counter), all.counterAdd(counter, 10, -2), all.counterValue(counter)]).toEqual([
      5, -15, -15,
    ]);
    all.counterAt(1);
    expect(all.counterMixed(counter, 0.5, 3, 4)).toBe(1 + 5 + 300 + 4000);
    expect(all.counterStructs(counter, { x: 2, y: 3 }, { weight: 7, count: 8, tag: 9 }, { x: 4, y: 5 })).toBe(
      987_054_321,
    );
    expect(all.counterRecord(counter, 2.5, -3)).toEqual({ weight: 2.5, count: 1, tag: -3 });
  });

  test('takes an object of the caller', ({ load }) => {
    const object = { value: 40 };
    expect(load(conventions).counterAdd(object, 1, 2)).toBe(42);
    expect(object).toEqual({ value: 42 });
  });
});

describe('registers', () => {
  test('hold the first two arguments of fastcall, and the first of thiscall', ({ load }) => {
    const { ecx, edx, ecxOfThiscall } = load(conventions);
    expect([ecx(0x12345678, 0x9abcdef0), edx(0x12345678, 0x9abcdef0), ecxOfThiscall(7)]).toEqual([
      0x12345678, 0x9abcdef0, 7,
    ]);
  });

  test('say that the stack is aligned as on Windows', ({ load, agent }) => {
    expect(load(conventions).stackAtEntry() % agent.pointerBytes).toBe(0);
    if (agent.installation.architecture === 'x64') expect(load(conventions).stackAtEntry()).toBe(0);
  });
});

describe('a variadic function', () => {
  test('is cdecl whatever its declaration says', ({ load }) => {
    const { variadicMix, variadicStdcall } = load(conventions);
    const values = [as(1, 'int'), as(2.5, 'double'), as(2 ** 40, 'int64_t'), as(-4, 'short'), as(0.5, 'float')];
    const expected = 1 + 25 + 100 * 2 ** 40 - 4000 + 5000;
    expect([variadicMix(5, ...values), variadicStdcall(5, ...values)]).toEqual([expected, expected]);
  });

  test('needs the type of each argument', ({ load }) => {
    const { variadicMix } = load(conventions) as unknown as { variadicMix: (...args: unknown[]) => number };
    expect(() => variadicMix(1, 5)).toThrow('ARGUMENT_TYPE');
    expect(() => variadicMix(1, as('text', 'int'))).toThrow('ARGUMENT_TYPE');
    expect(() => variadicMix()).toThrow('ARGUMENT_COUNT');
  });
});

describe('names', () => {
  test('of ia32 DLLs are found without their decoration', ({ load }) => {
    const { withUnderscore, undecorated, leadingUnderscore } = load(conventions);
    expect([withUnderscore(5, 3), undecorated(5, 3), leadingUnderscore(5, 2)]).toEqual([2, 15, 7]);
  });

  test('may be given as they are exported', ({ load, agent }) => {
    const { add, fast } = load(decorated);
    if (agent.installation.architecture === 'ia32') expect([add(1, 2), fast(1, 2)]).toEqual([21, 21]);
    else expect(() => add(1, 2)).toThrow('EXPORT_NOT_FOUND');
  });

  test('that a DLL lacks fail when they are called, and say so', ({ load }) => {
    expect(() => load(conventions).notThere(1)).toThrow(/nowhere.*EXPORT_NOT_FOUND/s);
    expect(load(conventions).pops8Rightly(1, 2)).toBe(8);
  });

  test('of conventions that are not spoken are refused', () => {
    expect(() => library(referenceDll('conventions.dll'), { f: 'int __vectorcall f(int a)' })).toThrow(/__vectorcall/);
  });
});

describe('a function declared in the wrong convention', () => {
  test('on ia32 is told by the bytes it takes off the stack, and does no harm', ({ load, agent }) => {
    const { pops8, pops0, mistaken, withUnderscore } = load(conventions);
    if (agent.installation.architecture === 'x64') {
      expect([pops8(), pops0(1, 2)]).toEqual([8, 0]);
      return;
    }
    const { generation } = agent;
    for (let round = 0; round < 100; round++) {
      expect(() => pops8()).toThrow(/pops_8.*expected.*0 bytes.*8 bytes.*CONVENTION_MISMATCH/s);
      expect(() => pops0(1, 2)).toThrow(/pops_0.*CONVENTION_MISMATCH.*it is cdecl/s);
      expect(() => mistaken(1, 2)).toThrow(/stdcall_add.*CONVENTION_MISMATCH.*write `__stdcall`/s);
    }
    expect(withUnderscore(5, 3)).toBe(2);
    expect(agent.generation).toBe(generation);
  });
});
