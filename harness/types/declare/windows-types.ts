// Structs and unions of the Windows SDK that functions take most often, ready to be named in prototypes. Their layouts are
// compared with the SDK's own headers by reference-dlls/layouts.
import type { MemberTypes, RecordOptions } from './record.ts';
import { recordType } from './record.ts';
import type { MemberTexts, PointerTo } from './carried-types.ts';
import type { NamedTypes } from './parse-declaration.ts';
import type { RecordType } from './types.ts';

const known: Record<string, RecordType> = {};

/** Declares a record under its name. Those after it may use it by name. */
function sdk<const M extends MemberTypes>(
  kind: 'struct' | 'union',
  name: string,
  members: M,
  options: RecordOptions = {},
): RecordType & MemberTexts<M> {
  return (known[name] = recordType(kind, name, members, options, known));
}

export const GUID = sdk('struct', 'GUID', { Data1: 'DWORD', Data2: 'WORD', Data3: 'WORD', Data4: 'BYTE[8]' });
export const FILETIME = sdk('struct', 'FILETIME', { dwLowDateTime: 'DWORD', dwHighDateTime: 'DWORD' });
export const SYSTEMTIME = sdk('struct', 'SYSTEMTIME', {
  wYear: 'WORD',
  wMonth: 'WORD',
  wDayOfWeek: 'WORD',
  wDay: 'WORD',
  wHour: 'WORD',
  wMinute: 'WORD',
  wSecond: 'WORD',
  wMilliseconds: 'WORD',
});
export const TIME_ZONE_INFORMATION = sdk('struct', 'TIME_ZONE_INFORMATION', {
  Bias: 'LONG',
  StandardName: 'WCHAR[32]',
  StandardDate: SYSTEMTIME,
  StandardBias: 'LONG',
  DaylightName: 'WCHAR[32]',
  DaylightDate: SYSTEMTIME,
  DaylightBias: 'LONG',
});
export const TIME_FIELDS = sdk('struct', 'TIME_FIELDS', {
  Year: 'short',
  Month: 'short',
  Day: 'short',
  Hour: 'short',
  Minute: 'short',
  Second: 'short',
  Milliseconds: 'short',
  Weekday: 'short',
});
export const POINT = sdk('struct', 'POINT', { x: 'LONG', y: 'LONG' });
export const SIZE = sdk('struct', 'SIZE', { cx: 'LONG', cy: 'LONG' });
export const RECT = sdk('struct', 'RECT', { left: 'LONG', top: 'LONG', right: 'LONG', bottom: 'LONG' });
export const COORD = sdk('struct', 'COORD', { X: 'SHORT', Y: 'SHORT' });
export const SMALL_RECT = sdk('struct', 'SMALL_RECT', { Left: 'SHORT', Top: 'SHORT', Right: 'SHORT', Bottom: 'SHORT' });
export const LARGE_INTEGER = sdk('union', 'LARGE_INTEGER', {
  u: sdk('struct', '_LARGE_INTEGER_PARTS', { LowPart: 'DWORD', HighPart: 'LONG' }),
  QuadPart: 'LONGLONG',
});
export const ULARGE_INTEGER = sdk('union', 'ULARGE_INTEGER', {
  u: sdk('struct', '_ULARGE_INTEGER_PARTS', { LowPart: 'DWORD', HighPart: 'DWORD' }),
  QuadPart: 'ULONGLONG',
});
export const LUID = sdk('struct', 'LUID', { LowPart: 'DWORD', HighPart: 'LONG' });
export const UNICODE_STRING = sdk('struct', 'UNICODE_STRING', {
  Length: 'USHORT',
  MaximumLength: 'USHORT',
  Buffer: 'WCHAR *',
});
export const ANSI_STRING = sdk('struct', 'ANSI_STRING', {
  Length: 'USHORT',
  MaximumLength: 'USHORT',
  Buffer: 'char *',
});
export const RTL_BITMAP = sdk('struct', 'RTL_BITMAP', { SizeOfBitMap: 'ULONG', Buffer: 'ULONG *' });
export const RTL_BITMAP_RUN = sdk('struct', 'RTL_BITMAP_RUN', { StartingIndex: 'ULONG', NumberOfBits: 'ULONG' });
export const LIST_ENTRY = sdk('struct', 'LIST_ENTRY', { Flink: 'LIST_ENTRY *', Blink: 'LIST_ENTRY *' });
export const DECIMAL = sdk('struct', 'DECIMAL', {
  wReserved: 'USHORT',
  scale: 'BYTE',
  sign: 'BYTE',
  Hi32: 'ULONG',
  Lo64: 'ULONGLONG',
});
export const SECURITY_ATTRIBUTES = sdk('struct', 'SECURITY_ATTRIBUTES', {
  nLength: 'DWORD',
  lpSecurityDescriptor: 'LPVOID',
  bInheritHandle: 'BOOL',
});
export const OVERLAPPED = sdk('struct', 'OVERLAPPED', {
  Internal: 'ULONG_PTR',
  InternalHigh: 'ULONG_PTR',
  Offset: 'DWORD',
  OffsetHigh: 'DWORD',
  hEvent: 'HANDLE',
});
export const PROCESS_INFORMATION = sdk('struct', 'PROCESS_INFORMATION', {
  hProcess: 'HANDLE',
  hThread: 'HANDLE',
  dwProcessId: 'DWORD',
  dwThreadId: 'DWORD',
});
export const MSG = sdk('struct', 'MSG', {
  hwnd: 'HWND',
  message: 'UINT',
  wParam: 'WPARAM',
  lParam: 'LPARAM',
  time: 'DWORD',
  pt: POINT,
});
export const SYSTEM_INFO = sdk('struct', 'SYSTEM_INFO', {
  wProcessorArchitecture: 'WORD',
  wReserved: 'WORD',
  dwPageSize: 'DWORD',
  lpMinimumApplicationAddress: 'LPVOID',
  lpMaximumApplicationAddress: 'LPVOID',
  dwActiveProcessorMask: 'DWORD_PTR',
  dwNumberOfProcessors: 'DWORD',
  dwProcessorType: 'DWORD',
  dwAllocationGranularity: 'DWORD',
  wProcessorLevel: 'WORD',
  wProcessorRevision: 'WORD',
});
export const WIN32_FIND_DATAW = sdk('struct', 'WIN32_FIND_DATAW', {
  dwFileAttributes: 'DWORD',
  ftCreationTime: FILETIME,
  ftLastAccessTime: FILETIME,
  ftLastWriteTime: FILETIME,
  nFileSizeHigh: 'DWORD',
  nFileSizeLow: 'DWORD',
  dwReserved0: 'DWORD',
  dwReserved1: 'DWORD',
  cFileName: 'WCHAR[260]',
  cAlternateFileName: 'WCHAR[14]',
});

