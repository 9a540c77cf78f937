// HOT: a declared function as something to call. Benchmarks: sync-add, batch-pow.
import { FRAME } from '../../../protocol/wire/layout.ts';
import { FRAME_FLAG, TO_HOST } from '../../../protocol/wire/messages.ts';
import type { Placement } from '../../types/abi/place-arguments.ts';
import { decodeResult } from '../marshal/decode-result.ts';
import { encodeArguments, placementOf } from '../marshal/encode-arguments.ts';
import { exchange, GONE_IN_CALLBACK } from '../marshal/exchange.ts';
import { faultOf, hasReturned } from '../session/wire-damage.ts';
import { GONE } from '../session/wire.ts';
import { describeOutcome, type Exited, type Outcome, type TimedOut } from '../marshal/outcome.ts';
import { type CallPlan, strideOf, writeShape } from '../marshal/plan.ts';
import { readFault } from '../marshal/read-fault.ts';
import type { ColumnFor, ColumnsGiven } from '../../types/declare/column-types.ts';
import type { DeclaredFunction } from '../../types/declare/library.ts';
import { DllparityError } from '../../base/errors.ts';
import type { AfterCall, Transfer } from '../memsync/transfer.ts';
import { bringAllBack } from '../memsync/copy-out.ts';
import type { AsyncCalls } from './async-calls.ts';
import type { Batch } from './batch.ts';
import { type Confirmed, confirmCall } from './confirm-call.ts';
import { type Caller, callsBefore, retire } from './caller.ts';
import { argumentLists, type CaseSource } from './case-source.ts';
import { checkConvention } from './check-convention.ts';
import type { Columns } from './columns.ts';
import type { Journalled } from './journal.ts';
import { successful, throwsOnFailure } from './failed-hresult.ts';
import { keepArguments } from './keep-arguments.ts';
import type { Death } from './death.ts';
import { damagedOutcome, endedBefore, lostOutcome } from './lost-outcome.ts';
import { missingByFault } from './missing.ts';
import { throwIfFailed } from './pump.ts';
import { releaseResult } from './release-result.ts';
import { runBatch } from './run-batch.ts';
import { runColumns } from './run-columns.ts';

/** Makes the cases of a batch, knowing where they go. */
export type SourceMaker = (caller: Caller, plan: CallPlan) => CaseSource;

/** How the harness itself runs a batch whose cases are not lists of arguments. */
export const batchFrom: unique symbol = Symbol('dllparity.batchFrom');

type AnyFunction = (...args: never[]) => unknown;

/** A function of a DLL, ready to be called from TypeScript as if it were local. `C` is what its results are as a column. */
export type BoundFunction<F, C = unknown> = F extends AnyFunction
  ? F & {
      /** Calls and says what came of it. A DLL's misbehaviour is in the outcome; only a wrong call throws. */
      outcome(...args: Parameters<F>): Outcome<ReturnType<F>>;
      /**
       * As `outcome`; a call that goes wrong in a process in which others were made is made again in a fresh one, and that
       * outcome counts. Throws AGENT_BUSY in a callback, and while an asynchronous call is under way.
       */
      confirmed(...args: Parameters<F>): Confirmed<ReturnType<F>>;
      /** Calls once for each list of arguments, all in a few messages. Results come in the same order. */
      batch(cases: readonly Parameters<F>[]): Batch<ReturnType<F>>;
      /**
       * Calls once for each row: an array or one value for each parameter, and an array of results. Where all are numbers, the
       * calls are made by a loop in the agent.
       */
      columns(...columns: ColumnsGiven<Parameters<F>>): Columns<ColumnFor<F, C>>;
      /** Calls on a thread of its own in the agent, while this program goes on. Rejects where the plain call throws. */
      async(...args: Parameters<F>): Promise<ReturnType<F>>;
      /** As `async`, with what came of the call instead of its result: GetLastError and errno are those of its thread. */
      asyncOutcome(...args: Parameters<F>): Promise<Outcome<ReturnType<F>>>;
      readonly declaration: DeclaredFunction<F>;
      /** @internal */
      [batchFrom](source: SourceMaker): Batch<ReturnType<F>>;
    }
  : never;

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
  lost(outcome: Exclude<Outcome, { kind: 'returned' }>): T;
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

