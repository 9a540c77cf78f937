import type { PointerType, ScalarCode, ScalarType } from './types.ts';

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

/**
 * Names of scalar types and what they are on Windows, whatever the host: `long` has 4 bytes, `wchar_t` 2
 * (Microsoft, "Data Type Ranges" and "Windows Data Types"). Words of several-word names stand in the order C prefers.
 */
const SCALARS = {
  bool: 'bool',
  _Bool: 'bool',
  char: 'int8',
  'signed char': 'int8',
  'unsigned char': 'uint8',
  short: 'int16',
  'unsigned short': 'uint16',
  int: 'int32',
  'unsigned int': 'uint32',
  long: 'int32',
  'unsigned long': 'uint32',
  'long long': 'int64',
  'unsigned long long': 'uint64',
  float: 'float',
  double: 'double',
  wchar_t: 'uint16',
  int8_t: 'int8',
  uint8_t: 'uint8',
  int16_t: 'int16',
  uint16_t: 'uint16',
  int32_t: 'int32',
  uint32_t: 'uint32',
  int64_t: 'int64',
  uint64_t: 'uint64',
  __int8: 'int8',
  __int16: 'int16',
  __int32: 'int32',
  __int64: 'int64',
  'unsigned __int8': 'uint8',
  'unsigned __int16': 'uint16',
  'unsigned __int32': 'uint32',
  'unsigned __int64': 'uint64',
  wint_t: 'uint16',
  errno_t: 'int32',
  BOOL: 'int32',
  BOOLEAN: 'uint8',
  BYTE: 'uint8',
  CHAR: 'int8',
  UCHAR: 'uint8',
  WCHAR: 'uint16',
  SHORT: 'int16',
  USHORT: 'uint16',
  WORD: 'uint16',
  INT8: 'int8',
  UINT8: 'uint8',
  INT16: 'int16',
  UINT16: 'uint16',
  INT32: 'int32',
  UINT32: 'uint32',
  INT64: 'int64',
  UINT64: 'uint64',
  INT: 'int32',
  UINT: 'uint32',
  LONG: 'int32',
  ULONG: 'uint32',
  DWORD: 'uint32',
  LONGLONG: 'int64',
  ULONGLONG: 'uint64',
  DWORD64: 'uint64',
  HRESULT: 'int32',
  NTSTATUS: 'int32',
  FLOAT: 'float',
  DOUBLE: 'double',
} as const satisfies Record<string, ScalarCode>;

/** As wide as a pointer. */
const POINTER_SIZED = {
  size_t: 'uint',
  ssize_t: 'int',
  ptrdiff_t: 'int',
  intptr_t: 'int',
  uintptr_t: 'uint',
  SIZE_T: 'uint',
  SSIZE_T: 'int',
  INT_PTR: 'int',
  UINT_PTR: 'uint',
  LONG_PTR: 'int',
  ULONG_PTR: 'uint',
  DWORD_PTR: 'uint',
  WPARAM: 'uint',
  LPARAM: 'int',
  LRESULT: 'int',
} as const;

/** Pointers with a name of their own: what they point to, and whether it is const. */
const POINTERS = {
  LPVOID: ['void', false],
  PVOID: ['void', false],
  LPCVOID: ['void', true],
  HANDLE: ['void', false],
  HMODULE: ['void', false],
  HINSTANCE: ['void', false],
  LPSTR: ['char', false],
  PSTR: ['char', false],
  LPCSTR: ['char', true],
  PCSTR: ['char', true],
  LPWSTR: ['wchar_t', false],
  PWSTR: ['wchar_t', false],
  LPCWSTR: ['wchar_t', true],
  PCWSTR: ['wchar_t', true],
} as const;

export type ScalarNames = typeof SCALARS;
export type PointerSizedName = keyof typeof POINTER_SIZED;
export type PointerNames = typeof POINTERS;

const TEXT: Readonly<Record<string, 'char' | 'wchar'>> = {
  char: 'char',
  CHAR: 'char',
  wchar_t: 'wchar',
  WCHAR: 'wchar',
};

/** The scalar called `name` where pointers have `pointerBytes` bytes, or undefined. */
export function scalarNamed(name: string, pointerBytes: 4 | 8): ScalarType | undefined {
  const sized = Object.hasOwn(POINTER_SIZED, name) ? POINTER_SIZED[name as PointerSizedName] : undefined;
  const code: ScalarCode | undefined =
    sized !== undefined
      ? pointerBytes === 8
        ? `${sized}64`
        : `${sized}32`
      : Object.hasOwn(SCALARS, name)
        ? SCALARS[name as keyof ScalarNames]
        : undefined;
  if (code === undefined) return undefined;
  return { kind: 'scalar', code, name, bytes: BYTES[code], text: TEXT[name] ?? null };
}

/** The pointer type called `name`, such as `LPCSTR`, or undefined. */
export function pointerNamed(name: string, pointerBytes: 4 | 8): PointerType | undefined {
  if (!Object.hasOwn(POINTERS, name)) return undefined;
  const [target, isConst] = POINTERS[name as keyof PointerNames];
  const type = target === 'void' ? ({ kind: 'void', name: 'void' } as const) : scalarNamed(target, pointerBytes);
  return type && { kind: 'pointer', name, target: type, const: isConst };
}

/** Every name a prototype may use, for the error that suggests one. */
export const KNOWN_TYPE_NAMES: readonly string[] = [
  'void',
  ...Object.keys(SCALARS),
  ...Object.keys(POINTER_SIZED),
  ...Object.keys(POINTERS),
];

/** Puts the words of a C type into the order of the table: `long unsigned int` is `unsigned long`. */
export function canonicalName(words: readonly string[]): string {
  const has = (word: string): boolean => words.includes(word);
  const longs = words.filter((word) => word === 'long').length;
  const sign = has('unsigned') ? 'unsigned ' : '';
  if (longs >= 2) return `${sign}long long`;
  if (longs === 1 && !has('double')) return `${sign}long`;
  if (has('short')) return `${sign}short`;
  if (has('char')) return has('signed') ? 'signed char' : `${sign}char`;
  const sized = words.find((word) => word.startsWith('__int'));
  if (sized !== undefined) return `${sign}${sized}`;
  if (has('int') || ((has('unsigned') || has('signed')) && words.length === 1)) return `${sign}int`;
  return words.join(' ');
}
