// The DLLs of this example: Windows' own, and reference DLLs of this repository.
import { counted, enumeration, library, opaque, struct, union } from 'dllparity';

/** Settings of a serial port, with fourteen bit-fields. Microsoft prints it so. */
export const DCB = struct('DCB', {
  DCBlength: 'DWORD',
  BaudRate: 'DWORD',
  fBinary: 'DWORD : 1',
  fParity: 'DWORD : 1',
  fOutxCtsFlow: 'DWORD : 1',
  fOutxDsrFlow: 'DWORD : 1',
  fDtrControl: 'DWORD : 2',
  fDsrSensitivity: 'DWORD : 1',
  fTXContinueOnXoff: 'DWORD : 1',
  fOutX: 'DWORD : 1',
  fInX: 'DWORD : 1',
  fErrorChar: 'DWORD : 1',
  fNull: 'DWORD : 1',
  fRtsControl: 'DWORD : 2',
  fAbortOnError: 'DWORD : 1',
  fDummy2: 'DWORD : 17',
  wReserved: 'WORD',
  XonLim: 'WORD',
  XoffLim: 'WORD',
  ByteSize: 'BYTE',
  Parity: 'BYTE',
  StopBits: 'BYTE',
  XonChar: 'char',
  XoffChar: 'char',
  ErrorChar: 'char',
  EofChar: 'char',
  EvtChar: 'char',
  wReserved1: 'WORD',
});

export const kernel32 = library(
  'kernel32.dll',
  {
    buildDcb: 'BOOL WINAPI BuildCommDCBA(LPCSTR definition, _Inout_ DCB *dcb)',
    toSystemTime: 'BOOL WINAPI FileTimeToSystemTime(const FILETIME *from, _Out_ SYSTEMTIME *to)',
    toFileTime: 'BOOL WINAPI SystemTimeToFileTime(const SYSTEMTIME *from, _Out_ FILETIME *to)',
  },
  { types: { DCB } },
);

export const ntdll = library('ntdll.dll', {
  guidFromString: 'NTSTATUS NTAPI RtlGUIDFromString(const UNICODE_STRING *text, _Out_ GUID *id)',
});

export const bits = union('number_bits', { bits: 'int64_t', number: 'double', bytes: 'uint8_t[8]' });
const point = struct('point', { x: 'int32_t', y: 'int32_t' });
const line = struct('line', { from: point, to: point, name: 'char[16]' });
/** Its own name may be used: a list is a pointer to the next node. */
export const node = struct('node', { value: 'int32_t', next: 'node *' });
const quarter = struct('quarter', { at: 'uint8_t[262144]' });

export const records = library(
  'records.dll',
  {
    reverse: 'line reverse(line value)',
    bitsOf: 'int64_t bits_of(number_bits value)',
    unionOf: 'number_bits union_of(double number)',
    sumList: 'int sum_list(const node *list)',
    buildList: 'node *build_list(int n)',
    freeList: 'void free_list(node *list)',
    echo: 'quarter echo_262144(quarter value)',
  },
  { types: { line, number_bits: bits, node, quarter } },
);

/** A flexible array: `count` says how many values follow. */
export const growing = struct('growing', { count: 'int32_t', values: 'int32_t[count]' });
/** A pointer to as many values as `count` says. */
export const block = struct('block', { count: 'int32_t', values: counted('int16_t', 'count') });

export const memory = library(
  'memory.dll',
  {
    grow: 'const growing *grow(int value)',
    forget: 'void forget_grown(void)',
    sumBlock: 'int sum_block(const block *block)',
    doubleBlock: 'void double_block(block *block)',
  },
  { types: { growing, block } },
);

export const color = enumeration('color', { RED: 0, GREEN: 1, BLUE: 7, NONE: -1 });
export const exported = library('exported.dll', { next: 'color next_color(color value)' }, { types: { color } });

/** Two structs that point at one another: the first knows the name of the second. */
export const husband = struct('husband', { age: 'int8_t', wife: 'wife *' }, { types: { wife: opaque('wife') } });
export const wife = struct('wife', { husband: 'husband *', age: 'int8_t' }, { types: { husband } });
export const layouts = library(
  'layouts.dll',
  { firstPair: 'const husband *first_pair(void)', pairYears: 'int pair_years(const husband *husband)' },
  { types: { husband, wife } },
);
