// HOT: one call of a declared function: encode, send, wait, bring back. Benchmarks: sync-add, batch-pow.
import { FRAME } from '../../../protocol/wire/layout.ts';
import { FRAME_FLAG, TO_HOST } from '../../../protocol/wire/messages.ts';
import type { Placement } from '../../types/abi/place-arguments.ts';
import type { DeclaredFunction } from '../../types/declare/library.ts';
import { type CallValues, DECLARED_VALUES } from '../marshal/call-values.ts';
import { exchange, GONE_IN_CALLBACK } from '../marshal/exchange.ts';
import type { Exited, Faulted, NotCallable, Outcome, Returned, TimedOut } from '../marshal/outcome.ts';
import { type CallPlan, strideOf, writeShape } from '../marshal/plan.ts';
import { readFault } from '../marshal/read-fault.ts';
import { copyAllOut } from '../memsync/copy-out.ts';
import type { AfterCall, MakeCallback, Transfer } from '../memsync/transfer.ts';
import { faultOf, hasReturned } from '../session/wire-damage.ts';
import { GONE } from '../session/wire.ts';
import type { AsyncCall, AsyncCalls } from './async-calls.ts';
import { CallError } from './call-error.ts';
import { type Caller, callsBefore, retire } from './caller.ts';
import type { ReturnWatch } from './environment-hints.ts';
import { checkConvention } from './check-convention.ts';
import type { Death } from './death.ts';
import type { Journalled } from './journal.ts';
import { keepArguments } from './keep-arguments.ts';
import { damagedOutcome, endedBefore, lostOutcome } from './lost-outcome.ts';
import { missingByFault } from './missing.ts';
import { throwIfFailed } from './pump.ts';
import { releaseResult } from './release-result.ts';
interface Common {
  readonly function: string;
  readonly arguments: readonly unknown[];
  readonly runtime: string;
  readonly durationMs: number | null;
}

/** What becomes of a call: its result, or its outcome. */
interface Finish<T> {
  /** Whether the duration is wanted. */
  readonly timed: boolean;
  lost(outcome: Exclude<Outcome, Returned>): T;
  returned(frame: number, slotBytes: number, args: readonly unknown[], start: number): T;
}

/** A call as it was encoded. */
interface Sent {
  readonly frame: number;
  readonly slotBytes: number;
  readonly number: number;
  readonly placement: Placement;
  readonly after: AfterCall;
  readonly start: number;
  readonly isAgain: boolean;
}

/** What is to be known of a function to call it. */
export interface Callee {
  readonly declared: DeclaredFunction;
  readonly plan: CallPlan;
  /** @default those of declared types */
  readonly values?: CallValues;
  /** Done last before each call: sees to it that the plan leads to the function. @default it does as long as its library is loaded */
  readonly prepare?: (transfer: Transfer) => void;
  /** What is thrown for a call that did not return. @default CallError */
  readonly error?: (outcome: Exclude<Outcome, Returned>) => Error;
}

/** How a declared function is called, step by step. Made once for each function. */
export class FunctionCall {
  /** For example `msvcr120.dll!pow`. */
  readonly name: string;
  readonly journalled: Journalled;
  private readonly caller: Caller;
  private readonly declared: DeclaredFunction;
  private readonly plan: CallPlan;
  private readonly values: CallValues;
  private readonly prepare: ((transfer: Transfer) => void) | undefined;
  private readonly asyncCalls: AsyncCalls;
  private readonly makeCallback: MakeCallback;
  private readonly watch: ReturnWatch | undefined;
  private readonly forResult: Finish<unknown>;
  private readonly forOutcome: Finish<Outcome>;

