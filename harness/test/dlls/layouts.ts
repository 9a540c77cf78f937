// The shapes of layouts.dll, in the words of a declaration. Names are those of reference-dlls/layouts/shapes.h.
import { array, enumeration, library, opaque, struct, union } from 'dllparity';
import { referenceDll } from '../reference-dlls.ts';

const MEMBERS = {
  byte: 'int8_t',
  word: 'int16_t',
  number32: 'int32_t',
  number: 'double',
  big: 'int64_t',
  pointer: 'void *',
  letter: 'wchar_t',
  tail: 'int8_t',
} as const;

export const packed1 = struct('packed_1', MEMBERS, { pack: 1 });
export const aligned8 = struct('aligned_8', { a: 'int32_t', b: 'int8_t' }, { align: 8 });
const aligned16 = struct('aligned_16', { a: 'int32_t', b: 'int8_t' }, { align: 16 });
export const inner = struct('inner', { x: 'int16_t', y: 'int32_t' });
export const choice = union('choice', { number: 'int32_t', real: 'double', bytes: 'char[9]', both: inner });
export const flexibleCount = struct('flexible_count', { count: 'int32_t', values: 'int16_t[count]' });
export const wideOnly = struct('wide_only', { letter: 'wchar_t' });
export const bitsPlain = struct('bits_plain', { a: 'unsigned : 3', b: 'unsigned : 5', c: 'unsigned : 24' });
export const bitsSigned = struct('bits_signed', { low: 'int : 5', middle: 'int : 11', high: 'int : 16' });
export const bitsWide = struct('bits_wide', { low: 'int64_t : 40', high: 'int64_t : 24', more: 'uint64_t : 1' });
const bitsAcross = struct('bits_across', { a: 'unsigned : 30', b: 'unsigned : 4', c: 'unsigned : 30' });

// A pair of structs that point at one another: the first knows no more than the name of the second.
export const husband = struct('husband', { age: 'int8_t', wife: 'wife *' }, { types: { wife: opaque('wife') } });
export const wife = struct('wife', { husband: 'husband *', age: 'int8_t' }, { types: { husband } });

const PACKED_BITS = {
  a: 'int8_t : 4',
  b: 'int32_t : 20',
  c: 'int16_t : 9',
  d: 'int64_t : 33',
  tail: 'int8_t',
} as const;

