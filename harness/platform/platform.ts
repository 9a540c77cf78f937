// Everything that differs between host operating systems. Another host is another file beside linux.ts.

/** Memory of this process that another process maps too. */
export interface Mapping {
  /** Stays the same for the life of the process, also across `attach` and `release`. */
  readonly buffer: ArrayBuffer;
  /** Puts a file of this size behind the buffer. The memory of an earlier one is freed. */
  attach(path: string): void;
  /** Frees the memory. The buffer stays readable and reads as zero, so that a view somebody kept does no harm. */
  release(): void;
}

/** How a wait on the doorbell ended; `gone` means that the other side has no end of the bell open any more: it is dead. */
export type Waited = 'rung' | 'gone' | 'timeout';

/** Doorbells: one to wake the agent, one to be woken, and one for the agent's inspector. */
export interface Doorbells {
  /** Path the agent opens for reading. */
  readonly toAgent: string;
  /** Path the agent opens for writing. */
  readonly toHost: string;
  /** Once the agent has opened its ends: keep one direction per bell, so that the death of either side is heard. Removes the names. */
  settle(): void;
  ring(): void;
  /** Wakes the agent's inspector, whose bell lies beside `toAgent` under the name `inspect`. */
  ringInspector(): void;
  /** Blocks, using no CPU. `timeoutMs` -1 waits for ever. */
  wait(timeoutMs: number): Waited;
  close(): void;
}

/** What has become of a child process, without going through the event loop. */
export type ProcessState =
  | { readonly state: 'running' }
  | { readonly state: 'ended'; readonly code: number | null; readonly signal: number | null }
  | { readonly state: 'unknown' };

/** One host operating system. */
export interface Platform {
  /** Folder of memory-backed files. */
  readonly shareFolder: string;
  /** Creates a file of so many zero bytes with mode 0600, which begins with `head`. */
  createShare(path: string, bytes: number, head: Uint8Array): void;
  /** Address space for such a file. */
  map(bytes: number): Mapping;
  createDoorbells(folder: string): Doorbells;
  /** Creates a named pipe with mode 0600. */
  makePipe(path: string): void;
  processState(pid: number): ProcessState;
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
}