/** Pointers to records that have names of their own. */
const POINTER_NAMES = {
  LPFILETIME: FILETIME,
  PFILETIME: FILETIME,
  LPSYSTEMTIME: SYSTEMTIME,
  PSYSTEMTIME: SYSTEMTIME,
  LPPOINT: POINT,
  PPOINT: POINT,
  LPSIZE: SIZE,
  LPRECT: RECT,
  PRECT: RECT,
  PLARGE_INTEGER: LARGE_INTEGER,
  PULARGE_INTEGER: ULARGE_INTEGER,
  PUNICODE_STRING: UNICODE_STRING,
  PANSI_STRING: ANSI_STRING,
  PSTRING: ANSI_STRING,
  PLUID: LUID,
  PRTL_BITMAP: RTL_BITMAP,
  PTIME_FIELDS: TIME_FIELDS,
  LPSECURITY_ATTRIBUTES: SECURITY_ATTRIBUTES,
  LPOVERLAPPED: OVERLAPPED,
  LPPROCESS_INFORMATION: PROCESS_INFORMATION,
  LPMSG: MSG,
  PMSG: MSG,
  LPGUID: GUID,
  LPSYSTEM_INFO: SYSTEM_INFO,
  LPWIN32_FIND_DATAW: WIN32_FIND_DATAW,
  LPTIME_ZONE_INFORMATION: TIME_ZONE_INFORMATION,
  PLIST_ENTRY: LIST_ENTRY,
} as const;
const CONST_POINTER_NAMES = {
  PCUNICODE_STRING: UNICODE_STRING,
  REFGUID: GUID,
  REFIID: GUID,
  REFCLSID: GUID,
  LPCRECT: RECT,
  LPCGUID: GUID,
} as const;

const RECORDS = {
  GUID,
  IID: GUID,
  CLSID: GUID,
  UUID: GUID,
  FILETIME,
  SYSTEMTIME,
  TIME_ZONE_INFORMATION,
  TIME_FIELDS,
  POINT,
  POINTL: POINT,
  SIZE,
  SIZEL: SIZE,
  RECT,
  RECTL: RECT,
  COORD,
  SMALL_RECT,
  LARGE_INTEGER,
  ULARGE_INTEGER,
  LUID,
  UNICODE_STRING,
  ANSI_STRING,
  STRING: ANSI_STRING,
  RTL_BITMAP,
  RTL_BITMAP_RUN,
  LIST_ENTRY,
  DECIMAL,
  SECURITY_ATTRIBUTES,
  OVERLAPPED,
  PROCESS_INFORMATION,
  MSG,
  SYSTEM_INFO,
  WIN32_FIND_DATAW,
} as const;

/** All names of this file with the TypeScript types of their values. */
export type WindowsTypes = typeof RECORDS & {
  readonly [K in keyof typeof POINTER_NAMES]: PointerTo<(typeof POINTER_NAMES)[K]>;
} & { readonly [K in keyof typeof CONST_POINTER_NAMES]: PointerTo<(typeof CONST_POINTER_NAMES)[K]> };

/** The types that C text may name: `T`, those that were given beside it, and those of the Windows SDK. */
export type KnownTypes<T> = string extends keyof T ? WindowsTypes : T & WindowsTypes;

/** All of the above by name. */
export const WINDOWS_TYPES: NamedTypes = {
  ...RECORDS,
  ...Object.fromEntries(named(POINTER_NAMES, false)),
  ...Object.fromEntries(named(CONST_POINTER_NAMES, true)),
};

function named(names: Readonly<Record<string, RecordType>>, isConst: boolean): [string, NamedTypes[string]][] {
  return Object.entries(names).map(([name, target]) => [
    name,
    { kind: 'pointer', name, target, const: isConst, countedBy: null },
  ]);
}
