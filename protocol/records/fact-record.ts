// What `dllparity check --json` writes: one document for one run on one runtime.
import type { KnownDivergenceRecord, RuntimeRecord, Verdict } from './result-record.ts';

/** Raised by one whenever a reader of the previous shape would misread the document. */
export const FACTS_SCHEMA = 1;

/** One thing that is not as a fact asserts. */
export interface FactMismatch {
  /** `return`, `out 2` (memory behind argument 2, counted from 0), `out va0`, `errno`, `lastError`, `the call`. */
  readonly what: string;
  readonly expected: string;
  readonly actual: string;
}

/** A documented fact, tried. */
export interface FactRecord {
  /** As its file has it. Of an entry that could not be read it may be missing: then it is the place, `file:line`. */
  readonly id: string;
  /** As written; empty where the entry could not be read. */
  readonly dll: string;
  readonly function: string;
  readonly verdict: Verdict;
  /** Its file, relative to the current folder where it lies below, and its line. */
  readonly file: string;
  readonly line: number;
  /** Where it is documented. */
  readonly source: string;
  readonly setup?: string;
  /** The source says itself that Wine differs. Absent where it does not. */
  readonly todoWine?: true;
  /** It is about another architecture than the runtime has, and was not tried. */
  readonly isForeign?: true;
  /** The runtime lacks the function, which Windows has. Absent where it does not. */
  readonly isMissing?: true;
  /** The arguments in words; present for what did not match. */
  readonly arguments?: readonly string[];
  readonly mismatches?: readonly FactMismatch[];
  /** Results that its source accepts of old versions of Windows, which are no match. */
  readonly broken?: readonly string[];
  /** Why it could not be tried, or what is wrong with it. */
  readonly reason?: string;
  /** What came of it after other facts, when that was something else than in a fresh process. */
  readonly carriedOver?: string;
  /** The declaration of a known divergence that it falls under. */
  readonly known?: KnownDivergenceRecord;
}

/** All facts of a run. */
export interface CheckRecord {
  readonly schema: typeof FACTS_SCHEMA;
  readonly dllparity: string;
  readonly runtime: RuntimeRecord;
  readonly startedAt: string;
  readonly durationMs: number;
  readonly facts: readonly FactRecord[];
  readonly totals: Readonly<Record<Verdict, number>>;
  /** True when nothing failed the run. */
  readonly ok: boolean;
}
