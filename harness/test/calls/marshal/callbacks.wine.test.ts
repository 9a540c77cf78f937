import { describe, expect, fc, library, test } from 'dllparity';
import { basics, calls, misbehave } from '../../reference-dlls.ts';

const crt = library('msvcrt.dll', {
  qsort: 'void qsort(void *base, size_t number, size_t width, int (__cdecl *compare)(const void *, const void *))',
});

describe('callbacks', () => {
  test('a callback runs in the middle of the call', ({ load }) => {
    const seen: number[] = [];
    const sum = load(basics).callBack((i) => {
      seen.push(i);
      return i * 10;
    }, 4);
    expect([sum, seen]).toEqual([60, [0, 1, 2, 3]]);
  });

  test('qsort sorts integers with a comparator in TypeScript', ({ load }) => {
    const { qsort } = load(crt);
    fc.assert(
      fc.property(fc.array(fc.integer(), { maxLength: 50 }), (numbers) => {
        const memory = Int32Array.from(numbers);
        qsort(memory, memory.length, 4, (a, b) => {
          const [left, right] = [a?.read('int') ?? 0, b?.read('int') ?? 0];
          return left < right ? -1 : left > right ? 1 : 0;
        });
        expect([...memory]).toEqual(numbers.toSorted((a, b) => a - b));
      }),
      { numRuns: 30 },
    );
  });

  test('two callbacks of one call are told apart', ({ load }) => {
    expect(load(calls).callTwo((value) => value + 1, (value) => value + 2, 5)).toBe(6007); // prettier-ignore
  });

  test('a callback gets arguments of all kinds, on the stack too', ({ load }) => {
    const seen: unknown[] = [];
    const result = load(calls).callMany((...args) => {
      seen.push(...args.slice(0, 8), args[8]?.text());
      return -0.125;
    });
    expect(seen).toEqual([-1, 2.5, 2 ** 40, 0.5, -8, -3.25, 65535, 1.75, 'ninth']);
    expect(result).toBe(-0.125);
  });

  test('a callback gets structs, in a register and by address', ({ load }) => {
    const seen: unknown[] = [];
    const result = load(calls).callWithStructs((first, second) => {
      seen.push(first, second);
      return second.weight * second.count;
    });
    expect(seen).toEqual([
      { first: -3, second: 4 },
      { weight: 2.5, count: 3, letter: 120, factor: 0.5 },
    ]);
    expect(result).toBe(7.5);
  });

  test('callbacks nest: DLL, host, DLL, ten deep', ({ load }) => {
    const { nested } = load(basics);
    const dive = (depth: number): number => nested(depth, dive);
    expect(nested(10, dive)).toBe(10);
  });

  test('nesting ends at 64: the 65th callback is answered with 0, and the caller is told', ({ load }) => {
    const { nested } = load(basics);
    let calls = 0;
    const dive = (depth: number): number => {
      calls++;
      return nested(depth, dive);
    };
    expect(() => nested(80, dive)).toThrow(/64/);
    expect(calls).toBe(64);
    expect(nested(3, dive)).toBe(3);
  });

  test('1,024 callbacks in one batch, and more, take several messages', ({ load }) => {
    const batch = load(basics).callBack.batch(Array.from({ length: 2500 }, (_, i) => [() => i, 2] as const));
    for (const i of [0, 1, 1023, 1024, 1025, 2499]) expect(batch.outcome(i)).toMatchObject({ result: 2 * i });
  });

  test('a callback from a thread of the DLL is answered like any other', ({ load }) => {
    let ran = false;
    const answer = load(calls).callFromThread(() => {
      ran = true;
      return 5;
    });
    expect([answer, ran]).toEqual([5, true]);
  });
});

