// HOT: many calls of numbers, from typed arrays to typed arrays. Benchmark: native-batch-add.
import { COLUMNS, FAULT, FRAME, HEADER } from '../../protocol/layout.ts';
import { COLUMN_FLAG, FRAME_FLAG, FRAME_STATUS, TO_AGENT, TO_HOST } from '../../protocol/messages.ts';
import {
  ARRAYS,
  bytesOfHead,
  bytesOfRow,
  type ColumnArguments,
  type ColumnPlaces,
  countRows,
  isColumnar,
  isTypedArray,
  type NumericArray,
  readColumns,
  resultBytes,
  writeColumns,
} from '../call/columns.ts';
import { resultOffset } from '../call/decode-result.ts';
import { placementOf } from '../call/encode-arguments.ts';
import { exchange, GONE_IN_CALLBACK } from '../call/exchange.ts';
import type { CallPlan } from '../call/plan.ts';
import { readFault } from '../call/read-fault.ts';
import type { DeclaredFunction } from '../declare/library.ts';
import { GONE } from '../session/wire.ts';
import { type Caller, callsBefore } from './caller.ts';
import { argumentLists } from './case-source.ts';
import { Columns, ROW_STATUS } from './columns.ts';
import type { Journalled, JournalledCases } from './journal.ts';
import type { Death } from './late-faults.ts';
import { lostOutcome } from './lost-outcome.ts';
import { goneInCallback, runBatch } from './run-batch.ts';

/** Rows in one message: enough to make the message cost nothing, few enough for columns to stay in the processor's cache. */
const ROWS_PER_MESSAGE = 65_536;

/** Rows at the beginning of all that are looked at one by one, for changes of floating-point control words. */
const FIRST_ROWS = 16;

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
  for (let next = 0; next < rows;) {
    const run: Run = { args, columns, results, found, final };
    const { next: row, death } = runRows(caller, journalled, declared, plan, run, next);
    next = row;
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

interface Run {
  readonly args: ColumnArguments;
  /** As the caller passed them, for outcomes. */
  readonly columns: readonly unknown[];
  readonly results: NumericArray | unknown[] | null;
  readonly found: Columns;
  readonly final: number;
}

/** Runs as many rows from `start` as fit in one message, and returns the index of the first that is still to be run. */
function runRows(
  caller: Caller,
  journalled: Journalled,
  declared: DeclaredFunction,
  plan: CallPlan,
  { args, columns, results, found, final }: Run,
  start: number,
): { readonly next: number; readonly death?: Death | undefined } {
  const { session } = caller;
  if (!session.isReady) caller.ensureAlive();
  const common = { function: `${declared.dll}!${declared.name}`, runtime: caller.runtime, durationMs: null };
  const reason = caller.missing.get(plan);
  if (reason !== undefined) {
    for (let row = start; row < found.length; row++) {
      found.setEnd(row, { kind: 'not-callable', ...common, arguments: rowOf(columns, row), reason });
    }
    return { next: found.length };
  }
  const mark = session.top;
  try {
    // Half of the heap at most: callbacks that the DLL has kept may make calls of their own meanwhile.
    const room = Math.floor((session.free / 2 - bytesOfHead(args)) / bytesOfRow(plan, args));
    const count = Math.max(1, Math.min(found.length - start, ROWS_PER_MESSAGE, room));
    // A function that changes the control words mostly does so in each call: then all rows are looked at from the first on.
    const checkedRows = found.fpuChanged ? count : start === 0 ? FIRST_ROWS : 0;
    const places = writeColumns(session, plan, args, { start, count, checkedRows });
    const before = callsBefore(caller, caller.calls + 1);
    caller.calls += count;
    const noted: JournalledCases = { start, count, argumentsOf: (row) => rowOf(columns, row, plan) };
    caller.journal.note(journalled, noted);
    const answer = exchange(
      session,
      caller.callbacks,
      plan.index,
      places.head,
      count,
      caller.timeoutMs,
      TO_AGENT.COLUMNS,
    );
    if (answer === GONE_IN_CALLBACK) throw goneInCallback(common.function);
    caller.afterCall?.();
    const answered = answer === TO_HOST.RETURNED;
    const done = session.words[(places.head + COLUMNS.DONE) >> 2] === 1;
    const journal = session.words[HEADER.JOURNAL_INDEX >> 2] ?? 0;
    const ran = answered ? (session.words[HEADER.TO_HOST_COUNT >> 2] ?? 0) : done ? count : Math.min(count, journal);
    collect(caller, plan, places, start, ran, results, found);
    noted.count = ran;
    const lost = start + ran;
    if (answer === GONE && lost !== final) {
      const death = caller.lateFaults.deathBehind(done ? FRAME_STATUS.NOT_RUN : FRAME_STATUS.RUNNING, 0);
      if (death) return { next: lost, death };
    }
    const end = answered
      ? undefined
      : lostOutcome(caller, answer, { ...common, arguments: rowOf(columns, lost), callsBefore: before + ran });
    const thrown = caller.callbacks.takeError();
    if (thrown) throw thrown.error;
    // Dead after its last row and before its answer: there is no row to blame.
    if (!end || done) return { next: lost };
    found.setEnd(lost, end);
    return { next: lost + 1 };
  } finally {
    session.top = mark;
  }
}

/** Copies out what came of `ran` rows. */
function collect(
  { session }: Caller,
  plan: CallPlan,
  { head, results: from, codes, statuses }: ColumnPlaces,
  start: number,
  ran: number,
  results: Run['results'],
  found: Columns,
): void {
  const { bytes, words } = session;
  const width = resultBytes(plan);
  if (isTypedArray(results)) {
    const to = new Uint8Array(results.buffer, start * width, ran * width);
    to.set(bytes.subarray(from, from + ran * width));
  }
  found.statuses.set(bytes.subarray(statuses, statuses + ran), start);
  if ((words[(head + COLUMNS.FPU_CHANGES) >> 2] ?? 0) > 0) {
    for (let row = start; row < start + ran; row++) {
      const status = found.statuses[row] ?? 0;
      if ((status & COLUMN_FLAG.FPU_CHANGED) === 0) continue;
      found.statuses[row] = status & ~COLUMN_FLAG.FPU_CHANGED;
      found.markFpuChanged(row);
    }
  }
  const faults = words[(head + COLUMNS.FAULTS) >> 2] ?? 0;
  if (faults === 0) return;
  found.countFaults(faults);
  found.codes.set(session.unsigned.subarray(codes >> 2, (codes >> 2) + ran), start);
  const latest = words[HEADER.FAULT_COUNT >> 2] ?? 0;
  for (let i = 0; i < Math.min(faults, FAULT.COUNT); i++) {
    const pair = (head + COLUMNS.FAULTED_ROWS + i * 8) >> 2;
    const [row = 0, number = 0] = [words[pair], words[pair + 1]];
    // Other threads fault too: their records may have taken the place.
    if (number <= latest - FAULT.COUNT) continue;
    const fault = readFault(session, number);
    if (fault.tainted.length > 0) session.taint();
    found.recordFault(start + row, fault);
  }
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

/** The arguments of one row, as a single call takes them. */
function rowOf(columns: readonly unknown[], row: number, plan?: CallPlan): unknown[] {
  return columns.map((column, index) => {
    if (Array.isArray(column)) return column[row] as unknown;
    if (!isTypedArray(column)) return column;
    const layout = plan?.placement.arguments[index]?.layout;
    if (!plan) return column[row];
    if (layout?.kind !== 'scalar') return column; // Memory, the same in all rows.
    return layout.code === 'bool' ? column[row] !== 0 : column[row];
  });
}
