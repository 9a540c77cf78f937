/** Nobody wakes it: a wait on it is a sleep. */
const sleeper = new Int32Array(new SharedArrayBuffer(4));

/** Sleeps without the event loop. */
export function sleep(milliseconds: number): void {
  Atomics.wait(sleeper, 0, 0, milliseconds);
}
