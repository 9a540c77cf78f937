// Everything that differs between host operating systems. Another host is another file beside linux.ts.

/** Address space of this process that memory of `createMemory` is put into. */
export interface Mapping {
  /** Stays the same for the life of the process, also across `attach` and `release`. */
  readonly buffer: ArrayBuffer;
  /** Puts memory of this size behind the buffer, in place of what was there. */
  attach(memory: number): void;
  /** Gives the memory up. The buffer stays readable and reads as zero, so that a view somebody kept does no harm. */
  release(): void;
}

/**
 * A pipe without a name, of which another process gets one end by inheritance; it opens what else it needs through that. Descriptors
 * of this process are its own: no other process can make them block.
 */
export interface SharedPipe {
  /** Reads without blocking. */
  readonly read: number;
  /** Writes without blocking. */
  readonly write: number;
  /** The end that is handed down, a reading one; to be closed here once that is done. */
  readonly inherited: number;
}

/** Waits for any of several descriptors to have something to read. */
export interface Poller {
  /**
   * Blocks, using no processor. `timeoutMs` -1 waits for ever.
   *
   * @returns a bit for each descriptor, the lowest for the first: it can be read, or has no writer any more; 0 when the time was up, and -1
   * when a signal came in between
   */
  wait(timeoutMs: number): number;
  /** Leaves a descriptor out from now on, or puts it back in. */
  watch(index: number, isWatched: boolean): void;
}

/** What has become of a child process, without going through the event loop. */
export type ProcessState =
  | { readonly state: 'running' }
  | { readonly state: 'ended'; readonly code: number | null; readonly signal: number | null }
  | { readonly state: 'unknown' };

/** One host operating system. */
export interface Host {
  /**
   * Memory that other processes map by this descriptor: all zero, and of a size that nobody can change, so that reading it cannot
   * fail.
   */
  createMemory(bytes: number): number;
  /** Makes such memory all zero again, and gives its pages back to the system. */
  clearMemory(memory: number, bytes: number): void;
  /** Address space for such memory. */
  map(bytes: number): Mapping;
  /** `bytes` is how many it should hold before writers wait. @default what the system gives, 64 KiB mostly */
  createPipe(bytes?: number): SharedPipe;
  /** Opens a pipe by one of its descriptors, for writing without blocking. */
  openWriter(pipe: number): number;
  createPoller(descriptors: readonly number[]): Poller;
  /**
   * Reads from a pipe that does not block.
   *
   * @returns how many bytes were there; 0 at the end, when nobody has the pipe open for writing, and -1 when there is nothing yet
   */
  readWithoutWaiting(pipe: number, buffer: Uint8Array): number;
  processState(pid: number): ProcessState;
  /** Whether a process, or a thread of it, was stopped by a signal or a debugger, and does nothing. */
  isStopped(pid: number): boolean;
  /** Ids of the processes that a process has started and that have not been reaped. */
  childrenOf(pid: number): readonly number[];
  /** The same, with theirs and so on. */
  descendantsOf(pid: number): readonly number[];
  /** Ids of the running processes with this `NAME=value` in their environment. */
  processesWith(variable: string): readonly number[];
  /** The words of a process, each with a NUL behind it; empty when it has ended. */
  commandLine(pid: number): string;
  /** CPU model and instruction-set extensions, as the system reports them. */
  cpu(): { readonly model: string; readonly features: readonly string[] };
  /** Removes these files and folders when this process has ended, however it ends. What has been renamed by then stays. */
  removeAtExit(paths: readonly string[]): void;
}
