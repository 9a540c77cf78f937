// The one form into which both dialects of the notation are read. docs/guides/facts.md describes how they are written.

import type { DeclaredPrototype } from './declare-fact.ts';

/** A value as written: the type that it meets says what it means. Numbers beyond 2^53, infinities and bits are text. */
export type Plain = number | string;

/** Content of memory before the call. */
export type Content =
  | { readonly kind: 'zero' }
  /** Text with its terminator, as far as there is room. */
  | { readonly kind: 'text'; readonly text: string }
  /** Elements from the start; the rest is zero. */
  | { readonly kind: 'units'; readonly values: readonly Plain[] }
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  /** Every byte is this one. */
  | { readonly kind: 'fill'; readonly byte: number }
  /** One slot as wide as a pointer for each. */
  | { readonly kind: 'slots'; readonly values: readonly Argument[] };

/** What is in a struct before the call: a member is a value, a list, a struct, or an argument that its pointer leads to. */
export type MemberValue = Plain | Argument | readonly Plain[] | { readonly [member: string]: MemberValue };

export type StructContent =
  | Extract<Content, { kind: 'zero' | 'bytes' | 'fill' }>
  | { readonly kind: 'fields'; readonly fields: Readonly<Record<string, MemberValue>> }
  /** Functions of the DLL that prepare it: those named Update get the text too. */
  | { readonly kind: 'after'; readonly calls: readonly string[]; readonly data: string | undefined };

/** One argument, or what a pointer in a struct leads to. `kind` is no name of a member: members are told apart by it. */
export type Argument =
  | { readonly kind: 'null' }
  | { readonly kind: 'scalar'; readonly type: string; readonly value: Plain }
  /** `count` elements, or as many as the content has. */
  | { readonly kind: 'memory'; readonly element: string; readonly count: number | undefined; readonly content: Content }
  | { readonly kind: 'struct'; readonly name: string; readonly content: StructContent }
  /** A pointer into another argument. */
  | Inside
  /** `isBehind`: the function takes a pointer to the va_list, as FormatMessage does. */
  | { readonly kind: 'va-list'; readonly values: readonly Argument[]; readonly isBehind: boolean }
  | { readonly kind: 'callback'; readonly words: string };

/** A place in another argument. */
export interface Inside {
  readonly kind: 'inside';
  readonly argument: number;
  readonly offset: number;
  readonly unit: 'elements' | 'bytes';
}

/** What has to be true of a value, or of memory. Nothing else is compared. */
export type Check =
  | { readonly kind: 'plain'; readonly value: Plain }
  | { readonly kind: 'null'; readonly isNull: boolean }
  /** `own`: as wide as the memory it meets. */
  | {
      readonly kind: 'text';
      readonly text: string;
      readonly extent: 'whole' | 'start';
      readonly width: 'own' | 'wide';
      readonly ignoresCase: boolean;
    }
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  /** Elements from the start, as wide as those of the memory unless `type` says otherwise. */
  | { readonly kind: 'units'; readonly values: readonly Plain[]; readonly type: 'own' | 'uint16' }
  | { readonly kind: 'length'; readonly length: number }
  | Inside
  /** A pointer into the text that the set-up has given to the first call. */
  | { readonly kind: 'in-first'; readonly offset: number }
  | { readonly kind: 'truthy'; readonly value: boolean }
  | { readonly kind: 'sign'; readonly sign: -1 | 0 | 1 }
  | { readonly kind: 'nan'; readonly negative: boolean | undefined }
  | { readonly kind: 'high32'; readonly bits: string }
  | { readonly kind: 'finite'; readonly value: boolean }
  | {
      readonly kind: 'approx';
      readonly value: Plain;
      readonly ulps: number | undefined;
      readonly absTol: number | undefined;
    }
  | { readonly kind: 'any-of'; readonly checks: readonly Check[] }
  | { readonly kind: 'not'; readonly check: Check }
  | {
      readonly kind: 'fields';
      readonly struct: string | undefined;
      readonly fields: Readonly<Record<string, Check>>;
    };

/** An error code after the call; `unchanged`: the one that was set before it. */
export type ErrorCheck =
  | { readonly kind: 'code'; readonly code: number }
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'any-of'; readonly checks: readonly ErrorCheck[] };

/** What the memory behind an argument has to hold after the call. */
export interface OutCheck {
  readonly argument: number;
  /** It counts the arguments of the fact's va_list. */
  readonly inVaList: boolean;
  /** Elements from the start of that memory. */
  readonly offset: number;
  readonly check: Check;
}

/** What the source asserts, and no more. */
export interface Expectation {
  readonly returns: Check | undefined;
  readonly out: readonly OutCheck[];
  readonly errno: ErrorCheck | undefined;
  readonly doserrno: ErrorCheck | undefined;
  readonly lastError: ErrorCheck | undefined;
  /** How often the callbacks among the arguments were called. */
  readonly callbackCount: number | undefined;
  /** What the handler of `__setusermatherr` was told; `none`: it was not called. */
  readonly matherrType: number | 'none' | undefined;
  /** Whether 0 and -0 are two values. */
  readonly tellsZeros: boolean;
}

/** A documented fact: what a function of Windows does with some arguments. */
export interface Fact {
  readonly id: string;
  /** As written: a name, or a path from the file of the fact. */
  readonly dll: string;
  readonly function: string;
  readonly prototype: string;
  readonly declared: DeclaredPrototype;
  readonly args: readonly Argument[];
  readonly expect: Expectation;
  /** The state that it needs, in words; undefined when a fresh process will do. */
  readonly setup: string | undefined;
  /** Remarks that change nothing. */
  readonly note: string | undefined;
  /** The source itself says that Wine differs. */
  readonly todoWine: boolean;
  /** Results that its source accepts of old versions of Windows only. They are no match. */
  readonly broken: readonly string[];
  readonly architecture: 'x64' | 'ia32' | 'both';
  /** Where it is documented. */
  readonly source: string;
  readonly file: string;
  readonly line: number;
}

/** The name under which declarations of known divergences have the facts of a function. */
export function suiteOf({ dll, function: name }: Pick<Fact, 'dll' | 'function'>): string {
  return `${dll.split(/[\\/]/).at(-1)?.toLowerCase() ?? ''}/${name}`;
}
