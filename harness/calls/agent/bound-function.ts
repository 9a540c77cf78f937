// A declared function as something to call, with its variants.
import type { ColumnFor, ColumnsGiven } from '../../types/declare/column-types.ts';
import type { DeclaredFunction } from '../../types/declare/library.ts';
import type { Outcome } from '../marshal/outcome.ts';
import type { CallPlan } from '../marshal/plan.ts';
import type { AsyncCalls } from './async-calls.ts';
import type { Batch } from './batch.ts';
import { CallError } from './call-error.ts';
import type { Caller } from './caller.ts';
import { argumentLists, type CaseSource } from './case-source.ts';
import type { Columns } from './columns.ts';
import { type Confirmed, confirmCall } from './confirm-call.ts';
import { successful, throwsOnFailure } from './failed-hresult.ts';
import { FunctionCall } from './function-call.ts';
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

export function bindFunction<F>(
  caller: Caller,
  declared: DeclaredFunction<F>,
  plan: CallPlan,
  asyncCalls: AsyncCalls,
): BoundFunction<F> {
  const run = new FunctionCall(caller, { declared, plan }, asyncCalls);
  const { name, journalled } = run;
  const isChecked = throwsOnFailure(declared);

  const call = isChecked
    ? (...args: readonly unknown[]): unknown => successful(caller.session, name, run.result(args))
    : (...args: readonly unknown[]): unknown => run.result(args);

  return Object.assign(call, {
    outcome: (...args: readonly unknown[]) => run.outcome(args),
    confirmed: (...args: readonly unknown[]) => confirmCall((list) => run.outcome(list), caller.renew, args),
    batch: (cases: readonly (readonly unknown[])[]) =>
      runBatch(caller, journalled, declared, plan, argumentLists(caller, plan, cases)),
    columns: (...columns: readonly unknown[]) => runColumns(caller, journalled, declared, plan, columns),
    async: async (...args: readonly unknown[]) => {
      const outcome = await asyncCalls.start(caller, run.asAsync(args));
      if (outcome.kind !== 'returned') throw new CallError(outcome);
      return isChecked ? successful(caller.session, name, outcome.result) : outcome.result;
    },
    asyncOutcome: (...args: readonly unknown[]) => asyncCalls.start(caller, run.asAsync(args)),
    [batchFrom]: (source: SourceMaker) => runBatch(caller, journalled, declared, plan, source(caller, plan)),
    declaration: declared,
  }) as unknown as BoundFunction<F>;
}
