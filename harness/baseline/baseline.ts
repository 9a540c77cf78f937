import type { Provenance } from '../../protocol/result-record.ts';
import type { Json } from '../compare/json.ts';

/** Raised by one when a reader of the previous shape would misread a file. */
export const BASELINE_SCHEMA = 1;

/** What came of a case, as a baseline holds it. A baseline can itself be a fault or an exit: matching that is a match. */
export type RecordedOutcome =
  | { readonly kind: 'returned'; readonly fields: Readonly<Record<string, Json>> }
  | { readonly kind: 'faulted'; readonly code: number }
  | { readonly kind: 'exited'; readonly code: number | null };

/** One case: a stable id made from the inputs, the inputs, and what Microsoft's code did with them. */
export interface BaselineCase {
  readonly id: string;
  readonly inputs: readonly Json[];
  readonly outcome: RecordedOutcome;
  /** Line in the file, counted from 1; 0 before it is written. */
  readonly line: number;
}

/** The head of a baseline file. */
export interface BaselineHead {
  readonly schema: typeof BASELINE_SCHEMA;
  /** For example `msvcr120.dll/pow`. */
  readonly suite: string;
  /** C prototype the cases were recorded with, or null for a scripted behaviour. */
  readonly prototype: string | null;
  /** Seed of the generator. The values are stored, so it only tells where they came from. */
  readonly seed: number;
  readonly provenance: Provenance;
  /** SHA-256 over the case lines. */
  readonly digest: string;
  /** SHA-256 over the other lines of the head. */
  readonly headDigest: string;
}

export interface Baseline {
  readonly file: string;
  readonly head: BaselineHead;
  readonly cases: readonly BaselineCase[];
}
