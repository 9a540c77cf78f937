// The TypeScript types of columns, read from a C prototype by the compiler. harness/calls/marshal/columns.ts does the same at run time.
import type { NamedPointer, NamedType, OutOf } from './values.ts';
import type { OneLine, Stars, IsLongLong, Trim, WithoutEnd, WithoutSuccess, Words } from './prototype-text.ts';
import type { PointerSizedName, PointerSizedNames, ScalarNames } from './scalars.ts';
import type { ScalarCode } from './types.ts';

/** Typed arrays of numbers, and of bigints. */
export type NumberColumn =
  | Int8Array | Uint8Array | Uint8ClampedArray | Int16Array | Uint16Array | Int32Array | Uint32Array
  | Float32Array | Float64Array; // prettier-ignore
export type BigIntColumn = BigInt64Array | BigUint64Array;

/** Results of a scalar, by its width and interpretation. */
interface ResultColumns extends Record<ScalarCode, unknown> {
  bool: Uint8Array;
  int8: Int8Array;
  uint8: Uint8Array;
  int16: Int16Array;
  uint16: Uint16Array;
  int32: Int32Array;
  uint32: Uint32Array;
  int64: BigInt64Array;
  uint64: BigUint64Array;
  float: Float32Array;
  double: Float64Array;
}

type Has<W, N> = [Extract<W, N>] extends [never] ? false : true;
type Signed<W, S extends ScalarCode, U extends ScalarCode> = Has<W, 'unsigned'> extends true ? U : S;
/** Names that say something else together with other words. */
type Keyword = 'char' | 'short' | 'int' | 'long' | '__int8' | '__int16' | '__int32' | '__int64';
type Known<W> = Extract<W, Exclude<keyof ScalarNames, Keyword>>;

/** The words of a scalar's declaration, most telling first. */
type CodeOf<W> =
  Has<W, 'char' | '__int8'> extends true ? Signed<W, 'int8', 'uint8'>
  : Has<W, 'short' | '__int16'> extends true ? Signed<W, 'int16', 'uint16'>
  : Has<W, '__int64'> extends true ? Signed<W, 'int64', 'uint64'>
  : Has<W, Known<W>> extends true ? ScalarNames[Known<W>]
  : Has<W, 'int' | 'long' | '__int32' | 'unsigned' | 'signed'> extends true ? Signed<W, 'int32', 'uint32'>
  : never; // prettier-ignore

/** As wide as a pointer of the runtime: what the array is, only the runtime says. */
type PointerSized<W> = [Extract<W, PointerSizedName>] extends [never]
  ? unknown
  : PointerSizedNames[Extract<W, PointerSizedName>] extends 'int'
    ? BigInt64Array | Int32Array
    : BigUint64Array | Uint32Array;

type ScalarColumn<S extends string> =
  IsLongLong<S> extends true
    ? ResultColumns[Signed<Words<S>, 'int64', 'uint64'>]
    : [CodeOf<Words<S>>] extends [never]
      ? PointerSized<Words<S>>
      : ResultColumns[CodeOf<Words<S>>];

/** Of a result of which only its TypeScript type is known. */
type ColumnOfValue<R> = [R] extends [number]
  ? Exclude<NumberColumn, Uint8ClampedArray>
  : [R] extends [boolean]
    ? Uint8Array
    : [R] extends [number | bigint]
      ? BigIntColumn | Int32Array | Uint32Array
      : [R] extends [undefined]
        ? null
        : (R | undefined)[];

/** What the word before the parameters makes of the results; `unknown` where the TypeScript type of the result has to say it. */
type HeadColumn<S extends string, T> =
  Stars<S> extends 0
    ? [NamedPointer<S>] extends [never]
      ? [NamedType<S, T>] extends [never]
        ? Has<Words<S>, 'void' | 'VOID'> extends true
          ? null
          : S extends `_Ret_${string}`
            ? unknown
            : ScalarColumn<S>
        : ColumnOfValue<OutOf<NamedType<S, T>>>
      : unknown
    : unknown;

/** What the results of a C prototype are as a column; `T` are the types it may name. */
export type ColumnOf<P extends string, T = unknown> =
  WithoutSuccess<WithoutEnd<OneLine<P>>> extends `${infer Head}(${string}` ? HeadColumn<Trim<Head>, T> : unknown;

/** The column of a function's results: `C`, as its prototype says, or what follows from its TypeScript type. */
export type ColumnFor<F extends (...args: never[]) => unknown, C> = unknown extends C
  ? ColumnOfValue<ReturnType<F>>
  : C;

/** What a parameter takes: one value for all rows, or an array with one for each. */
export type ColumnGiven<P> =
  | P
  | readonly P[]
  | (number extends P ? NumberColumn : never)
  | (bigint extends P ? BigIntColumn : never)
  | (boolean extends P ? Uint8Array : never);

/** How many rows there are, where no array says it. */
export interface RowCount {
  readonly rows: number;
}

type ColumnsOf<A extends readonly unknown[]> = { [K in keyof A]: ColumnGiven<A[K]> };

/** A column for each parameter; behind them, if need be, the number of rows. */
export type ColumnsGiven<A extends readonly unknown[]> = ColumnsOf<A> | [...ColumnsOf<A>, RowCount];
