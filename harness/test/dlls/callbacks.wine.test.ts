import { describe, expect, fc, test } from 'dllparity';
import { callbacks } from './callbacks.ts';

const double = (value: number): number => 2 * value;

describe('a callback', () => {
  test('is called in mid-call, or not at all when it is null', ({ load }) => {
    const { callOr, sumOfCalls } = load(callbacks);
    expect(callOr(double, 21, -1)).toBe(42);
    expect(callOr(null, 21, -1)).toBe(-1);
    expect(sumOfCalls((i) => i * i, 100)).toBe(328_350);
  });

  test('calls the DLL again, ten deep and fifty', ({ load }) => {
    const { deepen } = load(callbacks);
    const seen: number[] = [];
    const deeper = (depth: number): number => {
      seen.push(depth);
      return deepen(depth, deeper);
    };
    expect(deepen(10, deeper)).toBe(10);
    expect(seen).toEqual([9, 8, 7, 6, 5, 4, 3, 2, 1, 0]);
    expect(deepen(50, (depth) => deepen(depth, deeper))).toBe(50);
  });

  test('is refused when it is nothing to be called', ({ load }) => {
    const { callOr } = load(callbacks) as unknown as { callOr: (...args: unknown[]) => number };
    for (const wrong of [7, 'double', {}, true]) expect(() => callOr(wrong, 1, 1)).toThrow('ARGUMENT_TYPE');
  });

  test('may be one of the DLL\u2019s own', ({ load, agent }) => {
    const { ownCallback, isOwnCallback, callOr, ownStdcallCallback } = load(callbacks);
    const own = ownCallback();
    expect(isOwnCallback(own)).toBe(1);
    expect(callOr(own, 4, 0)).toBe(8);
    expect(agent.bind(own, 'int (*)(int)')(5)).toBe(10);
    expect(agent.bind(ownStdcallCallback(), 'int (__stdcall *)(int, int)')(5, 6)).toBe(21);
  });
});

describe('callbacks in structs and arrays', () => {
  test('are called where they are, and left out where they are null', ({ load }) => {
    const { runOperations, runOperationsValue } = load(callbacks);
    const users: unknown[] = [];
    const all = {
      add: (a: number, b: number) => a + b,
      scale: (value: number, user: unknown) => (users.push(user), 0.5 * value),
      user: null,
      step: (value: number, by: number) => value * by,
    };
    expect(runOperations(all, 10)).toBe(11 + 5 + 70_000);
    expect(runOperationsValue(all, 10)).toBe(11 + 5 + 70_000);
    expect(users).toEqual([null, null]);
    expect(runOperations({ step: all.step }, 1)).toBe(6999);
    expect(runOperations({}, 1)).toBe(-1);
  });

  test('come back from the DLL as pointers that can be bound', ({ load, agent }) => {
    const own = load(callbacks).ownOperations();
    expect([own.add, own.scale, own.user]).toEqual([null, null, null]);
    expect(agent.bind(own.step, 'int (__stdcall *)(int value, int by)')(3, 1)).toBe(10);
  });

  test('are chosen by an index', ({ load, agent }) => {
    const { callOneOf } = load(callbacks);
    const at = [
      agent.callback('int (*)(int)', double),
      agent.callback('int (*)(int)', (value: number) => -value),
    ] as const;
    const pair = { at: at.map(({ pointer }) => pointer) };
    expect([callOneOf(pair, 0, 5), callOneOf(pair, 1, 5)]).toEqual([10, -5]);
    for (const callback of at) callback.release();
  });

  test('in an array are called one after the other, and null is skipped', ({ load, agent }) => {
    const { callEach } = load(callbacks);
    const doubled = agent.callback('int (*)(int)', double);
    const next = agent.callback('int (*)(int)', (value: number) => value + 1);
    expect(callEach([doubled.pointer, null, next.pointer], 3, 10)).toBe(20 + 1000 + 33);
    doubled.release();
    next.release();
  });

  test('in an array may be functions, where its type says so', ({ load }) => {
    const { callEachFunction } = load(callbacks);
    expect(callEachFunction([double, null, (value) => value + 1], 3, 10)).toBe(20 + 1000 + 33);
  });
});