  constructor(caller: Caller, { declared, plan, values, prepare, error }: Callee, asyncCalls: AsyncCalls) {
    this.name = `${declared.dll}!${declared.name}`;
    this.journalled = { name: this.name, replay: (args) => this.run(args, this.forOutcome, true) };
    this.caller = caller;
    this.declared = declared;
    this.plan = plan;
    this.values = values ?? DECLARED_VALUES;
    this.prepare = prepare;
    this.asyncCalls = asyncCalls;
    this.makeCallback = caller.callbacks.makeFor(plan.encoding, this.name);
    this.watch = caller.hints.watch(declared);
    this.forResult = {
      timed: false,
      lost: (outcome) => {
        throw error ? error(outcome) : new CallError(outcome);
      },
      returned: (frame, slotBytes, args) => this.resultOf(frame, slotBytes, args),
    };
    this.forOutcome = {
      timed: true,
      lost: (outcome) => outcome,
      returned: (frame, slotBytes, args, start) => this.outcomeOf(frame, slotBytes, args, start),
    };
  }

  /** Calls and returns the result. Throws CallError when the call does not return. */
  result(args: readonly unknown[]): unknown {
    return this.run(args, this.forResult);
  }

  /** Calls and says what came of it. */
  outcome(args: readonly unknown[]): Outcome {
    return this.run(args, this.forOutcome);
  }

  /** The same call, for a thread of the agent. */
  asAsync(args: readonly unknown[]): AsyncCall {
    const { declared, plan, values, prepare, name, journalled, caller } = this;
    return {
      declared,
      plan,
      values,
      prepare,
      timeoutMs: caller.timeoutMs,
      name,
      args,
      journalled,
      common: (list, start) => this.common(list, start),
      outcomeOf: (frame, slotBytes, list, start) => this.outcomeOf(frame, slotBytes, list, start),
    };
  }

  /**
   * Encodes, calls, brings memory back, and hands the frame to `finish` before it is given up.
   * @param isAgain after the agent had died of something else: whatever comes now is the outcome
   */
  private run<T>(args: readonly unknown[], finish: Finish<T>, isAgain = false): T {
    const { caller, plan, values, makeCallback } = this;
    const { session } = caller;
    if (!session.isReady) caller.ensureAlive();
    // Looking at the clock costs as much as encoding the arguments.
    const start = finish.timed ? performance.now() : NaN;
    const missing = caller.missing.size > 0 ? caller.missing.get(plan) : undefined;
    if (missing) return finish.lost({ kind: 'not-callable', ...this.common(args, start), ...missing });
    const mark = session.top;
    const after: AfterCall = { copyBack: [], callbacks: 0 };
    try {
      const placement: Placement = values.placementOf(plan, args);
      const { slotBytes } = placement;
      if (plan.type.variadic) writeShape(session, plan, slotBytes);
      const frame = session.reserve(strideOf(slotBytes, plan.captureBytes));
      const transfer: Transfer = { session, encoding: plan.encoding, makeCallback, after, passed: undefined };
      values.encode(transfer, plan, placement, args, frame);
      this.prepare?.(transfer);
      // Status and errno lie side by side: one store makes them NOT_RUN and 0.
      session.doubles[(frame + FRAME.STATUS) >> 3] = 0;
      const number = ++caller.calls;
      caller.journal.note(this.journalled, args);
      try {
        return this.send({ frame, slotBytes, number, placement, after, start, isAgain }, args, finish);
      } catch (error) {
        return this.lostToDamage(error, args, finish, start, number);
      }
    } finally {
      if (after.callbacks > 0) caller.callbacks.release(after.callbacks);
      session.top = mark;
    }
  }

  /** Sends an encoded call, and takes what comes of it. */
  private send<T>(sent: Sent, args: readonly unknown[], finish: Finish<T>): T {
    const { caller, plan } = this;
    const { session } = caller;
    const { generation } = session;
    const { frame, after, start } = sent;
    const answer = exchange(session, caller.callbacks, plan.index, frame, 1, caller.timeoutMs);
    caller.afterCall?.();
    if (answer === GONE && !sent.isAgain) {
      const death = caller.lateFaults.deathBehind(session.words[(frame + FRAME.STATUS) >> 2] ?? 0, 1);
      if (death) return this.again(death, args, finish);
    }
    // Before memory is brought back: what is damaged here may be so there.
    const isReturned = answer === TO_HOST.RETURNED && hasReturned(session, frame);
    if (after.copyBack.length > 0 && answer !== GONE_IN_CALLBACK) copyAllOut(after);
    const lost = answer === TO_HOST.RETURNED ? undefined : this.lose(answer, generation, args, sent);
    // What a callback threw comes first: the DLL went on with a made-up result, and what followed is its consequence.
    const thrown = caller.callbacks.takeError();
    if (thrown) throw thrown.error;
    if (lost) return finish.lost(lost);
    if (!isReturned) return finish.lost(this.fault(args, sent));
    const { slotBytes, placement } = sent;
    if (plan.pointerBytes === 4 && this.values.checksConvention)
      checkConvention(session, plan, placement, frame, this.name);
    return finish.returned(frame, slotBytes, args, start);
  }

