// What the compiler makes of columns. `tsc` checks this file; nothing runs.
import { type Agent, alias, as, enumeration, library, struct, type BigIntColumn, type NumberColumn } from 'dllparity';
import type { PointerLike } from '../types/declare/values.ts';
import type { ColumnOf } from '../types/declare/column-types.ts';

/* eslint-disable @typescript-eslint/no-unnecessary-type-parameters -- comparing types takes parameters that stand once */
type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
/** Accepts `true` alone. */
const holds = <T extends true>(): T | undefined => undefined;
/* eslint-enable @typescript-eslint/no-unnecessary-type-parameters */

declare const agent: Agent;

// Results

holds<Equal<ColumnOf<'double pow(double x, double y)'>, Float64Array>>();
holds<Equal<ColumnOf<'float WINAPI f(void)'>, Float32Array>>();
holds<Equal<ColumnOf<'FLOAT f(void);'>, Float32Array>>();
holds<Equal<ColumnOf<'int f(void)'>, Int32Array>>();
holds<Equal<ColumnOf<'long __stdcall f(void)'>, Int32Array>>();
holds<Equal<ColumnOf<'long int f(void)'>, Int32Array>>();
holds<Equal<ColumnOf<'unsigned f(void)'>, Uint32Array>>();
holds<Equal<ColumnOf<'unsigned long f(void)'>, Uint32Array>>();
holds<Equal<ColumnOf<'DWORD WINAPI f(void)'>, Uint32Array>>();
holds<Equal<ColumnOf<'unsigned short int f(void)'>, Uint16Array>>();
holds<Equal<ColumnOf<'short f(void)'>, Int16Array>>();
holds<Equal<ColumnOf<'wchar_t f(void)'>, Uint16Array>>();
holds<Equal<ColumnOf<'char f(void)'>, Int8Array>>();
holds<Equal<ColumnOf<'signed char f(void)'>, Int8Array>>();
holds<Equal<ColumnOf<'unsigned char f(void)'>, Uint8Array>>();
holds<Equal<ColumnOf<'unsigned __int8 f(void)'>, Uint8Array>>();
holds<Equal<ColumnOf<'bool f(void)'>, Uint8Array>>();
holds<Equal<ColumnOf<'_Bool f(void)'>, Uint8Array>>();
holds<Equal<ColumnOf<'BOOL f(void)'>, Int32Array>>();
holds<Equal<ColumnOf<'int64_t f(void)'>, BigInt64Array>>();
holds<Equal<ColumnOf<'long long f(void)'>, BigInt64Array>>();
holds<Equal<ColumnOf<'unsigned long long f(void)'>, BigUint64Array>>();
holds<Equal<ColumnOf<'unsigned __int64 f(void)'>, BigUint64Array>>();
holds<Equal<ColumnOf<'size_t f(void)'>, BigUint64Array | Uint32Array>>();
holds<Equal<ColumnOf<'LRESULT f(void)'>, BigInt64Array | Int32Array>>();
holds<Equal<ColumnOf<'void f(void)'>, null>>();

const loaded = agent.load(
  library(
    'x.dll',
    {
      add: 'double add(double a, double b)',
      wide: 'int64_t wide(int64_t a, bool b)',
      none: 'void none(void)',
      text: 'const char *text(int n)',
      length: 'unsigned length(const char *text, _In_reads_(n) const double *values, int n)',
      color: 'color mix(color a, uLong b)',
      sum: 'uLong sum(int n, ...)',
      make: 'point make(int x)',
    },
    {
      types: {
        color: enumeration('color', { RED: 0 }),
        uLong: alias('unsigned long'),
        point: struct('point', { x: 'int' }),
      },
    },
  ),
);
const numbers = new Float64Array(3);
const sums = loaded.add.columns(numbers, 1);
holds<Equal<typeof sums.results, Float64Array>>();
holds<Equal<typeof sums.codes, Uint32Array>>();
holds<Equal<typeof sums.statuses, Uint8Array>>();
loaded.add.columns([1, 2], new Int8Array(2));
loaded.add.columns(1, 2, { rows: 5 });
// @ts-expect-error a column is missing
loaded.add.columns(numbers);
// @ts-expect-error a double takes no bigints
loaded.add.columns(numbers, new BigInt64Array(3));
// @ts-expect-error text is no number
loaded.add.columns(numbers, ['1']);
// @ts-expect-error rows are counted by a number
loaded.add.columns(1, 2, { rows: '5' });
loaded.wide.columns(new BigInt64Array(1), new Uint8Array(1));
loaded.wide.columns([1n, 2], [true, false]);
holds<Equal<ReturnType<typeof loaded.none.columns>['results'], null>>();
loaded.none.columns({ rows: 7 });
holds<Equal<ReturnType<typeof loaded.text.columns>['results'], (string | null | undefined)[]>>();
loaded.length.columns(['a', null], numbers, 3);
loaded.color.columns('RED', new Int32Array(1));
loaded.color.columns(['RED', 1], 1);
holds<Equal<ReturnType<typeof loaded.color.columns>['results'], Exclude<NumberColumn, Uint8ClampedArray>>>();
loaded.sum.columns(2, as(1, 'int'), [as(2, 'int'), as(3, 'int')]);
loaded.sum.columns(2, as(1, 'int'), { rows: 2 });
holds<Equal<ReturnType<typeof loaded.make.columns>['results'], ({ x: number } | undefined)[]>>();

declare const place: PointerLike;
export const bound = agent.bind(place, 'double (__stdcall *)(int, double)');
holds<Equal<ReturnType<typeof bound.columns>['results'], Float64Array>>();
export const either: NumberColumn | BigIntColumn = sums.results;
