// Callbacks that a DLL keeps, in structs, or calls from threads of its own.
import { describe, expect, library, struct, test } from 'dllparity';

const operations = struct('operations', {
  add: 'int (*)(int a, int b)',
  scale: 'double (*)(double value, void *user)',
  user: 'void *',
  step: 'int (__stdcall *)(int value, int by)',
});

const callbacks = library(
  'callbacks.dll',
  {
    runOperations: 'double run_operations(const operations *operations, int value)',
    filterImage:
      'void filter_image(_In_reads_(width * height) const int16_t *image, _Out_writes_(width * height) int16_t *result, int width, int height, int16_t (*filter)(_In_reads_(n) const int16_t *window, int n))',
    callWithArrays:
      'int64_t call_with_arrays(void (*callback)(_In_reads_(n) const int16_t *in, _Out_writes_(n) int64_t *out, int n), int n)',
    callWithTexts: 'int call_with_texts(int (*callback)(_In_z_ const char *text, _In_z_ const wchar_t *wide))',
    keep: 'void keep_callback(int (*callback)(int))',
    callKept: 'int call_kept(int value)',
    ownCallback: 'void *own_callback(void)',
  },
  { types: { operations } },
);

const threads = library('threads.dll', {
  callFromThread: 'int call_from_thread(int (*callback)(int), int first, int rounds)',
  startLater: 'int start_later(int (*callback)(int), int rounds, unsigned pause)',
  endLater: 'int end_later(void)',
});

describe('what a callback is given', () => {
  test('is an array, where an annotation says how long', ({ load }) => {
    const { filterImage } = load(callbacks);
    const image = [0, 0, 0, 0, 90, 0, 0, 0, 0];
    const result = image.map(() => 0);
    filterImage(image, result, 3, 3, (window) => {
      const sum = window!.reduce((all, pixel) => all + pixel, 0);
      return Math.trunc(sum / window!.length);
    });
    expect(result).toEqual(image.map(() => 10));
  });

  test('goes back to the DLL, where it is written to', ({ load }) => {
    const sum = load(callbacks).callWithArrays((input, output, n) => {
      for (let i = 0; i < n; i++) output![i] = 2 * Number(input![i]);
    }, 3);
    expect(sum).toBe(246);
  });

  test('is text, where an annotation says so', ({ load }) => {
    const seen: unknown[] = [];
    load(callbacks).callWithTexts((text, wide) => seen.push(text, wide));
    expect(seen).toEqual(['grüße', '😀']);
  });
});

test('functions may be members of a struct', ({ load }) => {
  const { runOperations } = load(callbacks);
  const add = (a: number, b: number): number => a + b;
  expect(runOperations({ add, step: (value: number, by: number) => value * by }, 10)).toBe(11 + 70_000);
});

describe('a callback that outlives its call', () => {
  test('is registered, and released', ({ load, agent }) => {
    const { keep, callKept } = load(callbacks);
    using callback = agent.callback('int (*)(int)', (value) => 2 * value);
    keep(callback.pointer);
    expect(callKept(21)).toBe(42);
    keep(null);
  });

  test('is an error otherwise, and the DLL gets 0', ({ load }) => {
    const { keep, callKept } = load(callbacks);
    keep((value) => 2 * value);
    expect(() => callKept(21)).toThrow('CALLBACK_EXPIRED');
    keep(null);
  });
});

test('a function of the DLL is called by its pointer', ({ load, agent }) => {
  expect(agent.bind(load(callbacks).ownCallback(), 'int (*)(int)')(21)).toBe(42);
});

describe('a thread of the DLL calls back', () => {
  test('while a call waits for it', ({ load }) => {
    expect(load(threads).callFromThread((value) => 2 * value, 10, 3)).toBe(66);
  });

  test('while an asynchronous call waits for it', async ({ load }) => {
    expect(await load(threads).callFromThread.async((value) => value, 0, 200)).toBe(19_900);
  });

  test('after the call: pump lets it', ({ load, agent }) => {
    const { startLater, endLater } = load(threads);
    const seen: number[] = [];
    using callback = agent.callback('int (*)(int)', (value) => (seen.push(value), value));
    startLater(callback.pointer, 3, 5);
    const deadline = Date.now() + 8000;
    while (seen.length < 3 && Date.now() < deadline) agent.pump(20);
    expect([seen, endLater()]).toEqual([[0, 1, 2], 3]);
  });
});