export function bindFunction<F>(
  caller: Caller,
  declared: DeclaredFunction<F>,
  plan: CallPlan,
  asyncCalls: AsyncCalls,
): BoundFunction<F> {
  const name = `${declared.dll}!${declared.name}`;
  const { encoding } = plan;
  const makeCallback = caller.callbacks.makeFor(encoding, name);
  const watch = caller.hints.watch(declared);

  const common = (args: readonly unknown[], start: number): Common => ({
    function: name,
    arguments: args,
    runtime: caller.runtime,
    durationMs: Number.isNaN(start) ? null : performance.now() - start,
  });

  const lose = (
    answer: number,
    generation: number,
    args: readonly unknown[],
    start: number,
    before: number,
  ): Exited | TimedOut => {
    const parts = { ...common(args, start), callsBefore: before };
    if (answer === GONE_IN_CALLBACK) return endedBefore(caller, generation, parts);
    return lostOutcome(caller, answer, parts);
  };

  /**
   * Encodes, calls, brings memory back, and hands the frame to `finish` before it is given up.
   * @param isAgain after the agent had died of something else: whatever comes now is the outcome
   */
  const run = <T>(args: readonly unknown[], finish: Finish<T>, isAgain = false): T => {
    const { session } = caller;
    if (!session.isReady) caller.ensureAlive();
    // Looking at the clock costs as much as encoding the arguments.
    const start = finish.timed ? performance.now() : NaN;
    const missing = caller.missing.size > 0 ? caller.missing.get(plan) : undefined;
    if (missing) return finish.lost({ kind: 'not-callable', ...common(args, start), ...missing });
    const mark = session.top;
    const after: AfterCall = { copyBack: [], callbacks: 0 };
    try {
      const placement: Placement = placementOf(plan, args);
      const { slotBytes } = placement;
      if (plan.type.variadic) writeShape(session, plan, slotBytes);
      const frame = session.reserve(strideOf(slotBytes, plan.captureBytes));
      const transfer: Transfer = { session, encoding, makeCallback, after, passed: undefined };
      encodeArguments(transfer, plan, placement, args, frame);
      // Status and errno lie side by side: one store makes them NOT_RUN and 0.
      session.doubles[(frame + FRAME.STATUS) >> 3] = 0;
      const number = ++caller.calls;
      caller.journal.note(journalled, args);
      try {
        return send({ frame, slotBytes, number, placement, after, start, isAgain }, args, finish);
      } catch (error) {
        return lostToDamage(error, args, finish, start, number);
      }
    } finally {
      if (after.callbacks > 0) caller.callbacks.release(after.callbacks);
      session.top = mark;
    }
  };

  /** Sends an encoded call, and takes what comes of it. */
  const send = <T>(
    { frame, slotBytes, number, placement, after, start, isAgain }: Sent,
    args: readonly unknown[],
    finish: Finish<T>,
  ): T => {
    const { session } = caller;
    const { generation } = session;
    const answer = exchange(session, caller.callbacks, plan.index, frame, 1, caller.timeoutMs);
    caller.afterCall?.();
    if (answer === GONE && !isAgain) {
      const death = caller.lateFaults.deathBehind(session.words[(frame + FRAME.STATUS) >> 2] ?? 0, 1);
      if (death) return again(death, args, finish);
    }
    // Before memory is brought back: what is damaged here may be so there.
    const isReturned = answer === TO_HOST.RETURNED && hasReturned(session, frame);
    if (after.copyBack.length > 0 && answer !== GONE_IN_CALLBACK) bringAllBack(after);
    const before = callsBefore(caller, number);
    const lost = answer === TO_HOST.RETURNED ? undefined : lose(answer, generation, args, start, before);
    // What a callback threw comes first: the DLL went on with a made-up result, and what followed is its consequence.
    const thrown = caller.callbacks.takeError();
    if (thrown) throw thrown.error;
    if (lost) return finish.lost(lost);
    if (!isReturned) {
      const fault = readFault(session, faultOf(session, frame));
      if (fault.tainted.length > 0) retire(caller, asyncCalls);
      const missing = missingByFault(caller, declared, plan, fault);
      if (missing) return finish.lost({ kind: 'not-callable', ...common(args, start), ...missing });
      return finish.lost({ kind: 'faulted', ...common(args, start), callsBefore: before, fault });
    }
    if (plan.pointerBytes === 4) checkConvention(session, plan, placement, frame, name);
    return finish.returned(frame, slotBytes, args, start);
  };

  /** The end of a call behind which the shared memory cannot be believed; whatever else was thrown goes on. */
  const lostToDamage = <T>(
    error: unknown,
    args: readonly unknown[],
    finish: Finish<T>,
    start: number,
    number: number,
  ): T => {
    const parts = { ...common(args, start), callsBefore: callsBefore(caller, number) };
    const lost = damagedOutcome(caller, error, parts);
    const thrown = caller.callbacks.takeError();
    if (thrown) throw thrown.error;
    return finish.lost(lost);
  };

  /** The process had died, and not of this call: it is made in a fresh one. */
  const again = <T>(death: Death, args: readonly unknown[], finish: Finish<T>): T => {
    caller.session.end();
    if (death.inCall) {
      const restore = keepArguments(args);
      const probe = run(args, forOutcome, true);
      // Dead once more, and this time nobody else was there.
      if (probe.kind === 'exited') return finish.lost(probe);
      restore();
    }
    caller.lateFaults.report(death);
    return run(args, finish, true);
  };

  const resultOf = (frame: number, slotBytes: number, args: readonly unknown[]): unknown => {
    const { session } = caller;
    watch?.(frame);
    const result = decodeResult(session, plan, frame, slotBytes, args);
    if (plan.frees.result === undefined) return result;
    releaseResult(session, plan, frame);
    // The function that frees may call back too.
    throwIfFailed(caller.callbacks);
    return result;
  };

  const outcomeOf = (frame: number, slotBytes: number, args: readonly unknown[], start: number): Outcome => {
    const { view } = caller.session;
    const errno = declared.library.errno === undefined ? null : view.getInt32(frame + FRAME.ERRNO, true);
    const lastError = view.getUint32(frame + FRAME.LAST_ERROR, true);
    const fpuChanged = (view.getInt32(frame + FRAME.FLAGS, true) & FRAME_FLAG.FPU_CHANGED) !== 0;
    const result = resultOf(frame, slotBytes, args);
    return { kind: 'returned', ...common(args, start), result, errno, lastError, fpuChanged };
  };

  const forResult: Finish<unknown> = {
    timed: false,
    lost: (outcome) => {
      throw new CallError(outcome);
    },
    returned: resultOf,
  };

  const forOutcome: Finish<Outcome> = { timed: true, lost: (outcome) => outcome, returned: outcomeOf };

  const journalled: Journalled = { name, replay: (args) => run(args, forOutcome, true) };

  const asyncOutcome = (args: readonly unknown[]): Promise<Outcome> =>
    asyncCalls.start(caller, { declared, plan, name, args, journalled, common, outcomeOf });

  const call = throwsOnFailure(declared)
    ? (...args: readonly unknown[]): unknown => successful(caller.session, name, run(args, forResult))
    : (...args: readonly unknown[]): unknown => run(args, forResult);

  return Object.assign(call, {
    outcome: (...args: readonly unknown[]) => run(args, forOutcome),
    confirmed: (...args: readonly unknown[]) => confirmCall((list) => run(list, forOutcome), caller.renew, args),
    batch: (cases: readonly (readonly unknown[])[]) =>
      runBatch(caller, journalled, declared, plan, argumentLists(caller, plan, cases)),
    columns: (...columns: readonly unknown[]) => runColumns(caller, journalled, declared, plan, columns),
    async: async (...args: readonly unknown[]) => {
      const outcome = await asyncOutcome(args);
      if (outcome.kind !== 'returned') throw new CallError(outcome);
      return throwsOnFailure(declared) ? successful(caller.session, name, outcome.result) : outcome.result;
    },
    asyncOutcome: (...args: readonly unknown[]) => asyncOutcome(args),
    [batchFrom]: (source: SourceMaker) => runBatch(caller, journalled, declared, plan, source(caller, plan)),
    declaration: declared,
  }) as unknown as BoundFunction<F>;
}

/** A call that did not return is an exception for whoever wanted its result. */
export class CallError extends DllparityError {
  readonly outcome: Outcome;

  constructor(outcome: Outcome) {
    super(outcome.kind === 'not-callable' ? 'EXPORT_NOT_FOUND' : 'CALL_DID_NOT_RETURN', {
      what: `${outcome.function} ${describeOutcome(outcome)}`,
      ...('log' in outcome && outcome.log.length > 0
        ? { details: ["the end of the agent's log:", ...outcome.log] }
        : {}),
      hint:
        outcome.kind !== 'not-callable'
          ? 'Use `.outcome(...)` to get this as a value; the next call works again.'
          : outcome.isStub
            ? 'Another version of Wine may have it; `.outcome(...)` gives this as a value.'
            : 'Check the spelling in the prototype; `exports` in the options of the library names ordinals and decorated names.',
    });
    this.outcome = outcome;
  }
}
