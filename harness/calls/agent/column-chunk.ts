// HOT: messages of columns, one after the other. Benchmark: native-batch-add.
//
// While the agent makes the calls of one message, this process takes what came of the one before and writes the one behind: the
// heap has room for two. Nothing is sent before the answer of the last one, so whatever goes wrong there is dealt with as if
// there were one.
import { COLUMNS, FAULT, HEADER } from '../../../protocol/wire/layout.ts';
import { COLUMN_FLAG, FRAME_STATUS, TO_AGENT, TO_HOST } from '../../../protocol/wire/messages.ts';
import {
  bytesOfHead,
  bytesOfRow,
  type ColumnArguments,
  type ColumnPlaces,
  isTypedArray,
  type NumericArray,
  resultBytes,
  type RowRange,
  writeColumns,
} from '../marshal/columns.ts';
import { exchange, GONE_IN_CALLBACK } from '../marshal/exchange.ts';
import type { CallPlan } from '../marshal/plan.ts';
import { readFault } from '../marshal/read-fault.ts';
import type { DeclaredFunction } from '../../types/declare/library.ts';
import type { Session } from '../session/session.ts';
import { wordBetween } from '../session/wire-damage.ts';
import { GONE } from '../session/wire.ts';
import { type Caller, callsBefore } from './caller.ts';
import type { Columns } from './columns.ts';
import type { Journalled, JournalledCases } from './journal.ts';
import type { Death } from './death.ts';
import { damagedOutcome, lostOutcome } from './lost-outcome.ts';
import { missingByFault, notCallable } from './missing.ts';
import { goneInCallback } from './run-batch.ts';

/** Rows in one message: enough to make the message cost nothing, few enough for columns to stay in the processor's cache. */
const ROWS_PER_MESSAGE = 65_536;

/** Rows at the beginning of all that are looked at one by one, for changes of floating-point control words. */
const FIRST_ROWS = 16;

export interface ColumnsRun {
  readonly caller: Caller;
  readonly journalled: Journalled;
  readonly declared: DeclaredFunction;
  readonly plan: CallPlan;
  readonly args: ColumnArguments;
  /** As the caller passed them, for outcomes. */
  readonly columns: readonly unknown[];
  readonly results: NumericArray | unknown[] | null;
  readonly found: Columns;
  /** The row that gets whatever comes of it: the process died once before it. */
  readonly final: number;
}

/** How far it got: `next` is the first row that is still to be run. */
export interface Chunk {
  readonly next: number;
  readonly death?: Death | undefined;
  /** Rows of the message behind which the shared memory was damaged. One has had its end; of several none has. */
  readonly damagedRows: number;
}

/** Rows in the heap. */
interface Message extends RowRange {
  readonly places: ColumnPlaces;
}

/**
 * Runs rows from `start` on: to the end, or up to the first message of which more is to be said than its results.
 * @param most rows in one message
 */
