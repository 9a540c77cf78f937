import type { CallPlan } from '../call/plan.ts';
import type { Callbacks } from '../call/callbacks.ts';
import type { Session } from '../session/session.ts';

/** What a bound function needs to know of its agent. */
export interface Caller {
  readonly session: Session;
  readonly callbacks: Callbacks;
  /** Id of the runtime, for outcomes. */
  readonly runtime: string;
  /** Bound of one call in milliseconds, or -1 for none. */
  readonly timeoutMs: number;
  /** Starts another agent when the last one has died, and binds everything again. */
  ensureAlive(): void;
  /** Why a function cannot be called in the present agent, for those that cannot. */
  readonly missing: ReadonlyMap<CallPlan, string>;
  /** Address of the function that frees what a function returns, for those that have one. */
  readonly releasing: ReadonlyMap<CallPlan, bigint>;
  /** Called after each message, when somebody wants log lines tagged with the very call that wrote them. */
  readonly afterCall: (() => void) | undefined;
  /** Number of calls made so far; the next call has this number. */
  calls: number;
}