describe('a callback of another convention', () => {
  const weigh = (a: number, b: number, c: number): number => a + b * 2 + c * 3;
  const expected = (value: number): number => 1000 * (value + 300) + 2 * 10 * ((999 * 1000) / 2);

  test('leaves the stack as its caller wants it, a thousand times', ({ load }) => {
    const { callCdecl, callStdcall, callFastcall, callThiscall } = load(callbacks);
    expect([callCdecl(weigh, 7), callStdcall(weigh, 7), callFastcall(weigh, 7)]).toEqual([
      expected(7),
      expected(7),
      expected(7),
    ]);
    const self = [5];
    expect(callThiscall((pointer, b, c) => weigh(pointer!.read('int'), b, c), self)).toBe(expected(5));
  });

  test('gets and gives values wider than a register', ({ load }) => {
    const { callStdcallWide, callStdcallVector } = load(callbacks);
    expect(callStdcallWide((a, b, c, d) => a + b + Number(c) + d)).toBe(-1 + 2.5 + 2 ** 40 + 0.25);
    expect(callStdcallVector(({ x, y, z }) => ({ x: z, y: x, z: y }), { x: 1, y: 2, z: 3 })).toEqual({
      x: 3,
      y: 1,
      z: 2,
    });
  });
});

describe('a callback\u2019s parameters', () => {
  test('are of every type, and more than registers hold', ({ load }) => {
    let seen: unknown[] = [];
    const result = load(callbacks).call12((...all) => {
      const [eleventh, twelfth] = [all[10], all[11]];
      seen = [...all.slice(0, 10), eleventh?.text(), twelfth?.read('double')];
      twelfth!.write('double', 100);
      return 0.5;
    });
    expect(seen).toEqual([
      -8,
      -1600,
      -320_000,
      -(2 ** 40),
      0.5,
      -2.25,
      200,
      60_000,
      4_000_000_000,
      2n ** 63n,
      'eleven',
      12.5,
    ]);
    expect(result).toBe(100.5);
  });

  test('are structs behind more arguments than the frame copies', ({ load }) => {
    let seen: unknown[] = [];
    const result = load(callbacks).callBeyond(
      (...all) => {
        seen = all;
        return { weight: all[17], id: all[15], name: 'back' };
      },
      { weight: 1.5, id: -7, name: 'there' },
    );
    expect(seen.slice(0, 16)).toEqual(Array.from({ length: 16 }, (_, index) => index + 1));
    expect(seen.slice(16)).toEqual([
      { weight: 1.5, id: -7, name: 'there' },
      0.5,
      { x: -1, y: 2 },
      { x: 1, y: 2, z: 3 },
    ]);
    expect(result).toEqual({ weight: 0.5, id: 16, name: 'back' });
  });

  test('are structs of any size', ({ load }) => {
    const all = load(callbacks);
    expect(all.callSmall(({ x, y }) => ({ x: y, y: x }), { x: 3, y: -4 })).toBe(-4 + 300_000);
    expect(all.callPoint(({ x, y }) => ({ x: x + 1, y: y + 1 }), { x: 10, y: 20 })).toEqual({ x: 21, y: 11 });
    expect(
      all.callVector(({ x, y, z }, by) => ({ x: x * by, y: y * by, z: z * by }), { x: 1, y: 2, z: -3 }, 0.5),
    ).toEqual({ x: 0.5, y: 1, z: -1.5 });
    expect(
      all.callRecord(
        (before, value, after) => ({
          weight: value.weight * before + after,
          id: -BigInt(value.id),
          name: value.name.toUpperCase(),
        }),
        { weight: 1.5, id: 2n ** 62n, name: 'name' },
      ),
    ).toEqual({ weight: 11, id: -(2n ** 62n) + 1n, name: 'NAME' });
  });

  test('may lead to values that it changes', ({ load }) => {
    const { callInOut, callWithPoint, callWithBuffer } = load(callbacks);
    expect(
      callInOut((place) => {
        place!.write('int', place!.read('int') + 1);
      }, 41),
    ).toBe(42);
    const point = { x: 'int32_t', y: 'int32_t' } as const;
    expect(
      callWithPoint(
        (place) => {
          const [x, y] = [place!.read(point.x), place!.read(point.y, 1)];
          place!.write('int32_t', y, 0);
          place!.write('int32_t', x, 1);
        },
        3,
        9,
      ),
    ).toEqual({ x: 9, y: 3 });
    expect(
      callWithBuffer((buffer, size) => {
        for (const [index, letter] of [...'text'].entries()) buffer!.write('char', letter.charCodeAt(0), index);
        return size;
      }),
    ).toBe(16_004);
  });

  test('are arrays where an annotation says how long, and written back', ({ load }) => {
    const seen: unknown[] = [];
    const result = load(callbacks).callWithArrays((input, output, n) => {
      seen.push([...input!], n);
      for (let i = 0; i < n; i++) output![i] = input![i]! + 1;
    }, 5);
    expect(seen).toEqual([[1, 2, 3, 4, 5], 5]);
    expect(result).toBe(23_456);
  });

  test('are texts where an annotation says so', ({ load }) => {
    let seen: unknown[] = [];
    expect(load(callbacks).callWithTexts((...texts) => ((seen = texts), 3))).toBe(3);
    expect(seen).toEqual(['gr\u00fc\u00dfe', '\u{1f600}', null]);
  });

  test('are handles, and a false ends the enumeration', ({ load }) => {
    const { eachWindow } = load(callbacks);
    const seen: unknown[] = [];
    expect(eachWindow((window, user) => (seen.push([window?.address, user]), seen.length < 3 ? 1 : 0), -5)).toBe(3);
    expect(seen).toEqual([
      [0x10010n, -5],
      [0x10012n, -5],
      [0x10014n, -5],
    ]);
  });
});

