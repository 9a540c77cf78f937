// The TypeScript type of a function, read from its C prototype by the compiler. parse-declaration.ts does the same at run
// time and also says what is wrong; here an unknown type becomes `unknown`, which the declaration then refuses.
import type {
  IsRead,
  OneLine,
  Pieces,
  Stars,
  Trim,
  WithoutAnnotations,
  WithoutEnd,
  WithoutSuccess,
  Words,
} from './prototype-text.ts';
import type { PointerNames } from './scalars.ts';
import type {
  AnyType,
  CallbackArgument,
  Counted,
  Element,
  InOf,
  Memory,
  NamedPointer,
  NamedType,
  Numbers,
  PlainResult,
  PointerCell,
  PointerLike,
  Scalar,
  Text,
  TextName,
  TextPointer,
} from './values.ts';

/** Names of pointers to pointers: `PHANDLE`. */
type PointerToPointer = {
  [K in keyof PointerNames]: PointerNames[K][0] extends keyof PointerNames ? K : never;
}[keyof PointerNames];

/** What a pointer to pointers takes. */
type Cells = PointerLike | PointerCell[] | Memory | null;

/** An array, which the DLL may write to unless the declaration says that it only reads. */
type Elements<S extends string, E> = IsRead<S> extends true ? readonly E[] : E[];

/** A `void *` may get its type from `as`. */
type TypedByHand<S extends string> =
  Extract<Words<S>, 'void' | 'VOID' | 'LPVOID' | 'PVOID' | 'LPCVOID'> extends never ? never : VariadicArgument;

/** Something a caller may pass where the function takes a pointer. */
type PointerArgument<S extends string> = [Stars<S>, NamedPointer<S>] extends [1, never]
  ? [Text<S>] extends [never]
    ? S extends `${string}]${string}]${string}`
      ? Memory | readonly unknown[] | PointerLike | null
      : Memory | Elements<S, Numbers[number]> | PointerLike | TypedByHand<S> | null
    : IsRead<S> extends true
      ? string | Memory | PointerLike | null
      : Memory | PointerLike | null
  : PointerLike | Elements<S, PointerCell> | Memory | null;

type ArgumentOf<S extends string, T> =
  Stars<S> extends 0
    ? [NamedPointer<S>] extends [never]
      ? [NamedType<S, T>] extends [never]
        ? Scalar<S>
        : InOf<NamedType<S, T>>
      : NamedPointer<S> extends TextPointer<true>
        ? string | Memory | PointerLike | null
        : NamedPointer<S> extends PointerToPointer
          ? Cells
          : PointerNames[NamedPointer<S>][0] extends 'void' | TextName
            ? Memory | PointerLike | TypedByHand<S> | null
            : Memory | Numbers | PointerLike | null
    : [NamedType<S, T>] extends [never]
      ? PointerArgument<S>
      : PointerArgument<S> | Elements<S, InOf<NamedType<S, T>> | null> | InOf<NamedType<S, T>>;

type ResultOf<S extends string, T> = [Extract<Words<S>, Counted>] extends [never]
  ? PlainResult<S, T>
  : Element<S, T>[] | null;

type Arguments<P extends readonly string[], T> = P extends readonly [
  infer A extends string,
  ...infer R extends string[],
]
  ? A extends '' | 'void'
    ? []
    : A extends '...'
      ? VariadicArgument[]
      : A extends `${string}(${string}*${string})${string}(${string})`
        ? [CallbackArgument<A, T>, ...Arguments<R, T>]
        : [ArgumentOf<A, T>, ...Arguments<R, T>]
  : [];

/** An argument of a variadic function, with the type the prototype does not give: made by `as`. */
export interface VariadicArgument {
  readonly as: AnyType;
  readonly value: unknown;
}

/** The TypeScript function type of a C prototype; `T` are the types it may name. */
export type FunctionOf<P extends string, T = unknown> =
  WithoutSuccess<WithoutEnd<OneLine<P>>> extends `${infer Head}(${infer Parameters})`
    ? (...args: Arguments<Pieces<WithoutAnnotations<Parameters>>, T>) => ResultOf<Head, T>
    : never;

/** The same for a function behind a pointer, whose type may be written as the pointer's: `int (__stdcall *)(int)`. */
export type FunctionBehind<P extends string, T = unknown> = P extends `${infer R}(${infer Inner})(${infer A})`
  ? Trim<Inner> extends `*${string}` | `_${string} *${string}` | `${'WINAPI' | 'CALLBACK'} *${string}`
    ? FunctionOf<`${R} f(${A})`, T>
    : FunctionOf<P, T>
  : FunctionOf<P, T>;
