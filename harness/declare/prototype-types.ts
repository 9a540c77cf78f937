// The TypeScript type of a function, read from its C prototype by the compiler. parse-prototype.ts does the same at run
// time and also says what is wrong; here an unknown type becomes `unknown`, which the declaration then refuses.
import type { PointerNames, PointerSizedName, ScalarNames } from './scalars.ts';
import type { Memory, Numbers, PointerLike, StructValue } from './values.ts';

type Space = ' ' | '\n' | '\t' | '\r';
type Trim<S extends string> = S extends `${Space}${infer R}` ? Trim<R> : S extends `${infer R}${Space}` ? Trim<R> : S;

/** Splits at the separator into a union. */
type Split<S extends string, By extends string> = S extends `${infer A}${By}${infer B}` ? A | Split<B, By> : S;

/** The words of a declaration, as a union: `const char *s` is `'const' | 'char' | 's'`. */
type Words<S extends string> = Split<Split<Split<Split<S, '*'>, Space>, '['>, '('>;

type Int64Name =
  | { [K in keyof ScalarNames]: ScalarNames[K] extends 'int64' | 'uint64' ? K : never }[keyof ScalarNames]
  | PointerSizedName;

type ScalarValue<W> = [Extract<W, 'bool' | '_Bool'>] extends [never]
  ? [Extract<W, Int64Name>] extends [never]
    ? [Extract<W, keyof ScalarNames | 'unsigned' | 'signed'>] extends [never]
      ? unknown
      : number
    : number | bigint
  : boolean;

/** Whether `long` stands twice: `unsigned long long`, `long unsigned long`. */
type IsLongLong<S extends string> = ` ${S} ` extends `${string} long ${infer R}`
  ? ` ${R}` extends `${string} long ${string}`
    ? true
    : false
  : false;

/** A scalar by its declaration; `long long` is two words and needs the whole text. */
type Scalar<S extends string> = IsLongLong<S> extends true ? number | bigint : ScalarValue<Words<S>>;

/** A library without structs of its own knows none, although any name could be the key of a record. */
type StructOf<S extends string, T> = string extends keyof T
  ? never
  : Extract<Words<S>, keyof T> extends infer K extends keyof T
    ? [K] extends [never]
      ? never
      : T[K] extends StructValue<infer V>
        ? V
        : never
    : never;

type NamedPointer<S extends string> = Extract<Words<S>, keyof PointerNames>;

/** `unsigned char` holds bytes, not characters. */
type Text<S extends string> =
  Extract<Words<S>, 'unsigned' | 'signed'> extends never
    ? Extract<Words<S>, 'char' | 'CHAR' | 'wchar_t' | 'WCHAR'>
    : never;

/** Whether the function only reads what a pointer leads to. */
type IsRead<S extends string> = S extends `${string}_In_${string}`
  ? true
  : ` ${Target<S>} ` extends `${string} ${'const' | 'CONST'} ${string}`
    ? true
    : false;

/** What stands before the first star or bracket. */
type Target<S extends string> = S extends `${infer A}*${string}` ? A : S extends `${infer A}[${string}` ? A : S;

/** How many stars: none, one, or more. An array parameter is a pointer. */
type Stars<S extends string> = S extends `${string}*${string}*${string}` | `${string}*${string}[${string}`
  ? 2
  : S extends `${string}*${string}` | `${string}[${string}`
    ? 1
    : 0;

/** Something a caller may pass where the function takes a pointer. */
type PointerArgument<S extends string> =
  Stars<S> extends 2
    ? PointerLike | (PointerLike | null)[] | null
    : [Text<S>] extends [never]
      ? Memory | Numbers | PointerLike | null
      : IsRead<S> extends true
        ? string | Memory | PointerLike | null
        : Memory | PointerLike | null;

type ArgumentOf<S extends string, T> =
  Stars<S> extends 0
    ? [NamedPointer<S>] extends [never]
      ? [StructOf<S, T>] extends [never]
        ? Scalar<S>
        : StructOf<S, T>
      : NamedPointer<S> extends 'LPCSTR' | 'PCSTR' | 'LPCWSTR' | 'PCWSTR'
        ? string | Memory | PointerLike | null
        : Memory | PointerLike | null
    : [StructOf<S, T>] extends [never]
      ? PointerArgument<S>
      : PointerArgument<S> | (StructOf<S, T> | null)[] | StructOf<S, T>;

