// What a declaration says, before anybody knows how wide a pointer is: layouts (harness/types/abi) follow from these and the
// runtime. All are plain values, so that a library is declared once and loaded by agents of either architecture.
import type { Expression } from './expression.ts';

/** Scalars by width and interpretation. */
export type ScalarCode =
  'bool' | 'int8' | 'uint8' | 'int16' | 'uint16' | 'int32' | 'uint32' | 'int64' | 'uint64' | 'float' | 'double';

/** Integers as wide as a pointer of the runtime. */
export type PointerSizedCode = 'intptr' | 'uintptr';

export interface VoidType {
  readonly kind: 'void';
  readonly name: 'void';
}

export interface ScalarType {
  readonly kind: 'scalar';
  readonly code: ScalarCode | PointerSizedCode;
  /** As a person wrote it: `DWORD`, `unsigned long`. */
  readonly name: string;
  /** Whether memory of it is text: `char` holds bytes of a string, `wchar` UTF-16 units, others neither. */
  readonly text: 'char' | 'wchar' | null;
}

/** Named integers. On Windows an enumeration is an `int` unless it says otherwise. */
export interface EnumType {
  readonly kind: 'enum';
  readonly name: string;
  readonly code: ScalarCode;
  readonly values: Readonly<Record<string, number | bigint>>;
}

export interface PointerType {
  readonly kind: 'pointer';
  readonly name: string;
  readonly target: CType;
  /** The function promises not to write through it. */
  readonly const: boolean;
  /** For pointers made by `counted`, what counts the elements: arithmetic of members of the struct. */
  readonly countedBy: string | null;
}

export interface ArrayType {
  readonly kind: 'array';
  readonly name: string;
  readonly element: CType;
  /** Number of elements; `null` for the flexible array at the end of a struct. */
  readonly length: number | null;
  /** What counts the elements of a flexible array: arithmetic of members, or of parameters. */
  readonly countedBy: string | null;
}

export interface Member {
  readonly name: string;
  readonly type: CType;
  /** Width of a bit-field; 0 closes the unit before it. `null` for an ordinary member. */
  readonly bits: number | null;
}

/** A struct or a union. */
export interface RecordType {
  readonly kind: 'struct' | 'union';
  readonly name: string;
  readonly members: readonly Member[];
  /** `#pragma pack`: no member is aligned to more than this. `null`: natural alignment. */
  readonly pack: number | null;
  /** `__declspec(align)`: the whole is aligned to at least this. `null`: as its members ask. */
  readonly align: number | null;
}

/** A type of which only the name is known: pointers to it are handed about. */
export interface OpaqueType {
  readonly kind: 'opaque';
  readonly name: string;
}

/** `in` is read by the function, `out` written, `inout` both. Pointers to non-const memory are `inout` unless annotated. */
export type Direction = 'in' | 'out' | 'inout';

/** How much memory lies behind a pointer, as an annotation (SAL) says. */
export interface Extent {
  readonly unit: 'elements' | 'bytes';
  /** Over the names of the function's parameters; `terminated`: up to the first zero element. */
  readonly count: Expression | 'terminated';
}

export interface Parameter {
  readonly name: string;
  readonly type: CType;
  readonly direction: Direction;
  /** What lies behind the pointer. */
  readonly extent: Extent | null;
  /** What lies behind the pointer that the function stores behind this one (`_Outptr_result_buffer_`). */
  readonly stored: Extent | null;
  /** What has to lie behind the pointer at least, as the lengths of its arrays say. Nobody reads more for it. */
  readonly least: Extent | null;
}

/** How arguments travel. On x64 there is one way, and the others mean the same. */
export type Convention = 'cdecl' | 'stdcall' | 'fastcall' | 'thiscall';

/** A function, or what a callback has to look like. */
export interface FunctionType {
  readonly kind: 'function';
  readonly name: string;
  readonly result: CType;
  readonly resultExtent: Extent | null;
  readonly parameters: readonly Parameter[];
  readonly variadic: boolean;
  readonly convention: Convention;
  /** A C++ member function: a struct is returned through memory whatever its size, behind `this` (Microsoft's C++ ABI). */
  readonly method: boolean;
}

export type CType = VoidType | ScalarType | EnumType | PointerType | ArrayType | RecordType | OpaqueType | FunctionType;

/** Whether memory of this type is text. */
export function textOf(type: CType): 'char' | 'wchar' | null {
  return type.kind === 'scalar' ? type.text : null;
}

/** A pointer to `target`. */
export function pointerTo(target: CType, isConst = false, countedBy: string | null = null): PointerType {
  const name = `${isConst ? 'const ' : ''}${target.name}${target.kind === 'pointer' ? '*' : ' *'}`;
  return { kind: 'pointer', name, target, const: isConst, countedBy };
}

/** `length` elements one after the other. */
export function arrayOf(element: CType, length: number | null, countedBy: string | null = null): ArrayType {
  const count = countedBy ?? length?.toString() ?? '';
  const at = element.kind === 'array' ? element.name.indexOf('[') : -1;
  // The outer dimension stands first: an array of 3 arrays of 4 is `int[3][4]`.
  const name = at < 0 ? `${element.name}[${count}]` : `${element.name.slice(0, at)}[${count}]${element.name.slice(at)}`;
  return { kind: 'array', name, element, length, countedBy };
}