export function runChunk(run: ColumnsRun, start: number, most = ROWS_PER_MESSAGE): Chunk {
  const { caller, declared, plan, columns, found } = run;
  const { session } = caller;
  if (!session.isReady) caller.ensureAlive();
  const common = { function: `${declared.dll}!${declared.name}`, runtime: caller.runtime, durationMs: null };
  const missing = caller.missing.get(plan);
  if (missing) {
    for (let row = start; row < found.length; row++) {
      found.setEnd(row, notCallable(caller, declared, rowOf(columns, row), missing));
    }
    return { next: found.length, damagedRows: 0 };
  }
  const mark = session.top;
  let message: Message | undefined;
  let uncollected: Message | undefined;
  let before = 0;
  try {
    const room = new Room(run, most);
    for (message = room.write(start); ;) {
      const { places, count } = message;
      before = callsBefore(caller, caller.calls + 1);
      caller.calls += count;
      const from = message.start;
      const noted: JournalledCases = { start: from, count, argumentsOf: (row) => rowOf(columns, row, plan) };
      caller.journal.note(run.journalled, noted);
      let ahead: Message | undefined;
      const meanwhile = (): void => {
        if (uncollected) collect(run, uncollected, uncollected.count);
        uncollected = undefined;
        if (room.isForTwo && from + count < found.length) ahead = room.write(from + count);
      };
      const answer = exchange(session, caller.callbacks, plan.index, places.head, count, caller.timeoutMs, TO_AGENT.COLUMNS, meanwhile); // prettier-ignore
      if (answer === GONE_IN_CALLBACK) throw goneInCallback(common.function);
      caller.afterCall?.();
      const answered = answer === TO_HOST.RETURNED;
      if (answered) hint(run, message);
      const done = wordAt(session, places.head + COLUMNS.DONE) === 1;
      const journal = wordAt(session, HEADER.JOURNAL_INDEX);
      const ran = answered ? allRows(session, count) : done ? count : Math.max(0, Math.min(count, journal));
      let thrown = answered ? caller.callbacks.takeError() : undefined;
      if (answered && !thrown && ahead && ran === count && session.isReady && isPlain(session, places)) {
        uncollected = message;
        message = ahead;
        continue;
      }
      collect(run, message, ran);
      noted.count = ran;
      const lost = message.start + ran;
      if (answer === GONE && lost !== run.final) {
        const death = caller.lateFaults.deathBehind(done ? FRAME_STATUS.NOT_RUN : FRAME_STATUS.RUNNING, 0);
        if (death) return { next: lost, death, damagedRows: 0 };
      }
      const end = answered
        ? undefined
        : lostOutcome(caller, answer, { ...common, arguments: rowOf(columns, lost), callsBefore: before + ran });
      thrown ??= caller.callbacks.takeError();
      if (thrown) throw thrown.error;
      // Dead after its last row and before its answer: there is no row to blame.
      if (!end || done) return { next: lost, damagedRows: 0 };
      found.setEnd(lost, end);
      return { next: lost + 1, damagedRows: 0 };
    }
  } catch (error) {
    const row = (uncollected ?? message)?.start ?? start;
    const count = (uncollected?.count ?? 0) + (message?.count ?? 0);
    const lost = damagedOutcome(caller, error, { ...common, arguments: rowOf(columns, row), callsBefore: before });
    const thrown = caller.callbacks.takeError();
    if (thrown) throw thrown.error;
    if (count === 1) found.setEnd(row, lost);
    return { next: count === 1 ? row + 1 : row, damagedRows: count };
  } finally {
    session.top = mark;
  }
}

/** Room in the heap for two messages, in turn. */
class Room {
  private readonly run: ColumnsRun;
  private readonly rows: number;
  private readonly starts: readonly [number, number];
  private readonly end: number;
  /** Whether one can be written while the other is in use. */
  readonly isForTwo: boolean;
  private turn: 0 | 1 = 0;

  constructor(run: ColumnsRun, wanted: number) {
    this.run = run;
    const { args, plan, caller } = run;
    const { session } = caller;
    // Half of the heap at most: callbacks that the DLL has kept may make calls of their own meanwhile.
    const bytes = Math.floor(session.free / 4);
    const most = Math.floor((bytes - bytesOfHead(args)) / bytesOfRow(plan, args));
    this.rows = Math.max(1, Math.min(wanted, most));
    const used = bytesOfHead(args) + this.rows * bytesOfRow(plan, args);
    this.isForTwo = 2 * used <= session.free;
    this.starts = [session.top, session.top + used];
    this.end = session.top + (this.isForTwo ? 2 : 1) * used;
  }

