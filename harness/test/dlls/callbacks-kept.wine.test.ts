// Callbacks that throw, that are kept for later, and that do the work of others: sorting, and a filter over an image.
import { describe, expect, test } from 'dllparity';
import { bootForWorker } from '../../vitest/fixtures/test.ts';
import { callbacks } from './callbacks.ts';

const double = (value: number): number => 2 * value;

describe('what a callback throws', () => {
  test('is thrown by the call, when the DLL has finished', ({ load }) => {
    const { stepCallStep, stepsTaken, callOr } = load(callbacks);
    const before = stepsTaken();
    const problem = new RangeError('my own');
    expect(() => stepCallStep(() => { throw problem; })).toThrow(problem); // prettier-ignore
    expect(stepsTaken()).toBe(before + 2);
    expect(callOr(double, 4, 0)).toBe(8);
  });

  test('out of nested calls reaches the outermost', ({ load }) => {
    const { deepen } = load(callbacks);
    const deeper = (depth: number): number => {
      if (depth === 0) throw new Error('at the bottom');
      return deepen(depth, deeper);
    };
    expect(() => deepen(5, deeper)).toThrow('at the bottom');
    expect(deepen(1, () => 0)).toBe(1);
  });

  test('may be caught on the way', ({ load }) => {
    const { callOr } = load(callbacks);
    const outer = (): number => {
      try {
        return callOr(() => { throw new Error('inner'); }, 1, 1); // prettier-ignore
      } catch {
        return 99;
      }
    };
    expect(callOr(outer, 1, 1)).toBe(99);
  });
});

