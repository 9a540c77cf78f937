// Sizes, alignments and offsets for one pointer width, as Microsoft's compiler has them (Microsoft, "x64 type and storage
// layout", "Alignment", "C bit fields"). Compared with what mingw prints by reference-dlls/layouts.
import { DllparityError } from '../../base/errors.ts';
import type {
  ArrayType,
  CType,
  EnumType,
  FunctionType,
  OpaqueType,
  PointerType,
  RecordType,
  ScalarCode,
  ScalarType,
  VoidType,
} from '../declare/types.ts';
import { recordLayout } from './record-layout.ts';

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

const BYTES: Readonly<Record<ScalarCode, 1 | 2 | 4 | 8>> = {
  bool: 1,
  int8: 1,
  uint8: 1,
  int16: 2,
  uint16: 2,
  int32: 4,
  uint32: 4,
  int64: 8,
  uint64: 8,
  float: 4,
  double: 8,
};

const cache = { 4: new WeakMap<CType, Layout>(), 8: new WeakMap<CType, Layout>() };

/** The layout of a type where pointers have `pointerBytes` bytes. Worked out once for each type. */
export function layoutOf(type: ScalarType | EnumType, pointerBytes: PointerBytes): ScalarLayout;
export function layoutOf(type: RecordType, pointerBytes: PointerBytes): RecordLayout;
export function layoutOf(type: CType, pointerBytes: PointerBytes): Layout;
export function layoutOf(type: CType, pointerBytes: PointerBytes): Layout {
  let layout = cache[pointerBytes].get(type);
  if (!layout) {
    layout = make(type, pointerBytes);
    cache[pointerBytes].set(type, layout);
  }
  return layout;
}

function make(type: CType, pointerBytes: PointerBytes): Layout {
  const { name } = type;
  switch (type.kind) {
    case 'scalar':
    case 'enum': {
      const code = codeOf(type, pointerBytes);
      const bytes = BYTES[code];
      const text = type.kind === 'scalar' ? type.text : null;
      const values = type.kind === 'enum' ? type.values : null;
      return { kind: 'scalar', type, name, code, bytes, alignment: bytes, text, values };
    }
    case 'pointer':
      return { kind: 'pointer', type, name, bytes: pointerBytes, alignment: pointerBytes };
    case 'array':
      return arrayLayout(type, pointerBytes);
    case 'struct':
    case 'union':
      return recordLayout(type, (member) => layoutOf(member, pointerBytes));
    case 'void':
    case 'function':
    case 'opaque':
      return { kind: 'sizeless', type, name, bytes: 1, alignment: 1 };
  }
}

function codeOf({ code }: ScalarType | EnumType, pointerBytes: PointerBytes): ScalarCode {
  if (code === 'intptr') return pointerBytes === 8 ? 'int64' : 'int32';
  if (code === 'uintptr') return pointerBytes === 8 ? 'uint64' : 'uint32';
  return code;
}

function arrayLayout(type: ArrayType, pointerBytes: PointerBytes): ArrayLayout {
  const element = layoutOf(type.element, pointerBytes);
  if (element.kind === 'sizeless') {
    throw new DllparityError('PROTOTYPE_TYPE_UNKNOWN', {
      what: `the elements of ${type.name} have no known size`,
      hint: 'Use an array of pointers, or declare the elements.',
    });
  }
  const length = type.length ?? 0;
  const { alignment } = element;
  return { kind: 'array', type, name: type.name, element, length, bytes: length * element.bytes, alignment };
}
