import { describe, expect, test as base } from 'dllparity';
import { bootForWorker } from '../../../vitest/fixtures/test.ts';
import { basics, calls } from '../../reference-dlls.ts';

/** An agent with the smallest heap there is: 1 MiB, most of it taken by tables. */
const test = base.extend('small', { scope: 'file' }, async ({ config }, { onCleanup }) => {
  const agent = await bootForWorker({ ...config, heapBytes: 1 << 20 });
  onCleanup(() => agent.close());
  return agent;
});

describe('a small heap', () => {
  test('takes a batch whose frames are larger than it', ({ small }) => {
    const batch = small.load(basics).add.batch(Array.from({ length: 30_000 }, (_, i) => [i, i] as const));
    for (const i of [0, 4999, 9999, 10_000, 20_000, 29_999]) expect(batch.outcome(i)).toMatchObject({ result: 2 * i });
  });

  test('takes a batch whose strings are larger than it', ({ small }) => {
    const texts = Array.from({ length: 500 }, (_, i) => 'x'.repeat(i * 20));
    const batch = small.load(basics).length.batch(texts.map((text) => [text]));
    texts.forEach((text, i) => expect(batch.outcome(i)).toMatchObject({ result: text.length }));
  });

  test('takes a batch whose buffers are larger than it, and brings all of them back', ({ small }) => {
    const buffers = Array.from({ length: 300 }, (_, i) => new Uint8Array(10_000).fill(i));
    small.load(calls).addOne.batch(buffers.map((buffer) => [buffer, buffer.length]));
    buffers.forEach((buffer, i) => expect(buffer.every((byte) => byte === ((i + 1) & 0xff))).toBe(true));
  });

  test('takes a batch whose larger structs need room of their own', ({ small }) => {
    const batch = small.load(calls).makeRecord.batch(Array.from({ length: 20_000 }, (_, i) => [i, i, 1, 2] as const));
    for (const i of [0, 9999, 19_999]) expect(batch.outcome(i)).toMatchObject({ result: { weight: i, count: i } });
  });

  test('refuses one case that does not fit, with the figures', ({ small }) => {
    const { sumBytes } = small.load(calls);
    expect(() => sumBytes.batch([[new Uint8Array(10), 1], [new Uint8Array(1 << 20), 1]])).toThrow(/needed 1,048,576 bytes, free [\d,]+ bytes/); // prettier-ignore
    expect(() => sumBytes(new Uint8Array(1 << 20), 1)).toThrow('Raise `heapBytes`');
    expect(sumBytes(new Uint8Array([3]), 1)).toBe(3);
  });

  test('gives back what a call took, ten thousand times', ({ small }) => {
    const { sumBytes } = small.load(calls);
    const bytes = new Uint8Array(100_000).fill(1);
    for (let i = 0; i < 10_000; i++) if (sumBytes(bytes, 10) !== 10) expect.fail();
  });
});
