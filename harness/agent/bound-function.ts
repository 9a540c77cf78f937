// HOT: a declared function as something to call. Benchmarks: sync-add, batch-pow.
import { FRAME } from '../../protocol/layout.ts';
import { FRAME_FLAG, FRAME_STATUS, TO_HOST } from '../../protocol/messages.ts';
import { decodeResult } from '../call/decode-result.ts';
import { encodeArguments, slotsFor } from '../call/encode-arguments.ts';
import { exchange, GONE_IN_CALLBACK } from '../call/exchange.ts';
import { describeOutcome, type Outcome } from '../call/outcome.ts';
import { type CallPlan, strideOf, writeShape } from '../call/plan.ts';
import { readFault } from '../call/read-fault.ts';
import type { DeclaredFunction } from '../declare/library.ts';
import { DllparityError } from '../errors.ts';
import type { AfterCall } from '../memsync/encode-pointer.ts';
import type { Batch } from './batch.ts';
import type { Caller } from './caller.ts';
import { argumentLists, type CaseSource } from './case-source.ts';
import { lostOutcome } from './lost-outcome.ts';
import { runBatch } from './run-batch.ts';

/** Makes the cases of a batch, knowing where they go. */
export type SourceMaker = (caller: Caller, plan: CallPlan) => CaseSource;

/** How the harness itself runs a batch whose cases are not lists of arguments. */
export const batchFrom: unique symbol = Symbol('dllparity.batchFrom');

type AnyFunction = (...args: never[]) => unknown;

/** A function of a DLL, ready to be called from TypeScript as if it were local. */
export type BoundFunction<F> = F extends AnyFunction
  ? F & {
      /** Calls and says what came of it. A DLL's misbehaviour is in the outcome; only a wrong call throws. */
      outcome(...args: Parameters<F>): Outcome<ReturnType<F>>;
      /** Calls once for each list of arguments, all in a few messages. Results come in the same order. */
      batch(cases: readonly Parameters<F>[]): Batch<ReturnType<F>>;
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
  returned(frame: number, slots: number, args: readonly unknown[], start: number): T;
}

export function bindFunction<F>(caller: Caller, declared: DeclaredFunction<F>, plan: CallPlan): BoundFunction<F> {
  const name = `${declared.dll}!${declared.name}`;

  const common = (args: readonly unknown[], start: number): Common => ({
    function: name,
    arguments: args,
    runtime: caller.runtime,
    durationMs: Number.isNaN(start) ? null : performance.now() - start,
  });

  /** Encodes, calls, brings memory back, and hands the frame to `finish` before it is given up. */
  const run = <T>(args: readonly unknown[], finish: Finish<T>): T => {
    const { session } = caller;
    if (!session.isAlive) caller.ensureAlive();
    // Looking at the clock costs as much as encoding the arguments.
    const start = finish.timed ? performance.now() : NaN;
    const reason = caller.missing.size > 0 ? caller.missing.get(plan) : undefined;
    if (reason !== undefined) return finish.lost({ kind: 'not-callable', ...common(args, start), reason });
    const mark = session.top;
    const after: AfterCall = { copyBack: [], callbacks: 0 };
    try {
      const slots = slotsFor(plan, args);
      if (plan.type.variadic) writeShape(session, plan, slots);
      const frame = session.reserve(strideOf(slots, plan.captureBytes));
      encodeArguments(session, plan, args, frame, slots, after, caller.callbacks.make);
      session.words[(frame + FRAME.ERRNO) >> 2] = 0;
      caller.calls++;
      const answer = exchange(session, caller.callbacks, plan.index, frame, 1, caller.timeoutMs);
      caller.afterCall?.();
      if (after.copyBack.length > 0 && answer !== GONE_IN_CALLBACK) for (const copyBack of after.copyBack) copyBack();
      const lost = answer === TO_HOST.RETURNED ? undefined : lostOutcome(caller, answer, common(args, start));
      // What a callback threw comes first: the DLL went on with a made-up result, and what followed is its consequence.
      const thrown = caller.callbacks.takeError();
      if (thrown) throw thrown.error;
      if (lost) return finish.lost(lost);
      if (session.words[(frame + FRAME.STATUS) >> 2] === FRAME_STATUS.FAULTED) {
        const fault = readFault(session, session.words[(frame + FRAME.FAULT) >> 2] ?? 0);
        return finish.lost({ kind: 'faulted', ...common(args, start), fault });
      }
      return finish.returned(frame, slots, args, start);
    } finally {
      if (after.callbacks > 0) caller.callbacks.release(after.callbacks);
      session.top = mark;
    }
  };

  const forResult: Finish<unknown> = {
    timed: false,
    lost: (outcome) => {
      throw new CallError(outcome);
    },
    returned: (frame, slots) => decodeResult(caller.session, plan, frame, slots),
  };

  const forOutcome: Finish<Outcome> = {
    timed: true,
    lost: (outcome) => outcome,
    returned: (frame, slots, args, start) => {
      const { view } = caller.session;
      return {
        kind: 'returned',
        ...common(args, start),
        result: decodeResult(caller.session, plan, frame, slots),
        errno: declared.library.errno === undefined ? null : view.getInt32(frame + FRAME.ERRNO, true),
        lastError: view.getUint32(frame + FRAME.LAST_ERROR, true),
        fpuChanged: (view.getInt32(frame + FRAME.FLAGS, true) & FRAME_FLAG.FPU_CHANGED) !== 0,
      };
    },
  };

  const call = (...args: readonly unknown[]): unknown => run(args, forResult);

  return Object.assign(call, {
    outcome: (...args: readonly unknown[]) => run(args, forOutcome),
    batch: (cases: readonly (readonly unknown[])[]) =>
      runBatch(caller, declared, plan, argumentLists(caller, plan, cases)),
    [batchFrom]: (source: SourceMaker) => runBatch(caller, declared, plan, source(caller, plan)),
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
        outcome.kind === 'not-callable'
          ? 'Check the spelling in the prototype; C++ and stdcall names may be decorated.'
          : 'Use `.outcome(...)` to get this as a value; the next call works again.',
    });
    this.outcome = outcome;
  }
}
