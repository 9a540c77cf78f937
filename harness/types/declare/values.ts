// What values of C types look like in TypeScript. A pointer reads values and values hold pointers: their types need each other.
import type { MemberTexts, PointerTo } from './carried-types.ts';
import type { IsLongLong, Pieces, Stars, Target, WithoutAnnotations, Words } from './prototype-text.ts';
import type { MemberTypes } from './record.ts';
import type { PointerNames, PointerSizedName, ScalarNames } from './scalars.ts';
import type { WindowsTypes } from './windows-types.ts';

/** Memory that travels to the function and back: any typed array, Buffer, DataView or ArrayBuffer. */
export type Memory = ArrayBufferView | ArrayBuffer;

/** The elements behind a pointer as plain numbers; written back into the same array. */
export type Numbers = (number | bigint | null)[];

/** What may stand where memory holds a pointer. An object is a struct, a function a callback. */
export type PointerCell = PointerLike | Memory | string | readonly unknown[] | object | null;

/** A place in the agent's memory. `Pointer` is the class behind it; reading there asks the agent, unless the memory is shared. */
export interface PointerLike {
  /** Address in the agent, never to be compared between runs. */
  readonly address: bigint;
  /** The place `bytes` bytes further on; negative goes back. */
  plus(bytes: number): PointerLike;
  /**
   * The value of a type at this place.
   * @param type a C type, for example `int` or `char[16]`, or a type object
   * @param index counts elements of that type. @default 0
   */
  read<const N extends AnyType>(type: N, index?: number): MemberOut<N, WindowsTypes>;
  /**
   * Writes a value of a type at this place. What its pointers lead to has to be in the agent already.
   * @param index counts elements of that type. @default 0
   */
  write<const N extends AnyType>(type: N, value: MemberIn<N, WindowsTypes>, index?: number): void;
  /** `length` values of a type, one after the other. */
  array<const N extends AnyType>(type: N, length: number): MemberOut<N, WindowsTypes>[];
  /** A copy of `length` bytes, from `offset` bytes further on. @default offset 0 */
  bytes(length: number, offset?: number): Uint8Array;
  /**
   * The NUL-terminated text of 8-bit characters at this place.
   * @param encoding for example `windows-1252` or `gbk`. @default utf8
   */
  text(encoding?: string): string;
  /** The NUL-terminated UTF-16 text at this place. */
  wideText(): string;
}

/** Carries the TypeScript type of a C type: what is read, and what may be written. */
export interface Typed<Out, In = Out> {
  readonly valueType?: { readonly out: Out; readonly in: In };
}

/** A C type: its text, or an object that `struct`, `union`, `array` and their relatives make. */
export type AnyType = string | (CTypeObject & Typed<unknown, unknown>);

/** Any type object, whatever its kind. */
export interface CTypeObject {
  readonly kind: string;
  readonly name: string;
}

/** The TypeScript type of values that are read from a C type. */
export type ValueOf<T extends AnyType> = MemberOut<T, WindowsTypes>;

/** What is read from a record: one property per member. */
export type RecordOut<M extends MemberTypes, T = unknown> = { -readonly [K in keyof M]: MemberOut<M[K], T> };

/** What is written to a struct: members that are left out are zero. */
export type RecordIn<M extends MemberTypes, T = unknown> = { -readonly [K in keyof M]?: MemberIn<M[K], T> };

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

/** A scalar by its declaration; `long long` is two words and needs the whole text. */
export type Scalar<S extends string> = IsLongLong<S> extends true ? number | bigint : ScalarValue<Words<S>>;

/** A library without types of its own knows none, although any name could be the key of a record. */
export type NamedType<S extends string, T> = string extends keyof T
  ? never
  : Extract<Words<S>, keyof T> extends infer K extends keyof T
    ? [K] extends [never]
      ? never
      : T[K]
    : never;

type TextsOf<N> = N extends MemberTexts<infer M> ? M : never;
type TargetOf<N> = N extends PointerTo<infer R> ? R : never;

/** What is read from a type object. */
export type OutOf<N> = 'memberTexts' extends keyof N
  ? RecordOut<TextsOf<N>>
  : 'pointsTo' extends keyof N
    ? PointerLike | null
    : N extends Typed<infer Out, unknown>
      ? Out
      : unknown;

/** What may be written to it. */
export type InOf<N> = 'memberTexts' extends keyof N
  ? RecordIn<TextsOf<N>>
  : 'pointsTo' extends keyof N
    ? InOf<TargetOf<N>> | (InOf<TargetOf<N>> | null)[] | Memory | PointerLike | null
    : N extends { readonly valueType?: { readonly in: infer In } }
      ? In
      : unknown;

export type NamedPointer<S extends string> = Extract<Words<S>, keyof PointerNames>;

export type TextName = 'char' | 'CHAR' | 'wchar_t' | 'WCHAR' | 'OLECHAR' | 'char16_t';

/** Names of pointers to text, by whether the text is const. */
export type TextPointer<IsConst> = {
  [K in keyof PointerNames]: PointerNames[K] extends readonly [TextName, IsConst] ? K : never;
}[keyof PointerNames];

/** `unsigned char` holds bytes, not characters. */
export type Text<S extends string> =
  Extract<Words<S>, 'unsigned' | 'signed'> extends never ? Extract<Words<S>, TextName> : never;

/** Annotations that say how long an array is. */
export type Counted =
  | '_In_reads_' | '_In_reads_opt_' | '_In_reads_bytes_' | '_Inout_updates_' | '_Inout_updates_opt_' | '_Inout_updates_bytes_'
  | '_Out_writes_' | '_Out_writes_opt_' | '_Out_writes_bytes_' | '_Out_writes_all_' | '_Inout_updates_all_' | '_Ret_writes_' | '_Ret_writes_bytes_'; // prettier-ignore

/** One element of what a pointer leads to. */
export type Element<S extends string, T> = [NamedType<S, T>] extends [never]
  ? Stars<S> extends 2
    ? PointerLike | null
    : Scalar<Target<S>>
  : OutOf<NamedType<S, T>>;

export type PlainResult<S extends string, T> =
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

/** A callback, or an array of them: `int (**table)(int)`, `int (*table[2])(int)`. */
export type CallbackArgument<S extends string, T> = S extends `${string}(${infer Inner})${string}`
  ? Inner extends `${string}**${string}` | `${string}[${string}`
    ? (CallbackFunction<S, T> | PointerLike | null)[] | PointerLike | null
    : CallbackFunction<S, T> | PointerLike | null
  : never;

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
