// The TypeScript type of a function, read from its C prototype by the compiler. parse-declaration.ts does the same at run
// time and also says what is wrong; here an unknown type becomes `unknown`, which the declaration then refuses.
import type { PointerNames, PointerSizedName, ScalarNames } from './scalars.ts';
import type { AnyType, Memory, Numbers, PointerCell, PointerLike, Typed } from './values.ts';

type Space = ' ' | '\n' | '\t' | '\r';
export type Trim<S extends string> = S extends `${Space}${infer R}`
  ? Trim<R>
  : S extends `${infer R}${Space}`
    ? Trim<R>
    : S;

/** Splits at the separator into a union. */
type Split<S extends string, By extends string> = S extends `${infer A}${By}${infer B}` ? A | Split<B, By> : S;

/** The words of a declaration, as a union: `const char *s` is `'const' | 'char' | 's'`. */
export type Words<S extends string> = Split<Split<Split<Split<Split<S, '*'>, Space>, '['>, '('>, ':'>;

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
export type IsLongLong<S extends string> = ` ${S} ` extends `${string} long ${infer R}`
  ? ` ${R}` extends `${string} long ${string}`
    ? true
    : false
  : false;

/** A scalar by its declaration; `long long` is two words and needs the whole text. */
type Scalar<S extends string> = IsLongLong<S> extends true ? number | bigint : ScalarValue<Words<S>>;

/** A library without types of its own knows none, although any name could be the key of a record. */
export type NamedType<S extends string, T> = string extends keyof T
  ? never
  : Extract<Words<S>, keyof T> extends infer K extends keyof T
    ? [K] extends [never]
      ? never
      : T[K]
    : never;

export type OutOf<N> = N extends Typed<infer Out, unknown> ? Out : unknown;
type InOf<N> = N extends { readonly valueType?: { readonly in: infer In } } ? In : unknown;

export type NamedPointer<S extends string> = Extract<Words<S>, keyof PointerNames>;

/** Names of pointers to pointers: `PHANDLE`. */
type PointerToPointer = {
  [K in keyof PointerNames]: PointerNames[K][0] extends keyof PointerNames ? K : never;
}[keyof PointerNames];

/** What a pointer to pointers takes. */
type Cells = PointerLike | PointerCell[] | Memory | null;

/** An array, which the DLL may write to unless the declaration says that it only reads. */
type Elements<S extends string, E> = IsRead<S> extends true ? readonly E[] : E[];

type TextName = 'char' | 'CHAR' | 'wchar_t' | 'WCHAR' | 'OLECHAR' | 'char16_t';

/** Names of pointers to text, by whether the text is const. */
type TextPointer<IsConst> = {
  [K in keyof PointerNames]: PointerNames[K] extends readonly [TextName, IsConst] ? K : never;
}[keyof PointerNames];

/** `unsigned char` holds bytes, not characters. */
type Text<S extends string> =
  Extract<Words<S>, 'unsigned' | 'signed'> extends never ? Extract<Words<S>, TextName> : never;

/** Whether the function only reads what a pointer leads to. */
type IsRead<S extends string> = S extends `${string}_In_${string}`
  ? true
  : ` ${Target<S>} ` extends `${string} ${'const' | 'CONST'} ${string}`
    ? true
    : false;

/** What stands before the first star or bracket. */
type Target<S extends string> = S extends `${infer A}*${string}` ? A : S extends `${infer A}[${string}` ? A : S;

/** How many stars: none, one, or more. An array parameter is a pointer. */
export type Stars<S extends string> = S extends `${string}*${string}*${string}` | `${string}*${string}[${string}`
  ? 2
  : S extends `${string}*${string}` | `${string}[${string}`
    ? 1
    : 0;

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

/** Annotations that say how long an array is. */
type Counted =
  | '_In_reads_' | '_In_reads_opt_' | '_In_reads_bytes_' | '_Inout_updates_' | '_Inout_updates_opt_' | '_Inout_updates_bytes_'
  | '_Out_writes_' | '_Out_writes_opt_' | '_Out_writes_bytes_' | '_Out_writes_all_' | '_Inout_updates_all_' | '_Ret_writes_' | '_Ret_writes_bytes_'; // prettier-ignore

