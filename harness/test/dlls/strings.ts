import { library, struct } from 'dllparity';
import { referenceDll } from '../reference-dlls.ts';

const label = struct('label', { small: 'char[5]', large: 'char[64]', wide: 'wchar_t[8]' });
const texts = struct('texts', { narrow: 'const char *', wide: 'const wchar_t *' });

const entry = struct('entry', { key: 'int', text: 'char *', wide: 'wchar_t *' });

export const strings = library(
  referenceDll('strings.dll'),
  {
    textsFreed: 'int texts_freed(void)',
    freeText: 'void free_text(void *text)',
    bytesIn: 'unsigned bytes_in(const char *text)',
    unitsIn: 'unsigned units_in(const wchar_t *text)',
    pointsIn: 'unsigned points_in(const uint32_t *text)',
    byteAt: 'uint32_t byte_at(const char *text, unsigned index)',
    unitAt: 'uint32_t unit_at(const wchar_t *text, unsigned index)',
    firstUtf8: 'uint32_t first_utf8(const char *text)',
    firstUtf16: 'uint32_t first_utf16(const wchar_t *text)',
    replaceChar: 'int replace_char(char *text, char from, char to)',
    replaceWchar: 'int replace_wchar(wchar_t *text, wchar_t from, wchar_t to)',
    cut: 'void cut(char *text, unsigned length)',
    getText: 'int get_text(_Out_writes_(size) char *buffer, int size)',
    getWide: 'unsigned get_wide(_Out_writes_(*size) wchar_t *buffer, _Inout_ unsigned *size)',
    getWithoutEnd: 'void get_without_end(_Out_writes_(n) char *buffer, unsigned n)',
    ownUtf8: 'const char *own_utf8(void)',
    ownUtf16: 'const wchar_t *own_utf16(void)',
    ownUtf32: 'const uint32_t *own_utf32(void)',
    ownGbk: 'const void *own_gbk(void)',
    own1252: 'const void *own_1252(void)',
    noText: 'const char *no_text(void)',
    noWide: 'const wchar_t *no_wide(void)',
    emptyText: 'const char *empty_text(void)',
    loneSurrogate: 'const wchar_t *lone_surrogate(void)',
    copyText: 'char *copy_text(const char *text)',
    copyWide: 'wchar_t *copy_wide(const wchar_t *text)',
    copyBytes: 'int copy_bytes(const char *text, _Out_writes_(size) uint8_t *bytes, int size)',
    setLabel: 'void set_label(label *label, const char *text)',
    fillLabel: 'void fill_label(_Out_ label *label)',
    labelBytes: 'int label_bytes(const label *label)',
    makeLabel: 'label make_label(const char *text)',
    textLengths: 'unsigned text_lengths(const texts *texts)',
    setTexts: 'void set_texts(_Out_ texts *texts)',
    join: 'int join(_In_reads_(n) const char **texts, int n, _Out_writes_(size) char *out, int size)',
    joinWide: 'unsigned join_wide(_In_reads_(n) const wchar_t **texts, int n, wchar_t *out)',
    sortTexts: 'void sort_texts(_Inout_updates_(n) char **texts, int n)',
    sortTextsPlain: 'void sort_texts(const char **texts, int n)',
    sortWide: 'void sort_wide(wchar_t **texts, int n)',
    raiseTexts: 'void raise_texts(_In_reads_(n) char **texts, int n)',
    raiseTextsInOut: 'void raise_texts(_Inout_updates_(n) char **texts, int n)',
    raiseConstTexts: 'void raise_texts(_In_reads_(n) const char **texts, int n)',
    cutWide: 'void cut_wide(_Inout_updates_(n) wchar_t **texts, int n, unsigned length)',
    trimTexts: 'void trim_texts(_Inout_updates_(n) char **texts, int n)',
    replaceTexts: 'void replace_texts(_Inout_updates_(n) char **texts, int n)',
    editEntries: 'void edit_entries(_Inout_updates_(n) entry *entries, int n)',
    raiseEntry: 'void raise_entry(const entry *entry)',
    multiText: 'unsigned multi_text(_Out_writes_(size) char *out, unsigned size)',
    nextChar: 'char next_char(char letter)',
    nextWchar: 'wchar_t next_wchar(wchar_t letter)',
  },
  { types: { label, texts, entry }, releases: { copyText: 'freeText', copyWide: 'freeText' } },
);

const ENCODED = {
  byteAt: 'uint32_t byte_at(const char *text, unsigned index)',
  copyText: 'const char *copy_text(const char *text)',
  own1252: 'const char *own_1252(void)',
  ownGbk: 'const char *own_gbk(void)',
  sortTexts: 'void sort_texts(_Inout_updates_(n) char **texts, int n)',
  raiseTexts: 'void raise_texts(_In_reads_(n) char **texts, int n)',
} as const;

/** The same functions in a library whose 8-bit text is in another code page. */
export const windows1252 = library(referenceDll('strings.dll'), ENCODED, { encoding: 'windows-1252' });
export const gbk = library(referenceDll('strings.dll'), ENCODED, { encoding: 'gbk' });
export const latin1 = library(referenceDll('strings.dll'), ENCODED, { encoding: 'latin1' });
