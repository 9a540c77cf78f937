import type { RecordedOutcome } from '../baseline/baseline.ts';

/** What was seen of a case: an outcome that a baseline can hold, or one that only a run can have. */
export type Observed = (RecordedOutcome | { readonly kind: 'timed-out' | 'wire-damaged' | 'not-callable' }) & {
  /** The outcome in one line, when it is not a plain return. */
  readonly text?: string;
  /** Where the instruction of a fault lies: `msvcr120.dll+0x1480`. */
  readonly place?: string;
  /** The end of the agent's log, when the agent was lost. */
  readonly log?: readonly string[];
  /** Calls that its process had made before, when it is no plain return. */
  readonly callsBefore?: number;
  /** Whether it came in a fresh process too. */
  readonly confirmed?: boolean;
  /** What was seen first, after other calls, when a fresh process has another outcome. */
  readonly carriedOver?: string;
};
