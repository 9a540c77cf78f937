import { expect, library, test } from 'dllparity';

const crt = library('msvcr120.dll', {
  qsort: 'void qsort(void *base, size_t count, size_t size, int (*compare)(const void *a, const void *b))',
});

test('qsort orders by a TypeScript comparator', ({ load }) => {
  const numbers = Int32Array.of(40, 10, 30, 20);
  load(crt).qsort(numbers, numbers.length, 4, (a, b) => (a?.read('int') ?? 0) - (b?.read('int') ?? 0));
  expect([...numbers]).toEqual([10, 20, 30, 40]);
});

test('the callback runs in the middle of the call, so it sees each comparison', ({ load }) => {
  const seen: string[] = [];
  const words = Buffer.from('pear\0fig\0\0');
  load(crt).qsort(words, 2, 5, (a, b) => {
    seen.push(a?.text() ?? '', b?.text() ?? '');
    return -1;
  });
  expect(seen.slice(0, 2).sort()).toEqual(['fig', 'pear']);
});

test('what a callback throws arrives at the caller', ({ load }) => {
  const { qsort } = load(crt);
  const call = (): void => {
    qsort(Int32Array.of(2, 1), 2, 4, () => {
      throw new Error('no order');
    });
  };
  expect(call).toThrow('no order');
});
