// Sizes, alignments and offsets for one pointer width, as Microsoft's compiler has them (Microsoft, "x64 type and storage
// layout", "Alignment", "C bit fields"). Compared with what mingw prints by reference-dlls/layouts.
import { DllparityError } from '../../base/errors.ts';
import type { ArrayType, CType, EnumType, RecordType, ScalarCode, ScalarType } from '../declare/types.ts';
import type { ArrayLayout, Layout, PointerBytes, RecordLayout, ScalarLayout } from './layout-kinds.ts';
import { recordLayout } from './record-layout.ts';

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
