import type { Verdict } from '../../protocol/records/result-record.ts';

// What the page's script reads. Every string is made visible (visible-text.ts) before it gets here.

/** Small, in the page as JSON. */
export interface ReportData {
  readonly runtimes: readonly string[];
  readonly verdicts: Readonly<
    Record<Verdict, { readonly glyph: string; readonly label: string; readonly fails: boolean }>
  >;
  readonly functions: readonly FunctionData[];
}

export interface FunctionData {
  readonly suite: string;
  readonly dll: string;
  readonly name: string;
  /** By index into `runtimes`; null where the function did not run. */
  readonly totals: readonly (Readonly<Record<Verdict, number>> | null)[];
}

/** One per function, compressed, read when somebody looks. */
export interface FunctionCases {
  readonly prototype: string | null;
  readonly suites: readonly SuiteCases[];
}

export interface SuiteCases {
  /** Index into `runtimes`. */
  readonly runtime: number;
  /** Pairs of name and text. */
  readonly facts: readonly (readonly [string, string])[];
  readonly problem: string | null;
  readonly matches: number;
  readonly cases: number;
  readonly causes: readonly CauseData[];
}

export interface CauseData {
  readonly verdict: Verdict;
  readonly title: string;
  readonly known: {
    /** The name of the declared cause; null where it has none. */
    readonly cause: string | null;
    readonly bug: string;
    readonly url: string | null;
    readonly wine: string;
    readonly place: string;
  } | null;
  readonly cases: readonly CaseData[];
}

export interface CaseData {
  readonly id: string;
  readonly inputs: readonly ValueData[];
  readonly expected: OutcomeData | null;
  readonly actual: OutcomeData | null;
  readonly summary: string;
  readonly ulp: string | null;
  /** `file:line` in the baseline, or null. */
  readonly place: string | null;
  readonly replay: string;
  readonly log: readonly string[];
  /** What a fresh process has to do with it, or null. */
  readonly fresh: string | null;
  /** What versions of Microsoft's DLL did that do not all agree: which ones, and the outcome. Empty where they agree. */
  readonly versions: readonly (readonly [string, string])[];
  /** The same case in other runtimes: index and verdict, null when unknown. */
  readonly elsewhere: readonly (readonly [number, Verdict | null])[];
  /** Number of the first input, for the plot; null when it has none. */
  readonly x: number | null;
}

export interface OutcomeData {
  readonly kind: string;
  readonly text: string;
  readonly fields: readonly ValueData[];
}

export interface ValueData {
  readonly name: string;
  readonly type: string;
  readonly text: string;
  readonly bits?: string;
  /** True for a part of an outcome that differs. */
  readonly differs?: true;
  /** Start and end of what differs in `text`, flat. */
  readonly marks?: readonly number[];
  /** Start and end of what differs in `bits`, flat. */
  readonly bitMarks?: readonly number[];
}