describe('results of callbacks', () => {
  for (const [name, ...values] of [
    ['callInt8', -128, -1, 0, 127],
    ['callUint8', 0, 128, 255],
    ['callInt16', -32768, -1, 32767],
    ['callUint16', 0, 65535],
    ['callInt32', -2147483648, -1, 2147483647],
    ['callUint32', 0, 4294967295],
    ['callFloat', -1.5, Infinity, 1.401298464324817e-45],
    ['callDouble', -0, 5e-324, -Infinity, 0.1],
  ] as const) {
    test(`${name.slice(4)} goes to the callback and comes back`, ({ load }) => {
      const call = load(calls)[name];
      for (const value of values) {
        const seen: number[] = [];
        expect(call((argument) => (seen.push(argument), argument), value)).toBe(value);
        expect(seen).toEqual([value]);
      }
    });
  }

  test('64-bit integers go to the callback and come back', ({ load }) => {
    const { callInt64, callUint64 } = load(calls);
    for (const value of [-(2n ** 63n), 2n ** 63n - 1n]) expect(callInt64((argument) => argument, value)).toBe(value);
    expect(callUint64((argument) => argument, 2n ** 64n - 1n)).toBe(2n ** 64n - 1n);
    expect(callInt64((argument) => argument, -5)).toBe(-5);
  });

  test('a bool goes to the callback and comes back', ({ load }) => {
    expect([true, false].map((value) => load(calls).callBool((argument) => !argument, value))).toEqual([false, true]);
  });

  test('a pointer goes to the callback and comes back', ({ load }) => {
    const memory = new Int32Array([7]);
    const result = load(calls).callPointer((pointer) => {
      expect(pointer?.read('int')).toBe(7);
      return pointer;
    }, memory);
    expect(result?.read('int')).toBe(7);
    expect(load(calls).callPointer(() => null, memory)).toBeNull();
  });

  test('a callback without result may return anything', ({ load }) => {
    let seen = 0;
    load(calls).callVoid((value) => {
      seen = value;
    }, 9);
    expect(seen).toBe(9);
  });

  test('a result of the wrong type is an error that names the callback', ({ load }) => {
    expect(() => load(basics).callBack(() => 'no' as never, 1)).toThrow(
      /the result of the callback callback.* needs a number, not the string "no"/,
    );
  });
});

describe('a callback that throws', () => {
  test('its error reaches the caller, and the next call works', ({ load }) => {
    const { callBack } = load(basics);
    const error = new Error('from the callback');
    let calls = 0;
    const call = (): unknown =>
      callBack(() => {
        calls++;
        throw error;
      }, 5);
    expect(call).toThrow(error);
    expect(calls).toBe(1);
    expect(callBack((i) => i, 3)).toBe(3);
  });

  test('in a nested call it can be caught by the callback around it', ({ load }) => {
    const { callBack } = load(basics);
    const result = callBack(() => {
      try {
        return callBack(() => {
          throw new Error('inner');
        }, 1);
      } catch {
        return 7;
      }
    }, 2);
    expect(result).toBe(14);
  });

  test('in a nested call it surfaces at the outermost one', ({ load }) => {
    const { nested } = load(basics);
    const dive = (depth: number): number => {
      if (depth === 0) throw new Error('at the bottom');
      return nested(depth, dive);
    };
    expect(() => nested(6, dive)).toThrow('at the bottom');
  });

  test('in a batch it ends the batch with its error', ({ load }) => {
    const { callBack } = load(basics);
    const bad = (): number => {
      throw new Error('in a batch');
    };
    expect(() => callBack.batch([[() => 1, 1], [bad, 1], [() => 1, 1]])).toThrow('in a batch'); // prettier-ignore
    expect(callBack(() => 1, 1)).toBe(1);
  });
});

describe('faults and ends inside callbacks', () => {
  test('a fault in a call of the callback is that call’s own', ({ load }) => {
    const { callBack } = load(basics);
    const { crashRead } = load(misbehave);
    const kinds: string[] = [];
    const sum = callBack((i) => {
      kinds.push(crashRead.outcome(0).kind);
      return i;
    }, 3);
    expect([sum, kinds]).toEqual([3, ['faulted', 'faulted', 'faulted']]);
  });

  test('a call of the callback that ends the process ends the calls around it, and the next call works', ({ load, agent }) => {
    const { callBack, add } = load(basics);
    const { endProcess, countUp } = load(misbehave);
    const { generation } = agent;
    const kinds: string[] = [];
    const outer = callBack.outcome(() => {
      kinds.push(endProcess.outcome(9).kind);
      expect(countUp()).toBe(1); // in another agent already
      return 1;
    }, 2);
    expect(kinds).toEqual(['exited']);
    expect(outer).toMatchObject({ kind: 'exited', code: 9 });
    expect(add(1, 2)).toBe(3);
    expect(agent.generation).toBe(generation + 1);
  }); // prettier-ignore

  test('an error of a callback is not kept for a later call when the call is lost', ({ load }) => {
    const { callBack } = load(basics);
    const { endProcess } = load(misbehave);
    expect(() =>
      callBack(() => {
        endProcess.outcome(1);
        throw new Error('after the end');
      }, 1),
    ).toThrow('after the end');
    expect(callBack(() => 4, 1)).toBe(4);
  });
});