type ResultOf<S extends string, T> =
  Stars<S> extends 0
    ? [NamedPointer<S>] extends [never]
      ? [StructOf<S, T>] extends [never]
        ? Extract<Words<S>, 'void' | 'VOID'> extends never
          ? Scalar<S>
          : undefined
        : StructOf<S, T>
      : NamedPointer<S> extends 'LPSTR' | 'PSTR' | 'LPCSTR' | 'PCSTR' | 'LPWSTR' | 'PWSTR' | 'LPCWSTR' | 'PCWSTR'
        ? string | null
        : PointerLike | null
    : Stars<S> extends 1
      ? [Text<S>] extends [never]
        ? PointerLike | null
        : string | null
      : PointerLike | null;

/** The value of a type by its name alone, such as a member of a struct. */
export type ScalarOf<S extends string> =
  Stars<S> extends 0 ? ([NamedPointer<S>] extends [never] ? Scalar<S> : PointerLike | null) : PointerLike | null;

/** What a callback gets for a parameter of its own, or returns: its pointers are not followed. */
type CallbackValue<S extends string, T> =
  Stars<S> extends 0 ? ([NamedPointer<S>] extends [never] ? ResultOf<S, T> : PointerLike | null) : PointerLike | null;

/** Annotations with arguments, such as `_Out_writes_(count)`, say nothing about the TypeScript type; `[in]` is `_In_`. */
type WithoutAnnotations<S extends string> = S extends `${infer A}_(${string})${infer B}`
  ? WithoutAnnotations<`${A}_ ${B}`>
  : S extends `${infer A}[${'in, out' | 'in,out' | 'out'}${string}]${infer B}`
    ? WithoutAnnotations<`${A}${B}`>
    : S extends `${infer A}[in${string}]${infer B}`
      ? WithoutAnnotations<`${A}_In_ ${B}`>
      : S;

/** The same before the type of the function. */
type WithoutSuccess<S extends string> =
  S extends `_${'Success' | 'When' | 'Ret_writes' | 'Ret_range'}_(${string})${infer R}` ? WithoutSuccess<Trim<R>> : S;

/** A piece of a parameter list with an opening parenthesis is whole when it ends with a closing one. */
type IsWhole<S extends string> = S extends `${string}(${string}` ? (Trim<S> extends `${string})` ? true : false) : true;

/** Splits a parameter list at its commas, but not at those of a callback's own list. */
type Pieces<S extends string, Held extends string = ''> = S extends `${infer A},${infer B}`
  ? IsWhole<`${Held}${A}`> extends true
    ? [Trim<`${Held}${A}`>, ...Pieces<B>]
    : Pieces<B, `${Held}${A},`>
  : [Trim<`${Held}${S}`>];

type CallbackOf<S extends string, T> = S extends `${infer R}(${string}*${string})${string}(${infer P})`
  ? ((...args: CallbackArguments<Pieces<P>, T>) => CallbackValue<R, T>) | PointerLike | null
  : never;

type CallbackArguments<P extends readonly string[], T> = P extends readonly [
  infer A extends string,
  ...infer R extends string[],
]
  ? A extends '' | 'void'
    ? []
    : [CallbackValue<A, T>, ...CallbackArguments<R, T>]
  : [];

type Arguments<P extends readonly string[], T> = P extends readonly [
  infer A extends string,
  ...infer R extends string[],
]
  ? A extends '' | 'void'
    ? []
    : A extends '...'
      ? VariadicArgument[]
      : A extends `${string}(${string}*${string})${string}(${string})`
        ? [CallbackOf<A, T>, ...Arguments<R, T>]
        : [ArgumentOf<A, T>, ...Arguments<R, T>]
  : [];

/** An argument of a variadic function, with the type the prototype does not give: made by `as`. */
export interface VariadicArgument {
  readonly as: string;
  readonly value: unknown;
}

type WithoutEnd<S extends string> = Trim<S> extends `${infer R};` ? Trim<R> : Trim<S>;

/** All on one line, so that a word can be looked for with a blank on both sides. */
type OneLine<S extends string> = S extends `${infer A}${'\n' | '\t' | '\r'}${infer B}` ? OneLine<`${A} ${B}`> : S;

/** The TypeScript function type of a C prototype; `T` are the structs it may name. */
export type FunctionOf<P extends string, T = unknown> =
  WithoutSuccess<WithoutEnd<OneLine<P>>> extends `${infer Head}(${infer Parameters})`
    ? (...args: Arguments<Pieces<WithoutAnnotations<Parameters>>, T>) => ResultOf<Head, T>
    : never;
