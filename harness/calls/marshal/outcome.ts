import type { ThreadReport } from '../session/inspect.ts';
import { exitCodeText, statusText } from '../../windows/ntstatus.ts';

/**
 * Why a process is doubtful after a fault from which it was recovered. `not-unwound`: the stack could not be walked, so no
 * destructor and no __finally has run. `stack-overflow`: wherever its functions happened to be. `heap`: raised inside
 * ntdll.dll, which manages the heap, or STATUS_HEAP_CORRUPTION. `no-module`: the instruction lies in no module.
 */
export type Taint = 'not-unwound' | 'stack-overflow' | 'heap' | 'no-module';

/** A function that Wine has by name only: it can be linked to, and not be called. */
export interface WineStub {
  /** File name of the DLL, for example `combase.dll`. */
  readonly dll: string;
  /** Name of the function, for example `RoOriginateError`; `#444` is one without a name, by its ordinal. */
  readonly name: string;
}

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
  /** Which function it was that Wine has by name only, for the exception that Wine raises when one is called; otherwise null. */
  readonly stub: WineStub | null;
  /**
   * Why the state of the process is in doubt after it; empty when it may go on. The next call is made in another process
   * then.
   */
  readonly tainted: readonly Taint[];
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
  /** Exit code, all 32 bits, unsigned; null when a signal ended the process, or nobody could note it. */
  readonly code: number | null;
  /** Number of the signal that ended it, or null. */
  readonly signal: number | null;
  /** The end of the agent's log. */
  readonly log: readonly string[];
}

/** The function did not return within the limit, or has ended its thread and never will; the agent was ended. */
export interface TimedOut extends Misbehaved {
  readonly kind: 'timed-out';
  readonly limitMs: number;
  /** What the thread was doing. Of an asynchronous call it is only known whether it has `exited`. */
  readonly thread: ThreadReport;
  readonly log: readonly string[];
}

/**
 * The DLL, or something that it broke, has written over the memory that host and agent share, so that nothing there can be believed.
 * The agent was ended.
 */
export interface WireDamaged extends Misbehaved {
  readonly kind: 'wire-damaged';
  /** The word that cannot be, by its name in the protocol, for example `HEADER.TO_HOST_FRAME`. */
  readonly word: string;
  /** What was found there, as a signed number. */
  readonly value: number;
  readonly log: readonly string[];
}

/** The function could not be called at all. */
export interface NotCallable extends Common {
  readonly kind: 'not-callable';
  readonly reason: string;
  /** The runtime has the function by name only; otherwise it is not there at all. */
  readonly isStub: boolean;
}

/** What came of one call. */
export type Outcome<R = unknown> = Returned<R> | Faulted | Exited | TimedOut | WireDamaged | NotCallable;

/** The outcome as one line. */
export function describeOutcome(outcome: Outcome): string {
  switch (outcome.kind) {
    case 'returned':
      return 'returned';
    case 'faulted':
      return `faulted: ${describeFault(outcome.fault)}`;
    case 'exited':
      return outcome.signal === null
        ? `the process ended with code ${exitCodeText(outcome.code)}`
        : `the process was ended by signal ${outcome.signal.toString()}`;
    case 'timed-out':
      return describeTimedOut(outcome);
    case 'wire-damaged':
      return `wrote over the memory that it shares with the host: ${outcome.word} is ${outcome.value.toString()}`;
    case 'not-callable':
      return `could not be called: ${outcome.reason}`;
  }
}

/** `did not return within 500 ms: sleeping in NtDelayExecution, called at basics.dll+0x1480`. */
function describeTimedOut({ limitMs, thread: { state, place, systemCall } }: TimedOut): string {
  if (state === 'exited') return 'did not return: it has ended the thread that it ran on';
  const late = `did not return within ${limitMs.toString()} ms`;
  if (state === 'unknown') return late;
  const at = place ? `${systemCall === null ? ' at' : ', called at'} ${describePlace(place)}` : '';
  return `${late}: ${state}${systemCall === null ? '' : ` in ${systemCall}`}${at}`;
}

/** `basics.dll+0x1480`. */
export function describePlace({ path, offset }: { readonly path: string; readonly offset: bigint }): string {
  return `${path.split('\\').at(-1) ?? ''}+0x${offset.toString(16)}`;
}

/** `STATUS_ACCESS_VIOLATION (0xC0000005) reading 0x0 at basics.dll+0x1480`. */
export function describeFault(fault: Fault): string {
  const hex = (value: bigint): string => `0x${value.toString(16)}`;
  const kinds = { read: 'reading', write: 'writing', execute: 'executing' };
  const access = fault.access ? ` ${kinds[fault.access.kind]} ${hex(fault.access.address)}` : '';
  const place = ` at ${fault.module ? describePlace(fault.module) : hex(fault.address)}`;
  const overrun = fault.overrun === null ? '' : `, byte ${fault.overrun.toString()} behind the end of a guarded buffer`;
  const stub = fault.stub ? `, called ${stubText(fault.stub)}` : '';
  return `${statusText(fault.code)}${access}${place}${overrun}${stub}`;
}

/** `combase.dll!RoOriginateError, which Wine has by name only`. */
export function stubText({ dll, name }: WineStub): string {
  return `${dll}!${name}, which Wine has by name only`;
}
