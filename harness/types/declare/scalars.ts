import type { PointerSizedCode, ScalarCode, ScalarType } from './types.ts';

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
  wctype_t: 'uint16',
  wctrans_t: 'uint16',
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
  VARIANT_BOOL: 'int16',
  DWORDLONG: 'uint64',
  LONG64: 'int64',
  ULONG64: 'uint64',
  LONG32: 'int32',
  ULONG32: 'uint32',
  DWORD32: 'uint32',
  QWORD: 'uint64',
  ATOM: 'uint16',
  COLORREF: 'uint32',
  LCID: 'uint32',
  LANGID: 'uint16',
  LCTYPE: 'uint32',
  LSTATUS: 'int32',
  SECURITY_STATUS: 'int32',
  ACCESS_MASK: 'uint32',
  REGSAM: 'uint32',
  CCHAR: 'int8',
  USN: 'int64',
  DATE: 'double',
  OLECHAR: 'uint16',
  HFILE: 'int32',
  SCODE: 'int32',
  time_t: 'int64',
  __time32_t: 'int32',
  __time64_t: 'int64',
  clock_t: 'int32',
  intmax_t: 'int64',
  uintmax_t: 'uint64',
  char16_t: 'uint16',
  char32_t: 'uint32',
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
  SOCKET: 'uint',
  rsize_t: 'uint',
} as const;

/** Pointers with a name of their own: what they point to, and whether it is const. */
const POINTERS = {
  // A pointer into the arguments: slots as wide as a pointer, one after the other (Microsoft's vadefs.h).
  va_list: ['uintptr_t', false],
  _locale_t: ['void', false],
  _onexit_t: ['void', false],
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
  HWND: ['void', false],
  HKEY: ['void', false],
  HDC: ['void', false],
  HBITMAP: ['void', false],
  HBRUSH: ['void', false],
  HPEN: ['void', false],
  HFONT: ['void', false],
  HICON: ['void', false],
  HCURSOR: ['void', false],
  HMENU: ['void', false],
  HRGN: ['void', false],
  HPALETTE: ['void', false],
  HGLOBAL: ['void', false],
  HLOCAL: ['void', false],
  HRSRC: ['void', false],
  HHOOK: ['void', false],
  HGDIOBJ: ['void', false],
  HMONITOR: ['void', false],
  HDESK: ['void', false],
  HWINSTA: ['void', false],
  HACCEL: ['void', false],
  HMETAFILE: ['void', false],
  HENHMETAFILE: ['void', false],
  HKL: ['void', false],
  HDWP: ['void', false],
  HTASK: ['void', false],
  HINTERNET: ['void', false],
  SC_HANDLE: ['void', false],
  HDROP: ['void', false],
  HGLRC: ['void', false],
  HCONV: ['void', false],
  HCONVLIST: ['void', false],
  HDDEDATA: ['void', false],
  HSZ: ['void', false],
  HCERTSTORE: ['void', false],
  HCRYPTMSG: ['void', false],
  PSID: ['void', false],
  PSECURITY_DESCRIPTOR: ['void', false],
  FARPROC: ['void', false],
  PROC: ['void', false],
  RPC_BINDING_HANDLE: ['void', false],
  DLL_DIRECTORY_COOKIE: ['void', false],
  PBYTE: ['BYTE', false],
  LPBYTE: ['BYTE', false],
  PUCHAR: ['UCHAR', false],
  PBOOL: ['BOOL', false],
  LPBOOL: ['BOOL', false],
  PBOOLEAN: ['BOOLEAN', false],
  PINT: ['INT', false],
  LPINT: ['INT', false],
  PUINT: ['UINT', false],
  PSHORT: ['SHORT', false],
  PUSHORT: ['USHORT', false],
  PWORD: ['WORD', false],
  LPWORD: ['WORD', false],
  PLONG: ['LONG', false],
  LPLONG: ['LONG', false],
  PULONG: ['ULONG', false],
  PDWORD: ['DWORD', false],
  LPDWORD: ['DWORD', false],
  PLONGLONG: ['LONGLONG', false],
  PULONGLONG: ['ULONGLONG', false],
  PLONG64: ['LONG64', false],
  PULONG64: ['ULONG64', false],
  PDWORD64: ['DWORD64', false],
  PSIZE_T: ['SIZE_T', false],
  PSSIZE_T: ['SSIZE_T', false],
  PULONG_PTR: ['ULONG_PTR', false],
  PDWORD_PTR: ['DWORD_PTR', false],
  PUINT_PTR: ['UINT_PTR', false],
  PFLOAT: ['FLOAT', false],
  PHANDLE: ['HANDLE', false],
  LPHANDLE: ['HANDLE', false],
  PHKEY: ['HKEY', false],
  BSTR: ['OLECHAR', false],
  LPOLESTR: ['OLECHAR', false],
  LPCOLESTR: ['OLECHAR', true],
  PCHAR: ['CHAR', false],
  PWCHAR: ['WCHAR', false],
  PCWCH: ['WCHAR', true],
  LPCWCH: ['WCHAR', true],
  PWCH: ['WCHAR', false],
  LPWCH: ['WCHAR', false],
  PCCH: ['CHAR', true],
  LPCCH: ['CHAR', true],
  PCH: ['CHAR', false],
  LPCH: ['CHAR', false],
} as const;

export type ScalarNames = typeof SCALARS;
export type PointerSizedNames = typeof POINTER_SIZED;
export type PointerSizedName = keyof PointerSizedNames;
export type PointerNames = typeof POINTERS;

const TEXT: Readonly<Record<string, 'char' | 'wchar'>> = {
  char: 'char',
  CHAR: 'char',
  wchar_t: 'wchar',
  WCHAR: 'wchar',
  OLECHAR: 'wchar',
  char16_t: 'wchar',
};

/** The scalar called `name`, or undefined. */
export function scalarNamed(name: string): ScalarType | undefined {
  const code: ScalarCode | PointerSizedCode | undefined = Object.hasOwn(POINTER_SIZED, name)
    ? `${POINTER_SIZED[name as PointerSizedName]}ptr`
    : Object.hasOwn(SCALARS, name)
      ? SCALARS[name as keyof ScalarNames]
      : undefined;
  return code && { kind: 'scalar', code, name, text: TEXT[name] ?? null };
}

/** What the pointer type called `name`, such as `LPCSTR`, points to, or undefined. */
export function pointerNamed(name: string): { readonly target: string; readonly isConst: boolean } | undefined {
  if (!Object.hasOwn(POINTERS, name)) return undefined;
  const [target, isConst] = POINTERS[name as keyof PointerNames];
  return { target, isConst };
}

/** Names of scalars and of pointers. */
export const SCALAR_NAMES: readonly string[] = [...Object.keys(SCALARS), ...Object.keys(POINTER_SIZED)];
export const POINTER_NAMES: readonly string[] = Object.keys(POINTERS);

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