describe('a callback\u2019s result', () => {
  test('of any scalar type reaches the DLL', ({ load }) => {
    const all = load(callbacks);
    expect(all.callFloat((value) => value * 3, 0.5)).toBe(0.75);
    expect(all.callDouble((value) => value * 3, 0.1)).toBe((0.1 * 3) / 2);
    expect(all.callInt64((value) => BigInt(value) * 2n, 2n ** 61n)).toBe(2n ** 62n - 1n);
    expect(all.callInt64(() => 0, 1)).toBe(-1);
    expect([all.callInt8((value) => value, -128), all.callUint16((value) => value, 65_535)]).toEqual([-128, 65_535]);
    expect([all.callBool((value) => value, true), all.callBool((value) => value, false)]).toEqual([false, true]);
    let calls = 0;
    all.callVoid(() => {
      calls++;
    }, 5);
    expect(calls).toBe(5);
    const own = all.ownCallback();
    expect(all.callPointer((pointer) => pointer, own)!.address).toBe(own!.address);
    expect(all.callPointer(() => null, own)).toBeNull();
    fc.assert(
      fc.property(
        fc.double({ noNaN: true, min: -1e300, max: 1e300 }),
        (value) => all.callDouble((given) => given, value) === value / 2,
      ),
    );
  });

  test('of a wrong type is an error of the call', ({ load }) => {
    const { callOr, callBool } = load(callbacks) as unknown as Record<
      'callOr' | 'callBool',
      (...args: unknown[]) => unknown
    >;
    expect(() => callOr(() => 'text', 1, 2)).toThrow('ARGUMENT_TYPE');
    expect(() => callOr(() => 2 ** 40, 1, 2)).toThrow('ARGUMENT_RANGE');
    expect(() => callBool(() => 'yes', true)).toThrow('ARGUMENT_TYPE');
    expect(callOr(double, 1, 2)).toBe(2);
  });
});
