// What a differential run says while it runs: the worker that makes the calls appends lines to a file, and the command reads them.
import { appendFileSync } from 'node:fs';
import type { Cause } from './cause.ts';

/** A suite that could take part, found while test files were only read. */
export interface SuiteEvent {
  readonly event: 'suite';
  readonly suite: string;
}

/** A suite that takes part. When all do, the run has begun. */
export interface ReadyEvent {
  readonly event: 'ready';
  readonly suite: string;
}

export interface BegunEvent {
  readonly event: 'begun';
}

/** A portion of cases that is about to be made: should the worker die, this is where it was. */
export interface PortionEvent {
  readonly event: 'portion';
  readonly suite: string;
  readonly seed: number;
  readonly cases: number;
}

/** How far a suite has come. */
export interface ProgressEvent {
  readonly event: 'progress';
  readonly suite: string;
  readonly cases: number;
  readonly ms: number;
}

/** A cause that was confirmed. What a program in C says of it is still to come. */
export interface FoundEvent {
  readonly event: 'found';
  readonly suite: string;
  readonly id: string;
}

export interface CauseEvent {
  readonly event: 'cause';
  readonly cause: Cause;
  readonly shown: ShownCause;
  /** The file of the corpus. */
  readonly file: string;
  /** The program in C. */
  readonly source: string | undefined;
}

/** A cause as a person reads it. */
export interface ShownCause {
  readonly inputs: string;
  readonly a: string;
  readonly b: string;
  readonly difference: string;
  readonly script: string;
}

/** A cause of the corpus, run again. */
export interface ReplayedEvent {
  readonly event: 'replayed';
  readonly suite: string;
  readonly id: string;
  readonly state: 'there' | 'gone';
}

/** A difference that is no evidence. */
export interface DroppedEvent {
  readonly event: 'dropped';
  readonly suite: string;
  readonly why: string;
  readonly inputs: string;
}

export interface DoneEvent {
  readonly event: 'done';
  readonly suite: string;
  /** Generated cases, and those in which the sides differed. */
  readonly cases: number;
  readonly differing: number;
  readonly causes: number;
  readonly ms: number;
  /** Differences whose cause there was no time to look for. */
  readonly left: number;
  /** Why there was nothing to compare. */
  readonly note?: string;
}

/** One case, on one runtime and with one DLL. */
export interface ReportedRun {
  readonly runtime: string;
  readonly architecture: 'x64' | 'ia32';
  readonly dll: 'native' | 'builtin';
  /** What Wine it is, in its own words. */
  readonly build: string;
  /** Whose DLL it is, of a native one. */
  readonly provenance: string | undefined;
  readonly outcome: string;
  /** What the program in C prints. */
  readonly printed: string | undefined;
  /** Whether the outcome is Microsoft's. */
  readonly isSame: boolean;
}

/** All that a report about a case says. */
export interface CaseReport {
  readonly suite: string;
  readonly id: string;
  readonly prototype: string | null;
  readonly inputs: readonly { readonly name: string; readonly type: string; readonly text: string }[];
  readonly runs: readonly ReportedRun[];
  readonly program: string | undefined;
  /** Why there is no program. */
  readonly noProgram: string | undefined;
  readonly script: string;
}

export interface ReportEvent {
  readonly event: 'report';
  readonly report: CaseReport;
}

export type RunEvent =
  | SuiteEvent
  | ReadyEvent
  | BegunEvent
  | PortionEvent
  | ProgressEvent
  | FoundEvent
  | CauseEvent
  | ReplayedEvent
  | DroppedEvent
  | DoneEvent
  | ReportEvent;

/** Appends to the file. Whole lines: the reader may look at any time. */
export function tellIn(file: string): (event: RunEvent) => void {
  return (event) => appendFileSync(file, `${JSON.stringify(event)}\n`);
}