/** One element of what a pointer leads to. */
type Element<S extends string, T> = [NamedType<S, T>] extends [never]
  ? Stars<S> extends 2
    ? PointerLike | null
    : Scalar<Target<S>>
  : OutOf<NamedType<S, T>>;

type ResultOf<S extends string, T> = [Extract<Words<S>, Counted>] extends [never]
  ? PlainResult<S, T>
  : Element<S, T>[] | null;

type PlainResult<S extends string, T> =
  Stars<S> extends 0
    ? [NamedPointer<S>] extends [never]
      ? [NamedType<S, T>] extends [never]
        ? Extract<Words<S>, 'void' | 'VOID'> extends never
          ? Scalar<S>
          : undefined
        : OutOf<NamedType<S, T>>
      : NamedPointer<S> extends TextPointer<boolean>
        ? string | null
        : PointerLike | null
    : Stars<S> extends 1
      ? [Text<S>] extends [never]
        ? PointerLike | null
        : string | null
      : PointerLike | null;

/** What a callback gets for a parameter of its own. Pointers are followed where an annotation says how far. */
type CallbackValue<S extends string, T> = [Extract<Words<S>, Counted>] extends [never]
  ? [Extract<Words<S>, '_In_z_' | '_In_opt_z_'>] extends [never]
    ? CallbackScalar<S, T>
    : string | null
  : Element<S, T>[] | null;

type CallbackScalar<S extends string, T> =
  Stars<S> extends 0
    ? [NamedPointer<S>] extends [never]
      ? PlainResult<S, T>
      : PointerLike | null
    : PointerLike | null;

/** What a callback may return. */
type CallbackResult<S extends string, T> =
  Stars<S> extends 0
    ? [NamedPointer<S>] extends [never]
      ? [NamedType<S, T>] extends [never]
        ? PlainResult<S, T>
        : InOf<NamedType<S, T>>
      : PointerLike | null
    : PointerLike | null;

/** Annotations with arguments, such as `_Out_writes_(count)`, lose them; `[in]` is `_In_`. */
type WithoutAnnotations<S extends string> = S extends `${infer A}_(${string})${infer B}`
  ? WithoutAnnotations<`${A}_ ${B}`>
  : S extends `${infer A}[${'in, out' | 'in,out' | 'out'}${string}]${infer B}`
    ? WithoutAnnotations<`${A}${B}`>
    : S extends `${infer A}[in${string}]${infer B}`
      ? WithoutAnnotations<`${A}_In_ ${B}`>
      : S;

/** The same before the type of the function. */
export type WithoutSuccess<S extends string> = S extends `_${'Success' | 'When' | 'Ret_range'}_(${string})${infer R}`
  ? WithoutSuccess<Trim<R>>
  : S extends `_Ret_writes_${infer B}(${string})${infer R}`
    ? `_Ret_writes_${B} ${Trim<R>}`
    : S;

type Count<S extends string, Letter extends string, Seen extends 0[] = []> = S extends `${string}${Letter}${infer R}`
  ? Count<R, Letter, [...Seen, 0]>
  : Seen;

/** A piece of a parameter list is whole when each parenthesis in it is closed; what is left of an annotation may close more. */
type IsWhole<S extends string> = Count<S, '('> extends [...Count<S, ')'>, 0, ...0[]] ? false : true;

/** Splits a parameter list at its commas, but not at those of a callback's own list. */
type Pieces<S extends string, Held extends string = ''> = S extends `${infer A},${infer B}`
  ? IsWhole<`${Held}${A}`> extends true
    ? [Trim<`${Held}${A}`>, ...Pieces<B>]
    : Pieces<B, `${Held}${A},`>
  : [Trim<`${Held}${S}`>];