/** Every shape of the DLL that is declared here, by its name there. */
export const shapes = [
  struct('natural', MEMBERS),
  packed1,
  struct('packed_2', MEMBERS, { pack: 2 }),
  struct('packed_4', MEMBERS, { pack: 4 }),
  struct('packed_8', MEMBERS, { pack: 8 }),
  aligned8,
  aligned16,
  struct('aligned_64', { b: 'int8_t' }, { align: 64 }),
  struct('holds_aligned', { before: 'int8_t', inside: aligned16, after: 'int8_t' }),
  // A member aligned by itself: the gap before it is written out, and the whole is aligned as it is.
  struct('aligned_member', { before: 'int8_t', gap: 'char[15]', number: 'int32_t', after: 'int8_t' }, { align: 16 }),
  struct('aligned_list', { before: 'int8_t', list: array(aligned8, 3) }),
  inner,
  struct('packed_outside', { tag: 'int8_t', inside: inner, big: 'int64_t' }, { pack: 1 }),
  struct('packed_inside', { tag: 'int8_t', inside: packed1, after: 'int16_t' }),
  struct('nested', { tag: 'int8_t', one: inner, three: 'inner[3]', tail: 'int8_t' }, { types: { inner } }),
  struct('arrays', {
    text: 'char[5]',
    words: 'int16_t[3]',
    numbers: 'double[2]',
    grid: 'int32_t[2][3]',
    pointers: 'void *[2]',
    wide: 'wchar_t[8]',
    tail: 'int8_t',
  }),
  struct('text_only', { text: 'char[64]' }),
  wideOnly,
  choice,
  union('small_choice', { words: 'int16_t[3]', byte: 'int8_t' }),
  struct('tagged', { tag: 'int8_t', value: choice, tail: 'int8_t' }),
  union('pointer_choice', { byte: 'int8_t', pointer: 'void *' }),
  flexibleCount,
  struct('flexible_doubles', { tag: 'int8_t', values: 'double[]' }),
  struct('node', { value: 'int32_t', next: 'node *', children: 'node **' }),
  husband,
  wife,
  struct('kinds', {
    tag: 'int8_t',
    shade: enumeration('color', { RED: 0, GREEN: 1, BLUE: 7 }),
    flag: 'bool',
    function: 'int (*)(int)',
    size: 'size_t',
    number: 'long',
    big: 'long long',
    real: 'float',
  }),
  bitsPlain,
  bitsSigned,
  bitsWide,
  bitsAcross,
  struct('bits_mixed', { a: 'int8_t : 4', b: 'int32_t : 4', c: 'int16_t : 4', d: 'int16_t : 4', e: 'int8_t : 1' }),
  struct('bits_same_size', { a: 'int : 4', b: 'long : 4', c: 'unsigned : 4', d: 'unsigned long : 20' }),
  struct('bits_beside', {
    before: 'int8_t',
    a: 'unsigned : 4',
    between: 'int8_t',
    b: 'unsigned : 12',
    c: 'unsigned : 12',
    after: 'int16_t',
  }),
  struct('bits_closed', { a: 'unsigned : 3', close: 'unsigned : 0', b: 'unsigned : 3' }),
  struct('bits_closed_bytes', { a: 'int8_t : 3', close: 'int8_t : 0', b: 'int8_t : 3', c: 'int16_t' }),
  struct('bits_closed_first', { before: 'int8_t', close: 'int : 0', a: 'int8_t : 3', b: 'int8_t : 3' }),
  struct('bits_closed_wide', { a: 'int8_t : 3', close: 'int : 0', b: 'int8_t : 3' }),
  struct('bits_closed_narrow', { a: 'unsigned : 3', close: 'int8_t : 0', b: 'unsigned : 3' }),
  struct('bits_gap', { a: 'unsigned : 3', gap: 'unsigned : 5', b: 'unsigned : 8' }),
  struct('bits_gap_narrow', { a: 'unsigned : 3', gap: 'int8_t : 4', b: 'unsigned : 8' }),
  struct('bits_full', { a: 'unsigned : 32', b: 'unsigned : 1', c: 'uint8_t : 8', d: 'uint8_t : 8' }),
  struct('bits_bool', { a: 'bool : 1', b: 'bool : 1', c: 'unsigned : 2' }),
  struct('bits_shrinking', { a: 'int64_t : 33', b: 'int32_t : 20', c: 'int32_t : 12', d: 'uint16_t : 16' }),
  struct('bits_whole_bytes', { a: 'int8_t : 8', b: 'int8_t : 8', c: 'int16_t', d: 'int8_t : 2' }),
  union('bits_choice', { a: 'unsigned : 3', b: 'int32_t : 20', c: 'uint8_t : 1', whole: 'int64_t' }),
  struct('bits_nested', { tag: 'int8_t', inside: bitsPlain, list: array(bitsAcross, 2) }),
  struct('bits_packed_1', PACKED_BITS, { pack: 1 }),
  struct('bits_packed_2', PACKED_BITS, { pack: 2 }),
  // Of the Windows SDK, with bit-fields of its own.
  struct('DCB', {
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
  }),
  struct(
    'BITMAPFILEHEADER',
    { bfType: 'WORD', bfSize: 'DWORD', bfReserved1: 'WORD', bfReserved2: 'WORD', bfOffBits: 'DWORD' },
    { pack: 2 },
  ),
  struct('MEMORY_BASIC_INFORMATION', {
    BaseAddress: 'PVOID',
    AllocationBase: 'PVOID',
    AllocationProtect: 'DWORD',
    RegionSize: 'SIZE_T',
    State: 'DWORD',
    Protect: 'DWORD',
    Type: 'DWORD',
  }),
  struct('CRITICAL_SECTION', {
    DebugInfo: 'PVOID',
    LockCount: 'LONG',
    RecursionCount: 'LONG',
    OwningThread: 'HANDLE',
    LockSemaphore: 'HANDLE',
    SpinCount: 'ULONG_PTR',
  }),
  struct('IO_STATUS_BLOCK', {
    status: union('_status', { Status: 'NTSTATUS', Pointer: 'PVOID' }),
    Information: 'ULONG_PTR',
  }),
] as const;

export const layouts = library(
  referenceDll('layouts.dll'),
  {
    facts: 'const char *layout_facts(void)',
    signed5: 'int signed_5_bits(const bits_signed *bits)',
    signed16: 'int signed_16_bits(const bits_signed *bits)',
    signed40: 'int64_t signed_40_bits(const bits_wide *bits)',
    setBits: 'void set_bits(bits_plain *bits, unsigned a, unsigned b, unsigned c)',
    packedDouble: 'double packed_double(const packed_1 *packed)',
    flexibleSum: 'int flexible_sum(const flexible_count *list)',
    flexibleDouble: 'void flexible_double(flexible_count *list)',
    wideLetter: 'wchar_t wide_letter(const wide_only *only)',
    setWideLetter: 'void set_wide_letter(wide_only *only, wchar_t letter)',
    guidSum: 'unsigned guid_sum(const GUID *guid)',
    units: 'unsigned utf16_units(const UNICODE_STRING *string)',
    unit: 'wchar_t utf16_unit(const UNICODE_STRING *string, unsigned index)',
    firstPair: 'const husband *first_pair(void)',
    pairYears: 'int pair_years(const husband *husband)',
    pairOff: 'void pair_off(husband *husband, wife *wife)',
    isPair: 'int is_pair(const husband *husband)',
    pairBirthday: 'void pair_birthday(husband *husband)',
  },
  {
    types: {
      bits_plain: bitsPlain,
      bits_signed: bitsSigned,
      bits_wide: bitsWide,
      packed_1: packed1,
      flexible_count: flexibleCount,
      wide_only: wideOnly,
      husband,
      wife,
    },
  },
);
