import { counted, library, opaque, struct } from 'dllparity';

const info = struct('info', { tag: 'int8_t', count: 'int32_t' });
export const block = struct('block', { count: 'int32_t', values: counted('int16_t', 'count') });

export const memory = library(
  'memory.dll',
  {
    // Lengths: by a parameter, by several, by what a pointer leads to, by a member.
    sum: 'int sum(_In_reads_(n) const int *numbers, int n)',
    bubblesort: 'void bubblesort(_Inout_updates_(n) float *values, int n)',
    transpose: 'void transpose(_In_reads_(u * v) const double *matrix, _Out_writes_(u * v) double *to, int u, int v)',
    fillPairs: 'void fill_pairs(_Out_writes_(2 * (n + 1)) int16_t *pairs, int n)',
    primes: 'int primes(_Out_writes_(*n) int *numbers, _Inout_ int *n)',
    fillByInfo: 'void fill_by_info(const info *info, _Out_writes_(info->count) int *numbers)',
    // Results, and pointers that the function stores: copied, where the length is known.
    copySquares: '_Ret_writes_(n) int *make_squares(int n)',
    makeNumbers: 'int make_numbers(_Outptr_result_buffer_(*n) int **numbers, _Out_ int *n, int wanted)',
    outText: 'int out_text(_Outptr_result_z_ char **text)',
    released: 'int released(void)',
    giveBack: 'void give_back(void *memory)',
    // The same without a length: a Pointer.
    makeSquares: 'int *make_squares(int n)',
    newBlock: 'block *new_block(int n)',
    freeBlock: 'void free_block(block *block)',
    listNames: 'void list_names(_Out_ char ***names)',
    freeNames: 'void free_names(char **names)',
    // Pointers to pointers.
    sumRows: 'int sum_rows(int **rows, int n, int columns)',
    countNames: 'int count_names(const char **names)',
    // Handles.
    open: 'int open_thing(_Out_ thing **thing)',
    use: 'int use_thing(thing *thing)',
    close: 'int close_thing(_Inout_ thing **thing)',
    // Memory that the DLL keeps, writes later, or writes too much of.
    keepBuffer: 'void keep_buffer(void *buffer, size_t room)',
    append: 'int append(const char *text)',
    writeLater: 'int write_later(void *buffer, size_t n, uint8_t value, unsigned milliseconds)',
    waitForWriter: 'void wait_for_writer(void)',
    overrun: 'void overrun(void *buffer, size_t n, size_t by)',
    underrun: 'void underrun(void *buffer, size_t by)',
    numberOf: 'double number_of(const void *value)',
  },
  { types: { info, block, thing: opaque('thing') }, releases: { copySquares: 'giveBack' } },
);

const label = struct('label', { small: 'char[5]', large: 'char[64]', wide: 'wchar_t[8]' });
const STRINGS = {
  firstLetter: 'uint32_t first_utf8(const char *text)',
  firstWide: 'uint32_t first_utf16(const wchar_t *text)',
  ownText: 'const char *own_utf8(void)',
  getText: 'int get_text(_Out_writes_(size) char *buffer, int size)',
  getWide: 'unsigned get_wide(_Out_writes_(*size) wchar_t *buffer, _Inout_ unsigned *size)',
  replace: 'int replace_char(char *text, char from, char to)',
  copyText: 'char *copy_text(const char *text)',
  freeText: 'void free_text(void *text)',
  join: 'int join(_In_reads_(n) const char **texts, int n, _Out_writes_(size) char *out, int size)',
  makeLabel: 'label make_label(const char *text)',
  own1252: 'const char *own_1252(void)',
  byteAt: 'uint32_t byte_at(const char *text, unsigned index)',
} as const;
const options = { types: { label }, releases: { copyText: 'freeText' } } as const;

export const strings = library('strings.dll', STRINGS, options);
/** The same for a DLL that was written with a code page in mind. */
export const western = library('strings.dll', STRINGS, { ...options, encoding: 'windows-1252' });
