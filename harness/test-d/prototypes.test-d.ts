// What the compiler makes of a prototype. `tsc` checks this file; nothing runs.
import { as, library, struct } from 'dllparity';
import type { Agent, BoundFunction, DeclaredFunction, Outcome } from 'dllparity';
import type { FunctionOf, VariadicArgument } from '../types/declare/prototype-types.ts';
import type { Memory, Numbers, PointerCell, PointerLike } from '../types/declare/values.ts';

/* eslint-disable @typescript-eslint/no-unnecessary-type-parameters -- comparing types takes parameters that stand once */
type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
/** Accepts `true` alone. */
const holds = <T extends true>(): T | undefined => undefined;
/* eslint-enable @typescript-eslint/no-unnecessary-type-parameters */

type Wide = number | bigint;
type AnyPointer = PointerLike | null;
type Bytes = Memory | Numbers | AnyPointer;
/** Of a function that only reads them. */
type BytesRead = Memory | Readonly<Numbers> | AnyPointer;
type Result<P extends string> = ReturnType<FunctionOf<P>>;
type Argument<P extends string> = Parameters<FunctionOf<`void f(${P})`>>[0];

// Scalars

holds<Equal<FunctionOf<'double pow(double x, double y)'>, (x: number, y: number) => number>>();
holds<Equal<FunctionOf<'int add(int a, int b);'>, (a: number, b: number) => number>>();
holds<Equal<FunctionOf<'void srand(unsigned int seed)'>, (seed: number) => undefined>>();
holds<Equal<FunctionOf<'int rand(void)'>, () => number>>();
holds<Equal<FunctionOf<'int rand()'>, () => number>>();
holds<Equal<Result<'_Bool f(void)'>, boolean>>();
holds<Equal<Result<'bool f(void)'>, boolean>>();
holds<Equal<Result<'unsigned f(void)'>, number>>();
holds<Equal<Result<'unsigned char f(void)'>, number>>();
holds<Equal<Result<'DWORD WINAPI f(void)'>, number>>();
holds<Equal<Result<'wchar_t f(void)'>, number>>();

// 64 bits

holds<Equal<Result<'int64_t f(void)'>, Wide>>();
holds<Equal<Result<'size_t f(void)'>, Wide>>();
holds<Equal<Result<'long long f(void)'>, Wide>>();
holds<Equal<Result<'unsigned long long f(void)'>, Wide>>();
holds<Equal<Result<'long unsigned long f(void)'>, Wide>>();
holds<Equal<Result<'long long unsigned int f(void)'>, Wide>>();
holds<Equal<Result<'unsigned __int64 f(void)'>, Wide>>();
holds<Equal<Result<'ULONGLONG f(void)'>, Wide>>();
holds<Equal<Result<'long f(void)'>, number>>();
holds<Equal<Result<'unsigned long f(void)'>, number>>();
holds<Equal<Argument<'long longitude'>, number>>();
holds<Equal<Argument<'unsigned __int32 n'>, number>>();

// Text

type TextIn = string | Memory | AnyPointer;
holds<Equal<Argument<'const char *s'>, TextIn>>();
holds<Equal<Argument<'char const *s'>, TextIn>>();
holds<Equal<Argument<'const wchar_t s[]'>, TextIn>>();
holds<Equal<Argument<'CONST CHAR *s'>, TextIn>>();
holds<Equal<Argument<'_In_z_ char *s'>, TextIn>>();
holds<Equal<Argument<'[in] char *s'>, TextIn>>();
holds<Equal<Argument<'[in, optional] LPCWSTR s'>, TextIn>>();
holds<Equal<Argument<'char *s'>, Memory | AnyPointer>>();
holds<Equal<Argument<'char * const s'>, Memory | AnyPointer>>();
holds<Equal<Argument<'[in, out] char *s'>, Memory | AnyPointer>>();
holds<Equal<Argument<'LPSTR s'>, Memory | AnyPointer>>();
holds<Equal<Argument<'const unsigned char *s'>, BytesRead>>();
holds<Equal<Result<'const char *f(void)'>, string | null>>();
holds<Equal<Result<'wchar_t *f(void)'>, string | null>>();
holds<Equal<Result<'LPCSTR f(void)'>, string | null>>();
holds<Equal<Result<'unsigned char *f(void)'>, AnyPointer>>();
holds<Equal<Result<'char **f(void)'>, AnyPointer>>();

// Pointers

holds<Equal<Argument<'int *p'>, Bytes>>();
holds<Equal<Argument<'const void *p'>, BytesRead | VariadicArgument>>();
holds<Equal<Argument<'_Out_writes_bytes_(a * (b)) int *p'>, Bytes>>();
holds<Equal<Argument<'HANDLE h'>, Memory | AnyPointer>>();
holds<Equal<Argument<'char **end'>, PointerLike | PointerCell[] | Memory | null>>();
holds<Equal<Argument<'char *argv[]'>, PointerLike | PointerCell[] | Memory | null>>();
holds<Equal<Result<'void *f(void)'>, AnyPointer>>();

