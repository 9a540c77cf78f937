// What is known of a type once the width of pointers is. layout.ts works it out.
import type {
  ArrayType,
  EnumType,
  FunctionType,
  OpaqueType,
  PointerType,
  RecordType,
  ScalarCode,
  ScalarType,
  VoidType,
} from '../declare/types.ts';

/** Bytes of a pointer: 8 in x64 processes, 4 in ia32 ones. */
export type PointerBytes = 4 | 8;

export interface ScalarLayout {
  readonly kind: 'scalar';
  readonly type: ScalarType | EnumType;
  readonly name: string;
  readonly code: ScalarCode;
  readonly bytes: 1 | 2 | 4 | 8;
  readonly alignment: number;
  readonly text: 'char' | 'wchar' | null;
  /** Names of an enumeration. */
  readonly values: Readonly<Record<string, number | bigint>> | null;
}

export interface PointerLayout {
  readonly kind: 'pointer';
  readonly type: PointerType;
  readonly name: string;
  readonly bytes: PointerBytes;
  readonly alignment: number;
}

export interface ArrayLayout {
  readonly kind: 'array';
  readonly type: ArrayType;
  readonly name: string;
  readonly element: Layout;
  /** 0 for a flexible array: its elements lie behind the struct. */
  readonly length: number;
  readonly bytes: number;
  readonly alignment: number;
}

/** Where a bit-field lies in its unit. */
export interface BitPlace {
  readonly shift: number;
  readonly width: number;
}

export interface MemberLayout {
  readonly name: string;
  readonly layout: Layout;
  /** Bytes from the start of the record; of a bit-field, of its unit. */
  readonly offset: number;
  readonly bits: BitPlace | null;
}

export interface RecordLayout {
  readonly kind: 'struct' | 'union';
  readonly type: RecordType;
  readonly name: string;
  readonly members: readonly MemberLayout[];
  readonly bytes: number;
  readonly alignment: number;
}

/** Types whose values do not lie in memory; memory of unknown type is counted in bytes. */
export interface SizelessLayout {
  readonly kind: 'sizeless';
  readonly type: VoidType | FunctionType | OpaqueType;
  readonly name: string;
  readonly bytes: 1;
  readonly alignment: 1;
}

export type Layout = ScalarLayout | PointerLayout | ArrayLayout | RecordLayout | SizelessLayout;