/** The TypeScript function behind a function pointer's declaration. */
export type CallbackFunction<S extends string, T> = S extends `${infer R}(${string}*${string})${string}(${infer P})`
  ? (...args: CallbackArguments<Pieces<WithoutAnnotations<P>>, T>) => CallbackResult<R, T>
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
        ? [CallbackArgument<A, T>, ...Arguments<R, T>]
        : [ArgumentOf<A, T>, ...Arguments<R, T>]
  : [];

/** A callback, or an array of them: `int (**table)(int)`, `int (*table[2])(int)`. */
type CallbackArgument<S extends string, T> = S extends `${string}(${infer Inner})${string}`
  ? Inner extends `${string}**${string}` | `${string}[${string}`
    ? (CallbackFunction<S, T> | PointerLike | null)[] | PointerLike | null
    : CallbackFunction<S, T> | PointerLike | null
  : never;

/** An argument of a variadic function, with the type the prototype does not give: made by `as`. */
export interface VariadicArgument {
  readonly as: AnyType;
  readonly value: unknown;
}

export type WithoutEnd<S extends string> = Trim<S> extends `${infer R};` ? Trim<R> : Trim<S>;

/** All on one line, so that a word can be looked for with a blank on both sides. */
export type OneLine<S extends string> = S extends `${infer A}${'\n' | '\t' | '\r'}${infer B}`
  ? OneLine<`${A} ${B}`>
  : SingleBlanks<S>;

/** Microsoft's pages align parameters with blanks: so many that the compiler would give up while splitting at them. */
type SingleBlanks<S extends string> = S extends `${infer A}        ${infer B}`
  ? SingleBlanks<`${A} ${B}`>
  : S extends `${infer A}  ${infer B}`
    ? SingleBlanks<`${A} ${B}`>
    : S;

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

// Types alone: members of structs, exported variables, what a pointer is read as.

/** `count` dimensions of arrays around `V`. */
type Nested<V, Rest extends string> = Rest extends `${string}[${string}]${infer R}` ? Nested<V, R>[] : V;

/** The value that is read from a type or declaration; `T` are the types it may name. */
export type MemberOut<N, T = unknown> = N extends string
  ? N extends `${string}(${string}`
    ? PointerLike | null
    : N extends `${infer Base}:${string}`
      ? TypeOut<Base, T>
      : N extends `${infer Base}[${string}]${infer Rest}`
        ? ArrayOut<Base, Rest, T>
        : TypeOut<N, T>
  : OutOf<N>;

type ArrayOut<Base extends string, Rest extends string, T> =
  Stars<Base> extends 0
    ? [Text<Base>] extends [never]
      ? Nested<TypeOut<Base, T>, Rest>[]
      : Strings<Rest>
    : Nested<PointerLike | null, Rest>[];

/** The innermost dimension of characters is a string. */
type Strings<Rest extends string> = Rest extends `${string}[${string}]${infer R}` ? Strings<R>[] : string;

type TypeOut<S extends string, T> =
  Stars<S> extends 0
    ? [NamedPointer<S>] extends [never]
      ? [NamedType<S, T>] extends [never]
        ? Scalar<S>
        : OutOf<NamedType<S, T>>
      : PointerLike | null
    : PointerLike | null;

/** The value that may be written to a type or declaration. */
export type MemberIn<N, T = unknown> = N extends string
  ? N extends `${string}(${string}`
    ? N extends `${string}(${string}*${string})${string}(${string})`
      ? CallbackArgument<N, T>
      : PointerCell
    : N extends `${infer Base}:${string}`
      ? TypeIn<Base, T>
      : N extends `${infer Base}[${string}`
        ? [Text<Base>] extends [never]
          ? readonly unknown[] | Memory
          : string | readonly unknown[] | Memory
        : TypeIn<N, T>
  : InOf<N>;

type TypeIn<S extends string, T> =
  Stars<S> extends 0
    ? [NamedPointer<S>] extends [never]
      ? [NamedType<S, T>] extends [never]
        ? Scalar<S>
        : InOf<NamedType<S, T>>
      : PointerCell
    : PointerCell;