  /** What has become of a call that was not answered. */
  private lose(
    answer: number,
    generation: number,
    args: readonly unknown[],
    { start, number }: Sent,
  ): Exited | TimedOut {
    const parts = { ...this.common(args, start), callsBefore: callsBefore(this.caller, number) };
    if (answer === GONE_IN_CALLBACK) return endedBefore(this.caller, generation, parts);
    return lostOutcome(this.caller, answer, parts);
  }

  /** The fault that a call has ended with, which may mean that there is no such function. */
  private fault(args: readonly unknown[], { frame, start, number }: Sent): Faulted | NotCallable {
    const { caller } = this;
    const before = callsBefore(caller, number);
    const fault = readFault(caller.session, faultOf(caller.session, frame));
    if (fault.tainted.length > 0) retire(caller, this.asyncCalls);
    const missing = missingByFault(caller, this.declared, this.plan, fault);
    if (missing) return { kind: 'not-callable', ...this.common(args, start), ...missing };
    return { kind: 'faulted', ...this.common(args, start), callsBefore: before, fault };
  }

  /** The end of a call behind which the shared memory cannot be believed; whatever else was thrown goes on. */
  private lostToDamage<T>(
    error: unknown,
    args: readonly unknown[],
    finish: Finish<T>,
    start: number,
    number: number,
  ): T {
    const parts = { ...this.common(args, start), callsBefore: callsBefore(this.caller, number) };
    const lost = damagedOutcome(this.caller, error, parts);
    const thrown = this.caller.callbacks.takeError();
    if (thrown) throw thrown.error;
    return finish.lost(lost);
  }

  /** The process had died, and not of this call: it is made in a fresh one. */
  private again<T>(death: Death, args: readonly unknown[], finish: Finish<T>): T {
    this.caller.session.end();
    if (death.inCall) {
      const restore = keepArguments(args);
      const probe = this.run(args, this.forOutcome, true);
      // Dead once more, and this time nobody else was there.
      if (probe.kind === 'exited') return finish.lost(probe);
      restore();
    }
    this.caller.lateFaults.report(death);
    return this.run(args, finish, true);
  }

  private resultOf(frame: number, slotBytes: number, args: readonly unknown[]): unknown {
    const { session } = this.caller;
    this.watch?.(
      session.words[(frame + FRAME.INTEGER) >> 2] ?? 0,
      session.unsigned[(frame + FRAME.LAST_ERROR) >> 2] ?? 0,
    );
    const result = this.values.decode(session, this.plan, frame, slotBytes, args);
    if (this.plan.frees.result === undefined) return result;
    releaseResult(session, this.plan, frame);
    // The function that frees may call back too.
    throwIfFailed(this.caller.callbacks);
    return result;
  }

  private outcomeOf(frame: number, slotBytes: number, args: readonly unknown[], start: number): Outcome {
    const { view } = this.caller.session;
    const errno = this.declared.library.errno === undefined ? null : view.getInt32(frame + FRAME.ERRNO, true);
    const lastError = view.getUint32(frame + FRAME.LAST_ERROR, true);
    const fpuChanged = (view.getInt32(frame + FRAME.FLAGS, true) & FRAME_FLAG.FPU_CHANGED) !== 0;
    const result = this.resultOf(frame, slotBytes, args);
    return { kind: 'returned', ...this.common(args, start), result, errno, lastError, fpuChanged };
  }

  private common(args: readonly unknown[], start: number): Common {
    return {
      function: this.name,
      arguments: args,
      runtime: this.caller.runtime,
      durationMs: Number.isNaN(start) ? null : performance.now() - start,
    };
  }
}
