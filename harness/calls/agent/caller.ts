import type { CallPlan } from '../marshal/plan.ts';
import type { Callbacks } from '../marshal/callbacks.ts';
import type { Death } from './death.ts';
import type { EnvironmentHints } from './environment-hints.ts';
import type { Journal } from './journal.ts';
import type { LateFault } from './late-fault.ts';
import type { Missing } from './missing.ts';
import type { Session } from '../session/session.ts';

/** Deaths of the process that are not the doing of the call which finds them. */
export interface Deaths {
  /**
   * For a call that has lost its agent: the death, unless it is the outcome of that very call.
   * @param status of the frame of that call; NOT_RUN when the process was dead before it
   * @param excluded how many of the newest calls of the journal cannot be the cause: 1 for that very call
   * @param isAnswered whether the message that was sent last has been answered
   */
  deathBehind(status: number, excluded: 0 | 1, isAnswered?: boolean): Death | undefined;
  /**
   * Looks whether the process has died since the last call. It costs one look at the process table.
   * @param isDead when that is known already
   */
  look(isDead?: boolean): void;
  /** Finds out what can be found out, and keeps it. The process is a fresh one afterwards, or none. */
  report(death: Death): void;
  /** Those that nobody has taken. */
  readonly all: readonly LateFault[];
  take(): LateFault[];
}

/** What a bound function needs to know of its agent. */
export interface Caller {
  readonly session: Session;
  readonly callbacks: Callbacks;
  /** Id of the runtime, for outcomes. */
  readonly runtime: string;
  /** Bound of one call in milliseconds, or -1 for none. */
  timeoutMs: number;
  /**
   * Starts another process when the last one has died, or is in doubt and nobody is in the middle of something there, and
   * binds everything again.
   */
  ensureAlive(): void;
  /** Starts another process now. Throws AGENT_BUSY while a call is under way. */
  readonly renew: () => void;
  /** Why a function cannot be called in the present agent, for those that cannot. */
  readonly missing: Map<CallPlan, Missing>;
  /** Called after each message, when somebody wants log lines tagged with the very call that wrote them. */
  readonly afterCall: (() => void) | undefined;
  /** Number of calls made so far; the next call has this number. */
  calls: number;
  /** What it was when the present process began. */
  callsAtBoot: number;
  /** Windows id of the thread that makes the calls. */
  threadId: number;
  readonly journal: Journal;
  readonly lateFaults: Deaths;
  readonly hints: EnvironmentHints;
}

/** Calls that the present process had made before the call with this number. */
export function callsBefore({ callsAtBoot }: Caller, number: number): number {
  return Math.max(0, number - 1 - callsAtBoot);
}

/** Whether a call is under way in the process: one that has called back, or one on a thread of the pool. */
export function isBusy({ callbacks }: Caller, asyncCalls: { readonly size: number }): boolean {
  return callbacks.isRunning || asyncCalls.size > 0;
}

/** After a fault that leaves the process in doubt: no further call is made there, unless one is under way that has to end. */
export function retire(caller: Caller, asyncCalls: { readonly size: number }): void {
  caller.session.taint();
  if (!isBusy(caller, asyncCalls)) caller.session.end();
}
