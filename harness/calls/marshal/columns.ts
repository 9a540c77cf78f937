// HOT: columns of arguments into the shared memory. Benchmark: native-batch-add.
import { layoutOf } from '../../types/abi/layout.ts';
import type { ScalarLayout } from '../../types/abi/layout-kinds.ts';
import type { Place } from '../../types/abi/place-arguments.ts';
import { COLUMN, COLUMNS } from '../../../protocol/wire/layout.ts';
import { COLUMN_RESULT } from '../../../protocol/wire/messages.ts';
import type { ScalarCode } from '../../types/declare/types.ts';
import { DllparityError } from '../../base/errors.ts';
import { encodeScalar, refused } from '../memsync/encode-scalar.ts';
import type { Session } from '../session/session.ts';
import { nameOf } from './encode-arguments.ts';
import type { CallPlan } from './plan.ts';

/** Typed arrays that a column of numbers may be. */
export type NumericArray =
  | Int8Array | Uint8Array | Uint8ClampedArray | Int16Array | Uint16Array | Int32Array | Uint32Array
  | Float32Array | Float64Array | BigInt64Array | BigUint64Array; // prettier-ignore

type ArrayMaker = new (buffer: ArrayBuffer, offset?: number, length?: number) => NumericArray;

/** The typed array whose elements are the values of a scalar, bit for bit. */
export const ARRAYS = {
  bool: Uint8Array,
  int8: Int8Array,
  uint8: Uint8Array,
  int16: Int16Array,
  uint16: Uint16Array,
  int32: Int32Array,
  uint32: Uint32Array,
  int64: BigInt64Array,
  uint64: BigUint64Array,
  float: Float32Array,
  double: Float64Array,
} as const satisfies Record<ScalarCode, ArrayMaker>;

const BYTES = ['Int8Array', 'Uint8Array', 'Uint8ClampedArray'] as const;
const SHORTS = [...BYTES, 'Int16Array', 'Uint16Array'] as const;
const INTS = [...SHORTS, 'Int32Array', 'Uint32Array'] as const;
const NUMBERS = [...INTS, 'Float32Array', 'Float64Array'] as const;
const WIDE = ['BigInt64Array', 'BigUint64Array'] as const;

/** Typed arrays of which every element fits, so that none has to be looked at. */
const FITTING: Readonly<Record<ScalarCode, readonly string[]>> = {
  bool: [],
  int8: BYTES,
  uint8: BYTES,
  int16: SHORTS,
  uint16: SHORTS,
  int32: INTS,
  uint32: INTS,
  int64: WIDE,
  uint64: WIDE,
  float: NUMBERS,
  double: NUMBERS,
};

/** The argument of one parameter in all rows, checked. */
interface Column {
  readonly place: Place;
  readonly layout: ScalarLayout;
  /** All rows, or one value for all of them. */
  readonly values: NumericArray;
  readonly isConstant: boolean;
}

/** What is to be called, checked: nothing that the rows say can be refused any more. */
export interface ColumnArguments {
  readonly rows: number;
  readonly columns: readonly Column[];
}

export function isTypedArray(value: unknown): value is NumericArray {
  return ArrayBuffer.isView(value) && !(value instanceof DataView) && 'length' in value;
}

/** Whether the agent's loop can make the calls: numbers alone, few enough, and nothing to be followed. */
export function isColumnar({ type, placement }: CallPlan): boolean {
  if (type.variadic || placement.slotBytes > COLUMNS.MAX_SLOT_BYTES) return false;
  if (placement.result !== 'none' && placement.resultLayout.kind !== 'scalar') return false;
  return placement.arguments.every(({ layout }) => layout.kind === 'scalar');
}

/** Checks the columns of a function for which `isColumnar` holds. Typed arrays that fit are taken as they are. */
export function readColumns(plan: CallPlan, columns: readonly unknown[], rows: number): ColumnArguments {
  return {
    rows,
    columns: plan.placement.arguments.map((place, index): Column => {
      const layout = place.layout as ScalarLayout;
      const given = columns[index];
      const isConstant = !isTypedArray(given) && !Array.isArray(given);
      const values = isConstant
        ? checkValues(layout, [given], () => nameOf(plan, index))
        : arrayOfValues(layout, given, (row) => `row ${row.toString()} of ${nameOf(plan, index)}`);
      return { place, layout, values, isConstant };
    }),
  };
}

type NameRow = (row: number) => string;

function arrayOfValues(layout: ScalarLayout, given: NumericArray | readonly unknown[], name: NameRow): NumericArray {
  if (isTypedArray(given)) {
    // By its name: an array of another realm fits too.
    if (FITTING[layout.code].includes(given[Symbol.toStringTag])) return given;
    if (layout.code === 'bool' && given instanceof Uint8Array) return given.map((value) => (value === 0 ? 0 : 1));
  }
  return checkValues(layout, given, name);
}

/** The values as the parameter has them; throws for the first that does not fit. */
function checkValues(layout: ScalarLayout, given: ArrayLike<unknown>, name: NameRow): NumericArray {
  const checked = new ArrayBuffer(given.length * layout.bytes);
  const view = new DataView(checked);
  for (let row = 0; row < given.length; row++) {
    const refusal = encodeScalar(layout, given[row], view, row * layout.bytes);
    if (refusal) throw refused(refusal, layout, given[row], name(row));
  }
  return new ARRAYS[layout.code](checked);
}

