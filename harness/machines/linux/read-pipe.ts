import koffi from 'koffi';

const read = koffi.load(null).func('long read(int fd, void *to, size_t bytes)') as (
  fd: number,
  to: Uint8Array,
  bytes: number,
) => number;

/**
 * HOT: whoever waits for an agent looks into its pipes all the time, and mostly in vain. Node's own `readSync` would throw then, which
 * takes ten times as long. Benchmark: sync-add-crowded.
 */
export function readWithoutWaiting(pipe: number, buffer: Uint8Array): number {
  return read(pipe, buffer, buffer.length);
}