test('a registered callback in place of its pointer is refused, and the pointer named', ({ load, agent }) => {
  using callback = agent.callback('int (*)(int)', double);
  expect(() => load(callbacks).callOr(callback as never, 1, 1)).toThrow(/the `pointer` of an `agent\.callback/);
});

describe('around a callback', () => {
  test('GetLastError() of the DLL is left alone', ({ load }) => {
    const { lastErrorAround, callKept, keep } = load(callbacks);
    expect(lastErrorAround(() => (keep(null), callKept(0)))).toBe(1234);
  });

  test('a fault of the DLL is a fault of the call', ({ load, agent }) => {
    const { generation } = agent;
    const { faultInBetween, callOr } = load(callbacks);
    let called = 0;
    expect(faultInBetween.outcome(() => ++called)).toMatchObject({ kind: 'faulted', fault: { code: 0xc0000005 } });
    expect(called).toBe(1);
    expect(callOr(double, 1, 1)).toBe(2);
    expect(agent.generation).toBe(generation);
  });
});

describe('qsort through a callback', () => {
  test('sorts texts', ({ load }) => {
    const texts = ['pear', 'fig', 'apple', '\u00e4pfel', ''];
    const memory: unknown[] = [...texts];
    const order = (text: { text(): string } | null | undefined): string => text?.text() ?? '';
    load(callbacks).sortTexts(memory as never, memory.length, (a, b) => {
      const [left, right] = [order(a!.read('char *')), order(b!.read('char *'))];
      return left < right ? -1 : left > right ? 1 : 0;
    });
    expect(memory).toEqual([...texts].sort());
  });
});

describe('a filter over an image', () => {
  const filter = (window: readonly (number | bigint | null)[] | null): number => {
    const values = window!.map(Number);
    return Math.trunc(values.reduce((sum, value) => sum + value, 0) / values.length);
  };

  /** The same without a DLL. */
  function filtered(image: readonly number[], width: number, height: number): number[] {
    const at = (x: number, y: number): number =>
      x < 0 || y < 0 || x >= width || y >= height ? 0 : image[y * width + x]!;
    return image.map((_, index) => {
      const [x, y] = [index % width, Math.floor(index / width)];
      return filter([-1, 0, 1].flatMap((dy) => [-1, 0, 1].map((dx) => at(x + dx, y + dy))));
    });
  }

  test('sees the nine values around each pixel', ({ load }) => {
    for (const [width, height] of [
      [3, 3],
      [10, 10],
    ] as const) {
      const image = Array.from({ length: width * height }, (_, index) => (37 * index) % 251);
      const result = image.map(() => 0);
      load(callbacks).filterImage(image, result, width, height, filter);
      expect(result).toEqual(filtered(image, width, height));
    }
  });
});

describe('a kept callback', () => {
  test('that was registered is called by later calls, until it is released', ({ load, agent }) => {
    const { keep, callKept } = load(callbacks);
    const callback = agent.callback('int (*)(int)', double);
    keep(callback.pointer);
    expect([callKept(4), callKept(5)]).toEqual([8, 10]);
    keep(null);
    callback.release();
    expect(callKept(4)).toBe(-1);
  });

  test('that was not registered is answered with 0 after its call, and reported', ({ load }) => {
    const { keep, callKept } = load(callbacks);
    keep(double);
    expect(() => callKept(4)).toThrow('CALLBACK_EXPIRED');
    keep(null);
    expect(callKept(4)).toBe(-1);
  });

  test('that was not registered is no other function that is passed meanwhile', async () => {
    // Of its own: where other files have left one number alone free, the next callback has it again.
    await using agent = await bootForWorker({});
    const { keep, callKeptAnd, callKept, callOr } = agent.load(callbacks);
    const expired = /the callback "callback" that was passed to callbacks\.dll!keep_callback for one call only/;
    keep(double);
    const seen: number[] = [];
    const other = (value: number): number => (seen.push(value), 7);
    expect(() => callKeptAnd(other, 4)).toThrow(expired);
    expect(seen).toEqual([]);
    // Nor one that makes calls itself, nor those of an asynchronous call or a batch.
    expect(() => callOr(() => callKept(4), 1, 1)).toThrow(expired);
    await expect(callKeptAnd.async(other, 4)).rejects.toThrow('CALLBACK_EXPIRED');
    expect(() => callKeptAnd.batch([[other, 4]])).toThrow('CALLBACK_EXPIRED');
    expect(() => callKeptAnd.outcome(other, 4)).toThrow('CALLBACK_EXPIRED');
    expect(() => callKept.columns(Int32Array.of(1, 2))).toThrow('CALLBACK_EXPIRED');
    expect(seen).toEqual([]);
    await keep.async(other);
    expect(() => callKeptAnd(double, 4)).toThrow('CALLBACK_EXPIRED');
    keep(null);
    expect([callKeptAnd(other, 4), seen]).toEqual([-993, [4]]);
  });

  test('that was not registered is reported where the DLL calls it while memory is freed, and while it goes', async () => {
    // Of its own: where another library holds the DLL too, it does not go.
    await using agent = await bootForWorker({});
    const load = agent.load.bind(agent);
    const { keep, makeNumber, callOr } = load(callbacks);
    keep(double);
    expect(() => makeNumber(3)).toThrow('CALLBACK_EXPIRED');
    expect(callOr(double, 1, 0)).toBe(2);
    expect(() => {
      agent.unload(callbacks);
    }).toThrow('CALLBACK_EXPIRED');
    expect(load(callbacks).callOr(double, 1, 0)).toBe(2);
    load(callbacks).keep(null);
    expect(load(callbacks).makeNumber(3)).toEqual([3]);
  });

  test('that was released is no other that is registered then', ({ load, agent }) => {
    const { keep, callKept } = load(callbacks);
    const callback = agent.callback('int (*)(int)', double);
    keep(callback.pointer);
    callback.release();
    using other = agent.callback('int (*)(int)', () => 7);
    expect(() => callKept(4)).toThrow(/that was released/);
    keep(other.pointer);
    expect(callKept(4)).toBe(7);
    keep(null);
  });

  test('that was released is as good as expired', ({ load, agent }) => {
    const { keep, callKept } = load(callbacks);
    const callback = agent.callback('int (*)(int)', double);
    keep(callback.pointer);
    callback.release();
    expect(() => callKept(4)).toThrow('CALLBACK_EXPIRED');
    keep(null);
  });

  test('takes a place of its own: a thousand in turn do not use up the room', ({ load, agent }) => {
    const { keep, callKept, callOr } = load(callbacks);
    for (let i = 0; i < 1000; i++) {
      const callback = agent.callback('int (*)(int)', (value: number) => value + i);
      keep(callback.pointer);
      expect(callKept(1)).toBe(1 + i);
      callback.release();
      expect(callOr((value) => value - i, 0, 0)).toBe(0 - i);
    }
    keep(null);
  });
});
