// The types that koffi knows from the start, as it has them on Windows: `long` has 4 bytes and `wchar_t` 2.
import { type Hint, type Primitive, Type, type TypedArrayName } from './type.ts';

const TYPED: Readonly<Partial<Record<Primitive, TypedArrayName>>> = {
  Int8: 'Int8Array',
  UInt8: 'Uint8Array',
  Int16: 'Int16Array',
  Int16S: 'Int16Array',
  UInt16: 'Uint16Array',
  UInt16S: 'Uint16Array',
  Int32: 'Int32Array',
  Int32S: 'Int32Array',
  UInt32: 'Uint32Array',
  UInt32S: 'Uint32Array',
  Int64: 'BigInt64Array',
  Int64S: 'BigInt64Array',
  UInt64: 'BigUint64Array',
  UInt64S: 'BigUint64Array',
  Float32: 'Float32Array',
  Float64: 'Float64Array',
};

/** The typed array for elements of a primitive; others become plain arrays. */
export function typedHint(primitive: Primitive): Hint {
  return TYPED[primitive] ?? 'Array';
}

interface Row {
  readonly names: readonly [string, ...string[]];
  readonly primitive: Primitive;
  readonly size: number;
  readonly hint?: Hint;
  readonly ref?: string;
}

function rows(pointerBytes: 4 | 8): Row[] {
  const word = pointerBytes === 8 ? '64' : '32';
  const all: Row[] = [
    { names: ['void'], primitive: 'Void', size: 0 },
    { names: ['bool'], primitive: 'Bool', size: 1 },
    { names: ['int8_t', 'int8'], primitive: 'Int8', size: 1 },
    { names: ['uint8_t', 'uint8'], primitive: 'UInt8', size: 1 },
    { names: ['char'], primitive: 'Int8', size: 1, hint: 'String8' },
    { names: ['unsigned char', 'uchar'], primitive: 'UInt8', size: 1 },
    { names: ['char16_t', 'char16'], primitive: 'Int16', size: 2, hint: 'String16' },
    { names: ['char32_t', 'char32'], primitive: 'Int32', size: 4, hint: 'String32' },
    { names: ['wchar_t', 'wchar'], primitive: 'Int16', size: 2, hint: 'String16' },
  ];
  for (const bits of [16, 32, 64] as const) {
    const size = bits / 8;
    for (const [word, primitive] of [
      ['int', `Int${bits}`],
      ['uint', `UInt${bits}`],
    ] as const) {
      const name = `${word}${bits}`;
      all.push(
        { names: [`${name}_t`, name], primitive, size },
        { names: [`${name}_le_t`, `${name}_le`], primitive, size },
        { names: [`${name}_be_t`, `${name}_be`], primitive: `${primitive}S`, size },
      );
    }
  }
  all.push(
    { names: ['short'], primitive: 'Int16', size: 2 },
    { names: ['unsigned short', 'ushort'], primitive: 'UInt16', size: 2 },
    { names: ['int'], primitive: 'Int32', size: 4 },
    { names: ['unsigned int', 'uint'], primitive: 'UInt32', size: 4 },
    { names: ['intptr_t', 'intptr'], primitive: `Int${word}`, size: pointerBytes },
    { names: ['uintptr_t', 'uintptr'], primitive: `UInt${word}`, size: pointerBytes },
    { names: ['size_t'], primitive: `UInt${word}`, size: pointerBytes },
    { names: ['long'], primitive: 'Int32', size: 4 },
    { names: ['unsigned long', 'ulong'], primitive: 'UInt32', size: 4 },
    { names: ['long long', 'longlong'], primitive: 'Int64', size: 8 },
    { names: ['unsigned long long', 'ulonglong'], primitive: 'UInt64', size: 8 },
    { names: ['float', 'float32'], primitive: 'Float32', size: 4 },
    { names: ['double', 'float64'], primitive: 'Float64', size: 8 },
    { names: ['char *', 'str', 'string'], primitive: 'String', size: pointerBytes, ref: 'char' },
    {
      names: ['char16_t *', 'char16 *', 'str16', 'string16'],
      primitive: 'String16',
      size: pointerBytes,
      ref: 'char16_t',
    },
    {
      names: ['char32_t *', 'char32 *', 'str32', 'string32'],
      primitive: 'String32',
      size: pointerBytes,
      ref: 'char32_t',
    },
    { names: ['wchar_t *', 'wchar *', 'wstring'], primitive: 'String16', size: pointerBytes, ref: 'wchar_t' },
  );
  return all;
}

/** All of them by every name they have. */
export function primitiveTypes(pointerBytes: 4 | 8): Map<string, Type> {
  const types = new Map<string, Type>();
  for (const { names, primitive, size, hint, ref } of rows(pointerBytes)) {
    const target = ref === undefined ? undefined : types.get(ref);
    const type = new Type({
      name: names[0],
      primitive,
      size,
      alignment: size,
      hint: hint ?? typedHint(primitive),
      ...(target && { ref: target }),
    });
    for (const name of names) types.set(name, type);
  }
  return types;
}
