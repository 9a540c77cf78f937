// The functions of records.dll that have names of their own; those that exist for every size are declared by the size.
import { library, struct, union } from 'dllparity';
import { referenceDll } from '../reference-dlls.ts';

export const SIZES = [1, 2, 3, 4, 5, 6, 7, 8, 9, 12, 16, 17, 24, 32, 64, 4096, 262144] as const;

/** The functions that exist for a struct of `size` bytes. */
export function bytesOf(size: number) {
  const bytes = struct('bytes', { at: `uint8_t[${size.toString()}]` });
  const names = { echo: `echo_${size}`, make: `make_${size}`, weigh: `weigh_${size}`, raise: `raise_${size}` };
  return library(
    referenceDll('records.dll'),
    {
      echo: 'bytes echo(bytes value)',
      make: 'bytes make(uint8_t first)',
      weigh: 'int64_t weigh(int8_t before, bytes value, int64_t after)',
      raise: 'void raise(bytes *value, uint8_t by)',
    },
    { types: { bytes }, exports: names },
  );
}

const bytes = (size: number) => struct(`bytes_${size}`, { at: `uint8_t[${size}]` });
const types = {
  bytes_1: bytes(1),
  bytes_2: bytes(2),
  bytes_3: bytes(3),
  bytes_4: bytes(4),
  bytes_8: bytes(8),
  bytes_12: bytes(12),
  bytes_16: bytes(16),
  bytes_24: bytes(24),
  float_1: struct('float_1', { at: 'float[1]' }),
  float_2: struct('float_2', { at: 'float[2]' }),
  float_3: struct('float_3', { at: 'float[3]' }),
  float_4: struct('float_4', { at: 'float[4]' }),
  double_1: struct('double_1', { at: 'double[1]' }),
  double_2: struct('double_2', { at: 'double[2]' }),
  double_4: struct('double_4', { at: 'double[4]' }),
  float_int: struct('float_int', { part: 'float', whole: 'int32_t' }),
  tagged_double: struct('tagged_double', { tag: 'int8_t', number: 'double' }),
  number_bits: union('number_bits', { bits: 'int64_t', number: 'double', bytes: 'uint8_t[8]' }),
  wide_union: union('wide_union', { number: 'int32_t', bytes: 'uint8_t[12]' }),
  packed_8: struct('packed_8', { tag: 'int8_t', whole: 'int32_t', part: 'int16_t', end: 'int8_t' }, { pack: 1 }),
  packed_15: struct('packed_15', { tag: 'int8_t', number: 'double', whole: 'int32_t', part: 'int16_t' }, { pack: 1 }),
  aligned_16: struct('aligned_16', { at: 'int64_t[3]', tail: 'int8_t' }, { align: 16 }),
  bits_4: struct('bits_4', { low: 'unsigned : 3', middle: 'int : 12', high: 'unsigned : 17' }),
  bits_24: struct('bits_24', { low: 'int64_t : 40', high: 'int64_t : 24', more: 'uint64_t : 33', tail: 'int8_t' }),
  node: struct('node', { value: 'int32_t', next: 'node *' }),
};
export const { bytes_12, node } = types;
export const point = struct('point', { x: 'int32_t', y: 'int32_t' });
const line = struct('line', { from: point, to: point, name: 'char[16]' });
const variant = struct('variant', { kind: 'int32_t', value: types.number_bits });
const box = struct(
  'box',
  { text: 'const char *', n: 'int32_t', numbers: 'double *', corner: 'point *' },
  { types: { point } },
);

export const records = library(
  referenceDll('records.dll'),
  {
    changeCopy: 'int change_copy(bytes_24 value)',
    weighFloat1: 'double weigh_float_1(int before, float_1 value, double after)',
    weighFloat2: 'double weigh_float_2(int before, float_2 value, double after)',
    weighFloat3: 'double weigh_float_3(int before, float_3 value, double after)',
    weighFloat4: 'double weigh_float_4(int before, float_4 value, double after)',
    weighDouble1: 'double weigh_double_1(int before, double_1 value, double after)',
    weighDouble2: 'double weigh_double_2(int before, double_2 value, double after)',
    weighDouble4: 'double weigh_double_4(int before, double_4 value, double after)',
    halveFloat1: 'float_1 halve_float_1(float_1 value)',
    halveFloat2: 'float_2 halve_float_2(float_2 value)',
    halveFloat3: 'float_3 halve_float_3(float_3 value)',
    halveFloat4: 'float_4 halve_float_4(float_4 value)',
    halveDouble1: 'double_1 halve_double_1(double_1 value)',
    halveDouble2: 'double_2 halve_double_2(double_2 value)',
    halveDouble4: 'double_4 halve_double_4(double_4 value)',
    swap: 'float_int swap_float_int(float_int value)',
    tag: 'tagged_double tag(int8_t tag, double number)',
    weighPacked8: 'double weigh_packed_8(int8_t before, packed_8 value, double after)',
    turnPacked8: 'packed_8 turn_packed_8(packed_8 value)',
    weighPacked15: 'double weigh_packed_15(int8_t before, packed_15 value, double after)',
    turnPacked15: 'packed_15 turn_packed_15(packed_15 value)',
    weighAligned16: 'double weigh_aligned_16(int8_t before, aligned_16 value, double after)',
    turnAligned16: 'aligned_16 turn_aligned_16(aligned_16 value)',
    besideAlignment: 'unsigned beside_alignment(int8_t before, aligned_16 value)',
    weighBits4: 'double weigh_bits_4(int8_t before, bits_4 value, double after)',
    turnBits4: 'bits_4 turn_bits_4(bits_4 value)',
    weighBits24: 'double weigh_bits_24(int8_t before, bits_24 value, double after)',
    turnBits24: 'bits_24 turn_bits_24(bits_24 value)',
    weighAll:
      'double weigh_all(int8_t a, bytes_3 b, double c, float_2 d, int64_t e, bytes_16 f, float g, bytes_8 h, bytes_1 i)',
    merge: 'bytes_4 merge(bytes_1 first, bytes_2 middle, bytes_1 last)',
    reverse: 'line reverse(line value)',
    move: 'void move(line *value, point by)',
    lengthSquared: 'int64_t length_squared(const line *value)',
    fillPoints: 'void fill_points(_Out_writes_(n) point *points, int n)',
    sumPoints: 'point sum_points(_In_reads_(n) const point *points, int n)',
    sumVariadic: 'point sum_variadic(int n, ...)',
    weighVariadic: 'int64_t weigh_variadic(int n, ...)',
    weighBox: 'double weigh_box(const box *value)',
    weighBoxValue: 'double weigh_box_value(box value)',
    doubleBox: 'void double_box(box *value)',
    boxIsEmpty: 'int box_is_empty(const box *value)',
    sumList: 'int sum_list(const node *list)',
    doubleList: 'void double_list(node *list)',
    buildList: 'node *build_list(int n)',
    freeList: 'void free_list(node *list)',
    reverseList: 'node *reverse_list(node *list)',
    echoUnion: 'number_bits echo_union(number_bits value)',
    bitsOf: 'int64_t bits_of(number_bits value)',
    unionOf: 'number_bits union_of(double number)',
    negateUnion: 'void negate_union(number_bits *value)',
    spread: 'wide_union spread(wide_union value)',
    variantNumber: 'double variant_number(variant value)',
    makeVariant: 'variant make_variant(int kind, double number)',
  },
  { types: { ...types, point, line, variant, box } },
);
