/** Scalars by width and interpretation. `wchar` is a UTF-16 code unit. */
export type ScalarCode =
  'bool' | 'int8' | 'uint8' | 'int16' | 'uint16' | 'int32' | 'uint32' | 'int64' | 'uint64' | 'float' | 'double';

export interface VoidType {
  readonly kind: 'void';
  readonly name: 'void';
}

export interface ScalarType {
  readonly kind: 'scalar';
  readonly code: ScalarCode;
  /** As a person wrote it: `DWORD`, `unsigned long`. */
  readonly name: string;
  readonly bytes: 1 | 2 | 4 | 8;
  /** Whether a pointer to it is text: `char` holds bytes of a string, `wchar` UTF-16 units, others neither. */
  readonly text: 'char' | 'wchar' | null;
}

export interface PointerType {
  readonly kind: 'pointer';
  readonly name: string;
  readonly target: CType;
  /** The function promises not to write through it. */
  readonly const: boolean;
}

export interface StructMember {
  readonly name: string;
  readonly type: ScalarType | PointerType | StructType;
  /** Bytes from the start of the struct. */
  readonly offset: number;
}

export interface StructType {
  readonly kind: 'struct';
  readonly name: string;
  readonly bytes: number;
  readonly alignment: number;
  readonly members: readonly StructMember[];
}

/** `in` is read by the function, `out` written, `inout` both. Pointers to non-const memory are `inout` unless annotated. */
export type Direction = 'in' | 'out' | 'inout';

export interface Parameter {
  readonly name: string;
  readonly type: CType;
  readonly direction: Direction;
}

/** How arguments travel. On x64 there is one way, and the others mean the same. */
export type Convention = 'cdecl' | 'stdcall' | 'fastcall' | 'thiscall';

/** A function, or what a callback has to look like. */
export interface FunctionType {
  readonly kind: 'function';
  readonly name: string;
  readonly result: CType;
  readonly parameters: readonly Parameter[];
  readonly variadic: boolean;
  readonly convention: Convention;
}

export type CType = VoidType | ScalarType | PointerType | StructType | FunctionType;

/** Size in memory of a type that has one. */
export function sizeOf(type: CType, pointerBytes: number): number {
  switch (type.kind) {
    case 'scalar':
    case 'struct':
      return type.bytes;
    case 'pointer':
      return pointerBytes;
    case 'void':
    case 'function':
      return 1; // Memory of unknown type is counted in bytes.
  }
}
