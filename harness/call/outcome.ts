/** An exception that escaped a call. */
export interface Fault {
  /** NTSTATUS, unsigned. */
  readonly code: number;
  /** For example `STATUS_ACCESS_VIOLATION`, or null for a code with no name here. */
  readonly name: string | null;
  /** Address of the instruction. */
  readonly address: bigint;
  /** The module that holds the instruction and the offset in it, or null when it lies in no module. */
  readonly module: { readonly path: string; readonly offset: bigint } | null;
  /** What was attempted, for an access violation. */
  readonly access: { readonly kind: 'read' | 'write' | 'execute'; readonly address: bigint } | null;
  /** How many bytes behind the end of a guarded buffer the access was, 0 being the first; null when it was elsewhere. */
  readonly overrun: number | null;
  /**
   * The state of the process is in doubt: the stack overflowed, the heap is damaged, or the code that ran is none. The
   * next call is made in another process.
   */
  readonly tainted: boolean;
}

interface Common {
  /** The function, for example `msvcr120.dll!pow`. */
  readonly function: string;
  readonly arguments: readonly unknown[];
  /** Id of the runtime, for example `wine-8.0-x64`. */
  readonly runtime: string;
  /** Wall time of the call, transport included; null in batches and plain calls, where looking at the clock would cost more than the call. */
  readonly durationMs: number | null;
}

/** A call that came to no good end. */
interface Misbehaved extends Common {
  /** Calls that its process had made before this one: 0 in a fresh process, where nothing can have been carried over. */
  readonly callsBefore: number;
}

/** The function returned. Memory behind arguments has been written back into them. */
export interface Returned<R = unknown> extends Common {
  readonly kind: 'returned';
  readonly result: R;
  /** The CRT's errno after the call (it was 0 before), or null when the library does not declare where it is. */
  readonly errno: number | null;
  /** GetLastError() after the call. */
  readonly lastError: number;
  /** The function left another floating-point control word than it found; it was restored. */
  readonly fpuChanged: boolean;
}

/** An exception escaped the function. Memory it had written by then has been written back into the arguments. */
export interface Faulted extends Misbehaved {
  readonly kind: 'faulted';
  readonly fault: Fault;
}

/** The process ended during the call. */
export interface Exited extends Misbehaved {
  readonly kind: 'exited';
  /** Low 8 bits of the exit code, which is all that the host system keeps, or null. */
  readonly code: number | null;
  /** Number of the signal that ended it, or null. */
  readonly signal: number | null;
  /** The end of the agent's log. */
  readonly log: readonly string[];
}

/** The function did not return within the limit; the agent was ended. */
export interface TimedOut extends Misbehaved {
  readonly kind: 'timed-out';
  readonly limitMs: number;
  readonly log: readonly string[];
}

/** The function could not be called at all. */
export interface NotCallable extends Common {
  readonly kind: 'not-callable';
  readonly reason: string;
}

/** What came of one call. */
export type Outcome<R = unknown> = Returned<R> | Faulted | Exited | TimedOut | NotCallable;

/** The outcome as one line. */
export function describeOutcome(outcome: Outcome): string {
  switch (outcome.kind) {
    case 'returned':
      return 'returned';
    case 'faulted':
      return `faulted: ${describeFault(outcome.fault)}`;
    case 'exited':
      return outcome.signal === null
        ? `the process ended with code ${outcome.code === null ? 'unknown' : outcome.code.toString()}`
        : `the process was ended by signal ${outcome.signal.toString()}`;
    case 'timed-out':
      return `did not return within ${outcome.limitMs.toString()} ms`;
    case 'not-callable':
      return `could not be called: ${outcome.reason}`;
  }
}

/** `STATUS_ACCESS_VIOLATION (0xC0000005) reading 0x0 at basics.dll+0x1480`. */
export function describeFault(fault: Fault): string {
  const hex = (value: bigint): string => `0x${value.toString(16)}`;
  const code = `0x${fault.code.toString(16).toUpperCase().padStart(8, '0')}`;
  const kinds = { read: 'reading', write: 'writing', execute: 'executing' };
  const access = fault.access ? ` ${kinds[fault.access.kind]} ${hex(fault.access.address)}` : '';
  const file = fault.module?.path.split('\\').at(-1) ?? '';
  const place = fault.module ? ` at ${file}+${hex(fault.module.offset)}` : ` at ${hex(fault.address)}`;
  const overrun = fault.overrun === null ? '' : `, byte ${fault.overrun.toString()} behind the end of a guarded buffer`;
  return `${fault.name ? `${fault.name} (${code})` : code}${access}${place}${overrun}`;
}
