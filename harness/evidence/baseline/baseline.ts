import type { Provenance } from '../../../protocol/records/result-record.ts';
import type { Json } from '../compare/json.ts';

/** Raised by one when a reader of the previous shape would misread a file. */
export const BASELINE_SCHEMA = 1;

/** What came of a case, as a baseline holds it. A baseline can itself be a fault or an exit: matching that is a match. */
export type RecordedOutcome =
  | { readonly kind: 'returned'; readonly fields: Readonly<Record<string, Json>> }
  | { readonly kind: 'faulted'; readonly code: number }
  | { readonly kind: 'exited'; readonly code: number | null };

export type Architecture = Provenance['architecture'];

/** One case: a stable id made from the inputs, the inputs, and what Microsoft's code did with them. */
export interface BaselineCase {
  readonly id: string;
  readonly inputs: readonly Json[];
  readonly outcome: RecordedOutcome;
  /** Line in the file, counted from 1; 0 before it is written. */
  readonly line: number;
  /** The file, where it is not that of the baseline: a case that came out as on another architecture stands in its file. */
  readonly file?: string;
}

/**
 * What a file of differences leaves to another baseline: that of another architecture, or of the first version of the DLL.
 * All cases were recorded on both: those that came out alike are not written twice.
 */
export interface SameAs {
  readonly architecture: Architecture;
  /** `digest` of the other baseline. */
  readonly digest: string;
  /** How many of its cases came out the same. */
  readonly cases: number;
  /** Ids of its cases that were not recorded on this architecture. */
  readonly without: readonly string[];
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
  /** In a file of differences. */
  readonly sameAs?: SameAs | undefined;
  /** SHA-256 over the case lines of the file; with cases that stand in another file, over its digest and the other's. */
  readonly digest: string;
  /** SHA-256 over the other lines of the head. */
  readonly headDigest: string;
}

export interface Baseline {
  readonly file: string;
  readonly head: BaselineHead;
  readonly cases: readonly BaselineCase[];
}
