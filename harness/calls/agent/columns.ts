// What comes of a call of columns.
import type { Exited, Fault, NotCallable, Outcome, TimedOut, WireDamaged } from '../marshal/outcome.ts';

/** What came of a row, in `statuses`. */
export const ROW_STATUS = { returned: 2, faulted: 3, exited: 4, timedOut: 5, notCallable: 6, wireDamaged: 7 } as const;

/**
 * What stands in `codes` for a row that neither returned nor faulted: NTSTATUS values that say the same.
 * STATUS_PROCESS_IS_TERMINATING, STATUS_TIMEOUT, STATUS_ENTRYPOINT_NOT_FOUND, STATUS_DATA_ERROR.
 */
const CODES = {
  exited: 0xc000010a,
  'timed-out': 0x00000102,
  'not-callable': 0xc0000139,
  'wire-damaged': 0xc000003e,
} as const;

const STATUS_OF = {
  returned: ROW_STATUS.returned,
  faulted: ROW_STATUS.faulted,
  exited: ROW_STATUS.exited,
  'timed-out': ROW_STATUS.timedOut,
  'not-callable': ROW_STATUS.notCallable,
  'wire-damaged': ROW_STATUS.wireDamaged,
} as const satisfies Record<Outcome['kind'], number>;

const KINDS = new Map<number, Outcome['kind']>(
  Object.entries(STATUS_OF).map(([kind, status]) => [status, kind as Outcome['kind']]),
);

/** How a row ended that neither returned nor faulted. */
export type RowEnd = Exited | TimedOut | WireDamaged | NotCallable;

/** What came of each row, in columns. Row 0 is the first. */
export class Columns<C = unknown> {
  /** Number of rows. */
  readonly length: number;
  /**
   * The results: a typed array where one suits, null for a function without a result, otherwise a plain array. A row that
   * did not return has 0 there, or undefined.
   */
  readonly results: C;
  /** 0 for a row that returned, the NTSTATUS of the fault for one that faulted; 0xC000010A, 0x102, 0xC0000139 and 0xC000003E for the rest. */
  readonly codes: Uint32Array;
  /** A ROW_STATUS for each row. */
  readonly statuses: Uint8Array;
  /** Whether the agent's loop made the calls; otherwise they went the way of a batch, with the same results. */
  readonly isNative: boolean;
  private faultCount = 0;
  private readonly records = new Map<number, Fault>();
  private readonly ends = new Map<number, RowEnd>();
  private fpuRows: Uint8Array | undefined;

  constructor(length: number, results: C, isNative: boolean) {
    this.length = length;
    this.results = results;
    this.isNative = isNative;
    this.codes = new Uint32Array(length);
    this.statuses = new Uint8Array(length);
  }

  /** How many rows faulted. */
  get faults(): number {
    return this.faultCount;
  }

  /** Whether any row left other floating-point control words than it found. They were put back before the next. */
  get fpuChanged(): boolean {
    return this.fpuRows !== undefined;
  }

  /** Whether this row did. */
  fpuChangedAt(row: number): boolean {
    this.statusAt(row);
    return this.fpuRows?.[row] === 1;
  }

  /** What came of a row, in the words of outcomes. */
  kindAt(row: number): Outcome['kind'] {
    const kind = KINDS.get(this.statusAt(row));
    if (!kind) throw new RangeError(`row ${row.toString()} was not run`);
    return kind;
  }

  /**
   * The whole record of a fault: undefined for a row that did not fault, and for one whose record was overwritten, since
   * the agent keeps the latest 63 of each message. Its code is in `codes` in any case.
   */
  faultAt(row: number): Fault | undefined {
    this.statusAt(row);
    return this.records.get(row);
  }

  /** How a row ended that neither returned nor faulted, with exit code and log; otherwise undefined. */
  endAt(row: number): RowEnd | undefined {
    this.statusAt(row);
    return this.ends.get(row);
  }

  private statusAt(row: number): number {
    const status = this.statuses[row];
    if (status === undefined) {
      throw new RangeError(`there are ${this.length.toString()} rows and none with index ${row.toString()}`);
    }
    return status;
  }

  /** @internal */
  countFaults(faults: number): void {
    this.faultCount += faults;
  }

  /** @internal */
  recordFault(row: number, fault: Fault): void {
    this.records.set(row, fault);
  }

  /** @internal */
  markFpuChanged(row: number): void {
    this.fpuRows ??= new Uint8Array(this.length);
    this.fpuRows[row] = 1;
  }

  /** @internal */
  markReturned(row: number): void {
    this.statuses[row] = ROW_STATUS.returned;
  }

  /** A row that was taken for a fault, and is none. @internal */
  setMissing(row: number, end: NotCallable): void {
    this.faultCount--;
    this.setEnd(row, end);
  }

  /** @internal */
  setEnd(row: number, end: RowEnd): void {
    this.ends.set(row, end);
    this.statuses[row] = STATUS_OF[end.kind];
    this.codes[row] = CODES[end.kind];
  }
}