/** How many rows columns have: as many as each array, or as `rows` says. Without either there is one. */
export function countRows(plan: CallPlan, columns: readonly unknown[], wanted: number | undefined): number {
  let rows = wanted;
  let said = '`rows`';
  columns.forEach((column, index) => {
    const place = plan.placement.arguments[index];
    // Of what is no number, memory is one argument for all rows, and a plain array the column.
    const isColumn = Array.isArray(column) || (isTypedArray(column) && place?.layout.kind === 'scalar');
    if (!isColumn) return;
    if (rows === undefined) {
      rows = column.length;
      said = nameOf(plan, index);
    } else if (column.length !== rows) {
      throw new DllparityError('ARGUMENT_COUNT', {
        what: `the column for ${nameOf(plan, index)} has another number of rows than ${said}`,
        figures: [
          { name: 'wanted', value: rows, unit: 'rows' },
          { name: 'given', value: column.length, unit: 'rows' },
        ],
        hint: 'Pass arrays of one length, or one value that serves all rows.',
      });
    }
  });
  return rows ?? 1;
}

/** Where the parts of one message lie: bytes from the start of the shared memory. */
export interface ColumnPlaces {
  readonly head: number;
  readonly results: number;
  readonly codes: number;
  readonly statuses: number;
}

/** Bytes of a result in its column: 0 for a function without one. */
export function resultBytes({ placement }: CallPlan): number {
  return placement.result === 'none' ? 0 : placement.resultLayout.bytes;
}

/** Bytes of the heap that each row takes. */
export function bytesOfRow(plan: CallPlan, { columns }: ColumnArguments): number {
  const values = columns.reduce((sum, { layout, isConstant }) => sum + (isConstant ? 0 : layout.bytes), 0);
  return values + resultBytes(plan) + 4 + 1;
}

/** Bytes that a message takes beside its rows: head, constants, and what aligning costs. */
export function bytesOfHead({ columns }: ColumnArguments): number {
  return COLUMNS.RECORDS + columns.length * (COLUMN.BYTES + 32) + 64;
}

/** Rows of one message. */
export interface RowRange {
  readonly start: number;
  readonly count: number;
  /** After how many of them, at the beginning, the agent looks at the floating-point control words each time. */
  readonly checkedRows: number;
}

/** Writes rows into the heap, with room for what comes of them. The caller sets `top` back. */
export function writeColumns(
  session: Session,
  plan: CallPlan,
  { columns }: ColumnArguments,
  { start, count, checkedRows }: RowRange,
): ColumnPlaces {
  const { words } = session;
  const buffer = session.bytes.buffer as ArrayBuffer;
  const head = session.reserve(COLUMNS.RECORDS + columns.length * COLUMN.BYTES);
  const places = {
    head,
    results: session.reserve(count * resultBytes(plan)),
    codes: session.reserve(count * 4),
    statuses: session.reserve(count),
  };
  words[(head + COLUMNS.SLOT_BYTES) >> 2] = plan.placement.slotBytes;
  words[(head + COLUMNS.COUNT) >> 2] = columns.length;
  words[(head + COLUMNS.RESULTS) >> 2] = places.results;
  words[(head + COLUMNS.RESULT_KIND) >> 2] = resultKind(plan);
  words[(head + COLUMNS.CODES) >> 2] = places.codes;
  words[(head + COLUMNS.STATUSES) >> 2] = places.statuses;
  words[(head + COLUMNS.FAULTS) >> 2] = 0;
  words[(head + COLUMNS.FPU_CHANGES) >> 2] = 0;
  words[(head + COLUMNS.DONE) >> 2] = 0;
  words[(head + COLUMNS.CHECKED_ROWS) >> 2] = checkedRows;
  columns.forEach(({ place, layout, values, isConstant }, index) => {
    const length = isConstant ? 1 : count;
    const at = session.reserve(length * layout.bytes);
    const from =
      isConstant || (start === 0 && count === values.length) ? values : values.subarray(start, start + count);
    const to = new ARRAYS[layout.code](buffer, at, length);
    // One copy, which converts where the kinds of array differ; both are of numbers, or both of bigints.
    (to as Float64Array).set(from as Float64Array);
    const record = (head + COLUMNS.RECORDS + index * COLUMN.BYTES) >> 2;
    words[record + (COLUMN.VALUES >> 2)] = at;
    words[record + (COLUMN.WIDTH >> 2)] = layout.bytes;
    words[record + (COLUMN.SLOT >> 2)] = place.offset;
    words[record + (COLUMN.CONSTANT >> 2)] = isConstant ? 1 : 0;
  });
  return places;
}

const INTEGERS = {
  1: COLUMN_RESULT.INTEGER_1,
  2: COLUMN_RESULT.INTEGER_2,
  4: COLUMN_RESULT.INTEGER_4,
  8: COLUMN_RESULT.INTEGER_8,
} as const;

function resultKind({ type, placement, pointerBytes }: CallPlan): number {
  if (placement.result === 'none' || (type.result.kind !== 'scalar' && type.result.kind !== 'enum')) {
    return COLUMN_RESULT.NONE;
  }
  const { code, bytes } = layoutOf(type.result, pointerBytes);
  if (code === 'double') return COLUMN_RESULT.DOUBLE;
  if (code === 'float') return COLUMN_RESULT.FLOAT;
  return code === 'bool' ? COLUMN_RESULT.BOOL : INTEGERS[bytes];
}
