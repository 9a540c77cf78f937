// Calls with memory behind their arguments, and callbacks: the three cases that zugbruecke publishes, and large buffers.
import { join } from 'node:path';
import type { Agent } from '../../harness/calls/agent/agent.ts';
import { library } from '../../harness/types/declare/library.ts';
import type { Installation } from '../../harness/machines/installation.ts';
import { type Figure, figure, timeEach } from './sample.ts';

/** Ten floats there and back, as a plain array: zugbruecke's second case. */
export function bubblesort(agent: Agent, { referenceDlls }: Installation): Figure {
  const dll = agent.load(
    library(join(referenceDlls, 'memory.dll'), { sort: 'void bubblesort(_Inout_updates_(n) float *values, int n)' }),
  );
  const unsorted = [5.74, 3.72, 6.28, 8.6, 9.34, 6.47, 2.05, 9.09, 4.39, 4.75];
  const run = (): void => {
    const values = [...unsorted];
    dll.sort(values, values.length);
    if ((values[0] ?? 0) > (values[9] ?? 0)) throw new Error('bubblesort did not sort');
  };
  timeEach(20_000, run);
  return figure('memsync-bubblesort-10', timeEach(50_000, run));
}

/** A 3 x 3 image, and a callback for each of its pixels that gets a window of nine values: zugbruecke's third case. */
export function imageFilter(agent: Agent, { referenceDlls }: Installation): Figure {
  const dll = agent.load(
    library(join(referenceDlls, 'callbacks.dll'), {
      filter:
        'void filter_image(const int16_t *image, _Out_ int16_t *result, int width, int height, int16_t (*filter)(_In_reads_(n) const int16_t *window, int n))',
    }),
  );
  const image = Int16Array.from([1, 2, 3, 4, 5, 6, 7, 8, 9]);
  const result = new Int16Array(9);
  const run = (): void => {
    dll.filter(image, result, 3, 3, (window) => (window ? Math.max(...window) : 0));
  };
  timeEach(2_000, run);
  if (result[4] !== 9) throw new Error('the filter did not see its windows');
  return figure('image-filter-9-callbacks', timeEach(10_000, run));
}

const MEBIBYTE = 1 << 20;

/** 1 MiB that the DLL changes: copied in and out, and shared. */
export function bigBuffer(agent: Agent, { referenceDlls }: Installation): Figure[] {
  const dll = agent.load(
    library(join(referenceDlls, 'calls.dll'), { addOne: 'void add_one(uint8_t *bytes, size_t n)' }),
  );
  const own = new Uint8Array(MEBIBYTE);
  const shared = agent.buffer(MEBIBYTE);
  const copied = (): void => {
    dll.addOne(own, MEBIBYTE);
  };
  const inPlace = (): void => {
    dll.addOne(shared.bytes, MEBIBYTE);
  };
  timeEach(20, copied);
  timeEach(20, inPlace);
  const figures = [
    figure('buffer-1mib-copied', timeEach(300, copied)),
    figure('buffer-1mib-shared', timeEach(300, inPlace)),
  ];
  shared.release();
  return figures;
}

/** 100,000 calls with memory and a callback each: fails when this process grows by more than noise. */
export function manyCalls(agent: Agent, { referenceDlls }: Installation): Figure {
  const dll = agent.load(
    library(join(referenceDlls, 'basics.dll'), {
      fill: 'void fill_ints(int *numbers, int n)',
      back: 'int call_back(int (*callback)(int), int n)',
    }),
  );
  const numbers = new Int32Array(100);
  const run = (): void => {
    dll.fill(numbers, numbers.length);
    dll.back((n) => n + 1, 1);
  };
  timeEach(10_000, run);
  globalThis.gc?.();
  const before = process.memoryUsage().rss;
  const samples = timeEach(100_000, run);
  globalThis.gc?.();
  const grown = process.memoryUsage().rss - before;
  if (grown > 64 * MEBIBYTE) throw new Error(`100,000 calls grew this process by ${grown.toString()} bytes`);
  return figure('call-with-memory-and-callback', samples);
}
