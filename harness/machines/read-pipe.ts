import { readSync } from 'node:fs';

/** How many bytes were there; 0 at the end, when nobody has the pipe open for writing, and -1 when there is nothing yet. */
export function readWithoutWaiting(pipe: number, buffer: Uint8Array): number {
  try {
    return readSync(pipe, buffer);
  } catch {
    return -1;
  }
}
