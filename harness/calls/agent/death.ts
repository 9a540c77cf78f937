import type { Fault } from '../marshal/outcome.ts';
import type { JournalEntry } from './journal.ts';

/** A process that has died, before anybody has looked for the cause. */
export interface Death {
  /** A call was under way in it, and another thread has crashed: whether that is the call's own doing is open. */
  readonly inCall: boolean;
  readonly fault: Fault | null;
  readonly code: number | null;
  readonly signal: number | null;
  readonly withinMs: number;
  readonly log: readonly string[];
  readonly suspects: readonly JournalEntry[];
}
