// HOT: many calls of numbers, from typed arrays to typed arrays. Benchmark: native-batch-add.
import { FRAME } from '../../../protocol/wire/layout.ts';
import { FRAME_FLAG } from '../../../protocol/wire/messages.ts';
import { ARRAYS, countRows, isColumnar, isTypedArray, type NumericArray, readColumns, resultBytes } from '../marshal/columns.ts'; // prettier-ignore
import { resultOffset } from '../marshal/decode-result.ts';
import { placementOf } from '../marshal/encode-arguments.ts';
import type { CallPlan } from '../marshal/plan.ts';
import type { DeclaredFunction } from '../../types/declare/library.ts';
import type { Caller } from './caller.ts';
import { argumentLists } from './case-source.ts';
import { type ColumnsRun, rowOf, runChunk } from './column-chunk.ts';
import { Columns, ROW_STATUS } from './columns.ts';
import type { Journalled } from './journal.ts';
import { runBatch } from './run-batch.ts';

/** Calls once for each row. `given` has a column for each parameter, and at the end, if need be, how many rows there are. */
export function runColumns(
  caller: Caller,
  journalled: Journalled,
  declared: DeclaredFunction,
  plan: CallPlan,
  given: readonly unknown[],
): Columns {
  const { columns, wanted } = splitRows(plan, given);
  placementOf(plan, columns); // Throws when their number is wrong.
  const rows = countRows(plan, columns, wanted);
  if (!isColumnar(plan)) return runAsBatch(caller, journalled, declared, plan, columns, rows);
  const args = readColumns(plan, columns, rows);
  const results = makeResults(plan, rows);
  const found = new Columns<unknown>(rows, results, true);
  /** The row that gets whatever comes of it: the process died once before it. */
  let final = -1;
  let most: number | undefined;
  for (let next = 0; next < rows;) {
    const run: ColumnsRun = { caller, journalled, declared, plan, args, columns, results, found, final };
    const { next: row, death, damagedRows } = runChunk(run, next, most);
    next = row;
    // Nothing of that message can be believed: fewer rows at a time, each message in a fresh process, show the one that did it.
    if (damagedRows > 0) most = damagedRows > 1 ? damagedRows >> 1 : undefined;
    if (!death) continue;
    final = row;
    // The process died, and it is open whether this row is to blame: it is made by itself in a fresh one.
    caller.session.end();
    const outcome = death.inCall ? journalled.replay(rowOf(columns, row, plan)) : undefined;
    if (outcome?.kind === 'exited') found.setEnd(next++, outcome);
    else caller.lateFaults.report(death);
  }
  return found;
}

/** `{ rows: 1000 }` behind the columns says how many there are, where no array does. */
function splitRows(
  plan: CallPlan,
  given: readonly unknown[],
): { readonly columns: readonly unknown[]; readonly wanted: number | undefined } {
  const last = given.at(-1);
  const isExtra = given.length > plan.type.parameters.length && typeof last === 'object' && last !== null;
  if (!isExtra || !('rows' in last) || !Number.isInteger(last.rows) || Number(last.rows) < 0) {
    return { columns: given, wanted: undefined };
  }
  return { columns: given.slice(0, -1), wanted: Number(last.rows) };
}

/** Room for the results of scalar functions, bit for bit; a plain array for others, null when there is no result. */
function makeResults(plan: CallPlan, rows: number): NumericArray | unknown[] | null {
  const { result, resultLayout } = plan.placement;
  if (result === 'none') return null;
  if (resultLayout.kind !== 'scalar') return new Array<unknown>(rows).fill(undefined);
  return new ARRAYS[resultLayout.code](new ArrayBuffer(rows * resultLayout.bytes));
}

/** What cannot be said in numbers alone: one case for each row, with the same shape of result. */
function runAsBatch(
  caller: Caller,
  journalled: Journalled,
  declared: DeclaredFunction,
  plan: CallPlan,
  columns: readonly unknown[],
  rows: number,
): Columns {
  const cases = Array.from({ length: rows }, (_, row) => rowOf(columns, row, plan));
  const batch = runBatch(caller, journalled, declared, plan, argumentLists(caller, plan, cases));
  const results = makeResults(plan, rows);
  const found = new Columns<unknown>(rows, results, false);
  const width = resultBytes(plan);
  const bytes = isTypedArray(results) ? new Uint8Array(results.buffer) : undefined;
  for (let row = 0; row < rows; row++) {
    const frame = batch.frameOf(row);
    if (frame) {
      found.markReturned(row);
      const at = frame.frame + resultOffset(plan);
      if (bytes) bytes.set(new Uint8Array(frame.view.buffer, frame.view.byteOffset + at, width), row * width);
      if ((frame.view.getInt32(frame.frame + FRAME.FLAGS, true) & FRAME_FLAG.FPU_CHANGED) !== 0) {
        found.markFpuChanged(row);
      }
      if (bytes || results === null) continue;
    }
    const outcome = batch.outcome(row);
    if (outcome.kind === 'returned') (results as unknown[])[row] = outcome.result;
    else if (outcome.kind !== 'faulted') found.setEnd(row, outcome);
    else {
      found.statuses[row] = ROW_STATUS.faulted;
      found.codes[row] = outcome.fault.code;
      found.countFaults(1);
      found.recordFault(row, outcome.fault);
    }
  }
  return found;
}
