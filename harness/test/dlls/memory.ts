import { counted, library, opaque, struct, union } from 'dllparity';
import { referenceDll } from '../reference-dlls.ts';

export const block = struct('block', { count: 'int32_t', values: counted('int16_t', 'count') });
export const growing = struct('growing', { count: 'int32_t', values: 'int32_t[count]' });
const info = struct('info', { tag: 'int8_t', count: 'int32_t' });
const node = struct('node', { value: 'int', next: 'node *' });
export const wholeAndPart = struct('whole_and_part', {
  kind: 'int32_t',
  value: union('_number', { whole: 'int64_t', part: 'double' }),
});

export const memory = library(
  referenceDll('memory.dll'),
  {
    giveBack: 'void give_back(void *memory)',
    allocated: 'int allocated(void)',
    released: 'int released(void)',
    // Lengths: by an argument, by several, behind a pointer, in a member.
    fill: 'void fill(_Out_writes_(n) int *numbers, int n)',
    fillPlain: 'void fill(int *numbers, int n)',
    sum: 'int sum(_In_reads_(n) const int *numbers, int n)',
    sumOfOut: 'int sum(_Out_writes_(n) int *numbers, int n)',
    sumOfOneOut: 'int sum(_Out_ int *numbers, int n)',
    sumOfInOut: 'int sum(_Inout_updates_(n) int *numbers, int n)',
    bubblesort: 'void bubblesort(_Inout_updates_(n) float *values, int n)',
    transpose:
      'void transpose(_In_reads_(u * v) const double *matrix, _Out_writes_(u * v) double *result, int u, int v)',
    fillPairs: 'void fill_pairs(_Out_writes_(2 * (n + 1)) int16_t *pairs, int n)',
    primes: 'int primes(_Out_writes_(*n) int *numbers, _Inout_ int *n)',
    fillByInfo: 'void fill_by_info(const info *info, _Out_writes_(info->count) int *numbers)',
    divmod: 'int divmod(int a, int b, _Out_ int *remainder)',
    writeThroughConst: 'void write_through_const(const int *numbers, int n)',
    increment: 'void increment(int64_t *value)',
    // One scalar in and out.
    int8: 'int8_t swap_int8(int8_t *place, int8_t value)',
    uint8: 'uint8_t swap_uint8(uint8_t *place, uint8_t value)',
    int16: 'int16_t swap_int16(int16_t *place, int16_t value)',
    uint16: 'uint16_t swap_uint16(uint16_t *place, uint16_t value)',
    int32: 'int32_t swap_int32(int32_t *place, int32_t value)',
    uint32: 'uint32_t swap_uint32(uint32_t *place, uint32_t value)',
    int64: 'int64_t swap_int64(int64_t *place, int64_t value)',
    uint64: 'uint64_t swap_uint64(uint64_t *place, uint64_t value)',
    float: 'float swap_float(float *place, float value)',
    double: 'double swap_double(double *place, double value)',
    bool: 'bool swap_bool(bool *place, bool value)',
    wchar: 'wchar_t swap_wchar(wchar_t *place, wchar_t value)',
    // Two dimensions.
    sumGrid: 'int sum_grid(int grid[][4], int rows)',
    fillGrid: 'void fill_grid(_Out_writes_(4 * rows) int *grid, int rows)',
    sumRows: 'int sum_rows(int **rows, int n, int columns)',
    fillRows: 'void fill_rows(int **rows, int n, int columns)',
    // Memory of the DLL.
    makeSquares: 'int *make_squares(int n)',
    copySquares: '_Ret_writes_(n) int *make_squares(int n)',
    makeNumbers: 'int make_numbers(_Outptr_result_buffer_(*n) int **numbers, _Out_ int *n, int wanted)',
    makeNumbersPlain: 'int make_numbers(_Out_ int **numbers, _Out_ int *n, int wanted)',
    makeText: 'char *make_text(int n)',
    makeOwnText: 'char *make_text(int n)',
    outText: 'int out_text(_Outptr_result_z_ char **text)',
    outTextPlain: 'int out_text(_Out_ char **text)',
    outWide: 'int out_wide(_Outptr_result_z_ wchar_t **text)',
    listNames: 'void list_names(_Out_ char ***names)',
    freeNames: 'void free_names(char **names)',
    countNames: 'int count_names(const char **names)',
    lettersOf: 'int letters_of(_In_reads_(n) const char **names, int n)',
    makeBlock: 'void make_block(_Out_ block *block, int n)',
    newBlock: 'block *new_block(int n)',
    freeBlock: 'void free_block(block *block)',
    sumBlock: 'int sum_block(const block *block)',
    sumBlocks: 'int sum_blocks(_In_reads_(n) const block *blocks, int n)',
    doubleBlock: 'void double_block(block *block)',
    doubleBlocks: 'void double_blocks(_Inout_updates_(n) block *blocks, int n)',
    dropNegative: 'void drop_negative(block *block)',
    grow: 'const growing *grow(int value)',
    forgetGrown: 'void forget_grown(void)',
    // Handles.
    openThing: 'int open_thing(_Out_ thing **thing)',
    useThing: 'int use_thing(thing *thing)',
    closeThing: 'int close_thing(thing **thing)',
    echoPointer: 'void *echo_pointer(void *pointer)',
    echoHandle: 'HANDLE echo_handle(HANDLE handle)',
    echoPlaces: 'void echo_places(_Inout_updates_(n) void **places, int n)',
    isNull: 'int is_null(const void *pointer)',
    numberOf: 'double number_of(const void *value)',
    // One memory, twice.
    distance: 'intptr_t distance(const void *from, const void *to)',
    distanceOfOut: 'intptr_t distance(_Out_ uint8_t *from, const int16_t *to)',
    carry: 'void carry(int *to, const int *from, int n)',
    carryBytes: 'void carry(_Out_writes_bytes_(4 * n) uint8_t *to, _In_reads_bytes_(4 * n) const uint8_t *from, int n)',
    carryToOut: 'void carry(_Out_writes_(n) int *to, _In_reads_(n) const int *from, int n)',
    setAndRead: 'int set_and_read(int *written, int value, const int *read)',
    sumRing: 'int sum_ring(const node *first, int n)',
    sumRingBack: 'int sum_ring(node *first, int n)',
    reverseList: 'void reverse_list(node **list)',
    // Large, late, and beyond the end.
    checksum: 'uint64_t checksum(_In_reads_(n) const uint8_t *bytes, size_t n)',
    invert: 'void invert(_In_reads_(n) const uint8_t *in, _Out_writes_(n) uint8_t *out, size_t n)',
    keepBuffer: 'void keep_buffer(void *buffer, size_t room)',
    append: 'int append(const char *text)',
    writeLater: 'int write_later(void *buffer, size_t n, uint8_t value, unsigned milliseconds)',
    waitForWriter: 'void wait_for_writer(void)',
    overrun: 'void overrun(void *buffer, size_t n, size_t by)',
    underrun: 'void underrun(void *buffer, size_t by)',
    readAt: 'int read_at(const void *buffer, intptr_t offset)',
  },
  {
    types: { block, growing, info, node, thing: opaque('thing') },
    releases: {
      copySquares: 'giveBack',
      makeOwnText: 'giveBack',
      'makeNumbers.numbers': 'giveBack',
      'outText.text': 'giveBack',
      'outWide.text': 'giveBack',
    },
  },
);