// Annotations, names

holds<Equal<FunctionOf<'_Success_(return != 0) int f(_Out_writes_(n) char *p, _In_ int n)'>, (p: Memory | AnyPointer, n: number) => number>>(); // prettier-ignore
holds<Equal<FunctionOf<'_Check_return_ int f(int)'>, (a: number) => number>>();
holds<Equal<FunctionOf<'double dgemm_(double a)'>, (a: number) => number>>();
holds<
  Equal<
    FunctionOf<`HRESULT f(
      [in]      int a,
      [out]     int *b
    );`>,
    (a: number, b: Bytes) => number
  >
>();

// Callbacks, variadic functions

type Compare = ((a: AnyPointer, b: AnyPointer) => number) | AnyPointer;
holds<Equal<Parameters<FunctionOf<'void qsort(void *base, size_t n, size_t width, int (__cdecl *compare)(const void *, const void *))'>>[3], Compare>>(); // prettier-ignore
holds<Equal<Argument<'double (*f)(int, double)'>, ((a: number, b: number) => number) | AnyPointer>>();
holds<Equal<Argument<'int (**table)(int)'>, (((a: number) => number) | AnyPointer)[] | AnyPointer>>();
holds<Equal<Argument<'int (*table[2])(int)'>, (((a: number) => number) | AnyPointer)[] | AnyPointer>>();
holds<Equal<Argument<'void (*f)(void)'>, (() => undefined) | AnyPointer>>();
holds<Equal<Argument<'int (*f)(LPCSTR, const char *)'>, ((a: AnyPointer, b: AnyPointer) => number) | AnyPointer>>();
holds<Equal<Argument<'bool (*f)(int64_t)'>, ((a: Wide) => boolean) | AnyPointer>>();
holds<Equal<FunctionOf<'int printf(const char *format, ...)'>, (format: TextIn, ...rest: VariadicArgument[]) => number>>(); // prettier-ignore

// What is not known is unknown, never any.

holds<Equal<Result<'strange f(void)'>, unknown>>();
holds<Equal<Argument<'strange x'>, unknown>>();

// A library

const division = struct('division', { quot: 'int', rem: 'int', big: 'int64_t', next: 'void *' });
const lib = library(
  'some.dll',
  {
    divide: 'division divide(int a, int b)',
    sum: 'int sum(division value, const division *all)',
    pow: 'double pow(double x, double y)',
    say: 'int say(const char *format, ...)',
  },
  { types: { division } },
);
interface Division {
  quot: number;
  rem: number;
  big: Wide;
  next: AnyPointer;
}
type Signature<D> = D extends DeclaredFunction<infer F> ? F : never;
type Called = Signature<typeof lib.divide>;
holds<Equal<Parameters<Called>, [number, number]>>();
const result = {} as ReturnType<Called>;
const asDivision: Division = result;
export const back: typeof result = asDivision;
holds<Equal<Signature<typeof lib.pow>, (x: number, y: number) => number>>();

const plain = library('some.dll', { add: 'int add(int a, int b)', name: 'const char *name(void)' });
export const observed = library('some.dll', { add: 'int add(int a, int b)' }, { errno: '_errno' });
holds<Equal<Signature<typeof plain.add>, (a: number, b: number) => number>>();
holds<Equal<Signature<typeof plain.name>, () => string | null>>();
holds<Equal<Signature<typeof observed.add>, (a: number, b: number) => number>>();

declare const agent: Agent;
export const loaded = agent.load(plain);
holds<Equal<ReturnType<typeof loaded.add>, number>>();
holds<Equal<Parameters<typeof loaded.add>, [a: number, b: number]>>();

declare const pow: BoundFunction<Signature<typeof lib.pow>>;
declare const say: BoundFunction<Signature<typeof lib.say>>;
declare const sum: BoundFunction<Signature<typeof lib.sum>>;
holds<Equal<ReturnType<typeof pow.outcome>, Outcome<number>>>();
pow.batch([[1, 2]]);
say('%d', as(1, 'int'));
sum(asDivision, [asDivision, null]);
sum(asDivision, asDivision);
// @ts-expect-error a string is no number
pow('1', 2);
// @ts-expect-error an argument is missing
pow(1);
// @ts-expect-error a variadic argument needs a type
say('%d', 1);
// @ts-expect-error there is no such function
export const missing = lib.sqrt;
// @ts-expect-error the second argument of the second case is a string
pow.batch([[1, 2], [1, '2']]); // prettier-ignore