  /** Writes as many rows as there is room for. */
  write(start: number): Message {
    const { caller, plan, args, found } = this.run;
    const { session } = caller;
    const count = Math.min(this.rows, found.length - start);
    // A function that changes the control words mostly does so in each call: then all rows are looked at from the first on.
    const checkedRows = found.fpuChanged ? count : start === 0 ? FIRST_ROWS : 0;
    const range = { start, count, checkedRows };
    session.top = this.starts[this.turn];
    if (this.isForTwo) this.turn = this.turn === 0 ? 1 : 0;
    const places = writeColumns(session, plan, args, range);
    session.top = Math.max(session.top, this.end);
    return { ...range, places };
  }
}

/** Whether there is nothing to say of these rows but their results. */
function isPlain(session: Session, { head }: ColumnPlaces): boolean {
  return wordAt(session, head + COLUMNS.FAULTS) === 0 && wordAt(session, head + COLUMNS.FPU_CHANGES) === 0;
}

/** All rows are run before the answer. */
function allRows(session: Session, count: number): number {
  return wordBetween(session, 'HEADER.TO_HOST_COUNT', HEADER.TO_HOST_COUNT, count, count);
}

function wordAt({ words }: Session, offset: number): number {
  return words[offset >> 2] ?? 0;
}

/** Looks at the last row: one error is kept for all. */
function hint({ caller, declared, plan }: ColumnsRun, { count, places }: Message): void {
  const watch = caller.hints.watch(declared);
  if (!watch) return;
  const { words, unsigned } = caller.session;
  const width = resultBytes(plan);
  const result = width < 4 ? 0 : (words[(places.results + (count - 1) * width) >> 2] ?? 0);
  watch(result, unsigned[(places.head + COLUMNS.LAST_ERROR) >> 2] ?? 0);
}

/** Copies out what came of `ran` rows. */
function collect(run: ColumnsRun, { start, places }: Message, ran: number): void {
  const { caller, declared, plan, columns, results, found } = run;
  const { session } = caller;
  const { head, results: from, codes, statuses } = places;
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
  const faults = wordBetween(session, 'COLUMNS.FAULTS', head + COLUMNS.FAULTS, 0, ran);
  if (faults === 0) return;
  const latest = words[HEADER.FAULT_COUNT >> 2] ?? 0;
  const records: [row: number, number: number][] = [];
  for (let i = 0; i < Math.min(faults, FAULT.COUNT); i++) {
    const pair = (head + COLUMNS.FAULTED_ROWS + i * 8) >> 2;
    const row = wordBetween(session, 'COLUMNS.FAULTED_ROWS', pair << 2, 0, ran - 1);
    const number = wordBetween(session, 'COLUMNS.FAULTED_ROWS', (pair + 1) << 2, 1, 0x7fffffff);
    // Other threads fault too: their records may have taken the place.
    if (number > latest - FAULT.COUNT) records.push([row, number]);
  }
  found.countFaults(faults);
  found.codes.set(session.unsigned.subarray(codes >> 2, (codes >> 2) + ran), start);
  for (const [row, number] of records) {
    const fault = readFault(session, number);
    if (fault.tainted.length > 0) session.taint();
    if (missingByFault(caller, declared, plan, fault)) continue;
    found.recordFault(start + row, fault);
  }
  const missing = caller.missing.get(plan);
  if (!missing?.isStub) return;
  // It is so for every row, and the agent keeps but few records.
  for (let row = start; row < start + ran; row++)
    if (found.kindAt(row) === 'faulted')
      found.setMissing(row, notCallable(caller, declared, rowOf(columns, row), missing));
}

/** The arguments of one row, as a single call takes them. */
export function rowOf(columns: readonly unknown[], row: number, plan?: CallPlan): unknown[] {
  return columns.map((column, index) => {
    if (Array.isArray(column)) return column[row] as unknown;
    if (!isTypedArray(column)) return column;
    const layout = plan?.placement.arguments[index]?.layout;
    if (!plan) return column[row];
    if (layout?.kind !== 'scalar') return column; // Memory, the same in all rows.
    return layout.code === 'bool' ? column[row] !== 0 : column[row];
  });
}
