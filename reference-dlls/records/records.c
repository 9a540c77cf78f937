// Structs and unions by value and by pointer, of every size that calling conventions treat differently, and of sizes far beyond.
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define EXPORT __declspec(dllexport)

// Structs of n bytes. Each function sees all bytes, so that a lost or moved one is noticed.

#define BYTES(n) \
  typedef struct { uint8_t at[n]; } bytes_##n; \
  EXPORT bytes_##n echo_##n(bytes_##n value) { return value; } \
  EXPORT bytes_##n make_##n(uint8_t first) { \
    bytes_##n result; \
    for (unsigned i = 0; i < n; i++) result.at[i] = (uint8_t)(first + i); \
    return result; \
  } \
  /* Between other arguments, each with a weight: one that changes places changes the sum. */ \
  EXPORT int64_t weigh_##n(int8_t before, bytes_##n value, int64_t after) { \
    int64_t sum = 0; \
    for (unsigned i = 0; i < n; i++) sum += (int64_t)(i + 1) * value.at[i]; \
    return sum + 1000000000000LL * before + 100000000000000LL * after; \
  } \
  EXPORT void raise_##n(bytes_##n *value, uint8_t by) { \
    for (unsigned i = 0; i < n; i++) value->at[i] = (uint8_t)(value->at[i] + by); \
  }

BYTES(1)
BYTES(2)
BYTES(3)
BYTES(4)
BYTES(5)
BYTES(6)
BYTES(7)
BYTES(8)
BYTES(9)
BYTES(12)
BYTES(16)
BYTES(17)
BYTES(24)
BYTES(32)
BYTES(64)
BYTES(4096)
BYTES(262144)

// A callee owns its copy of a struct: what it changes there is not seen by the caller.
EXPORT int change_copy(bytes_24 value) {
  for (int i = 0; i < 24; i++) ((volatile uint8_t *)value.at)[i] = 0xff;
  return value.at[0] + value.at[23];
}

// Structs of floating-point members: other conventions than Windows' pass them in floating-point registers, and compilers for
// 32 bits disagree: Microsoft's returns a struct of one float or double in integer registers, gcc on the x87 stack. Those two
// results are therefore given as integers of the same bits.

#define FLOATS(name, type, n) \
  typedef struct { type at[n]; } name; \
  EXPORT double weigh_##name(int before, name value, double after) { \
    double sum = 0, weight = 1; \
    for (int i = 0; i < n; i++, weight *= 10) sum += weight * value.at[i]; \
    return sum + 100000.0 * before + 1000000.0 * after; \
  }
#define FLOATS_RESULT(name, type, n) \
  EXPORT name halve_##name(name value) { \
    for (int i = 0; i < n; i++) value.at[i] /= 2; \
    return value; \
  }
#define ONE_RESULT(name, bits) \
  EXPORT bits halve_##name(name value) { \
    union { name number; bits as_bits; } result = {value}; \
    result.number.at[0] /= 2; \
    return result.as_bits; \
  }

FLOATS(float_1, float, 1)
FLOATS(float_2, float, 2)
FLOATS(float_3, float, 3)
FLOATS(float_4, float, 4)
FLOATS(double_1, double, 1)
FLOATS(double_2, double, 2)
FLOATS(double_4, double, 4)
FLOATS_RESULT(float_2, float, 2)
FLOATS_RESULT(float_3, float, 3)
FLOATS_RESULT(float_4, float, 4)
FLOATS_RESULT(double_2, double, 2)
FLOATS_RESULT(double_4, double, 4)
#ifdef __i386__
ONE_RESULT(float_1, uint32_t)
ONE_RESULT(double_1, uint64_t)
#else
FLOATS_RESULT(float_1, float, 1)
FLOATS_RESULT(double_1, double, 1)
#endif

typedef struct { float part; int32_t whole; } float_int;
typedef struct { int8_t tag; double number; } tagged_double;
EXPORT float_int swap_float_int(float_int value) {
  float_int result = {(float)value.whole, (int32_t)value.part};
  return result;
}
EXPORT tagged_double tag(int8_t tag, double number) {
  tagged_double result = {tag, number};
  return result;
}

// Packed, aligned, and with bit-fields: members are where the declaration puts them, and the size decides how the struct travels.

#pragma pack(push, 1)
typedef struct { int8_t tag; int32_t whole; int16_t part; int8_t end; } packed_8;
typedef struct { int8_t tag; double number; int32_t whole; int16_t part; } packed_15;
#pragma pack(pop)
EXPORT double weigh_packed_8(int8_t before, packed_8 value, double after) {
  return before + 10.0 * value.tag + 100.0 * value.whole + 1e8 * value.part + 1e12 * value.end + after;
}
EXPORT packed_8 turn_packed_8(packed_8 value) {
  packed_8 result = {value.end, -value.whole, (int16_t)-value.part, value.tag};
  return result;
}
EXPORT double weigh_packed_15(int8_t before, packed_15 value, double after) {
  return before + 10.0 * value.tag + 100.0 * value.whole + 1e8 * value.part + value.number + after;
}
EXPORT packed_15 turn_packed_15(packed_15 value) {
  packed_15 result = {(int8_t)value.part, -value.number, -value.whole, value.tag};
  return result;
}

typedef struct __attribute__((aligned(16))) { int64_t at[3]; int8_t tail; } aligned_16;
EXPORT double weigh_aligned_16(int8_t before, aligned_16 value, double after) {
  return before + 10.0 * (double)value.at[0] + 100.0 * (double)value.at[1] + 1000.0 * (double)value.at[2] + 1e4 * value.tail + after;
}
EXPORT aligned_16 turn_aligned_16(aligned_16 value) {
  aligned_16 result = {{-value.at[2], -value.at[1], -value.at[0]}, (int8_t)-value.tail};
  return result;
}
// How far the argument lies from where its type says. The compiler takes that for 0, so it is kept from knowing.
EXPORT unsigned beside_alignment(int8_t before, aligned_16 value) {
  uintptr_t at = (uintptr_t)&value;
  __asm__("" : "+r"(at));
  return before + (unsigned)(at % 16);
}

typedef struct { unsigned low : 3; int middle : 12; unsigned high : 17; } bits_4;
typedef struct { int64_t low : 40; int64_t high : 24; uint64_t more : 33; int8_t tail; } bits_24;
EXPORT double weigh_bits_4(int8_t before, bits_4 value, double after) {
  return before + 10.0 * value.low + 100.0 * value.middle + 1e6 * value.high + after;
}
EXPORT bits_4 turn_bits_4(bits_4 value) {
  bits_4 result = {7u - value.low, -value.middle, 0x1ffffu - value.high};
  return result;
}
EXPORT double weigh_bits_24(int8_t before, bits_24 value, double after) {
  return before + (double)value.low + 0.5 * (double)value.high + 0.25 * (double)value.more + 0.125 * value.tail + after;
}
EXPORT bits_24 turn_bits_24(bits_24 value) {
  bits_24 result = {-value.low, -value.high, 0x1ffffffffULL - value.more, (int8_t)-value.tail};
  return result;
}

// Several at once, of all kinds, between scalars.

EXPORT double weigh_all(int8_t a, bytes_3 b, double c, float_2 d, int64_t e, bytes_16 f, float g, bytes_8 h, bytes_1 i) {
  double sum = a + 10 * c + 100.0 * (double)e + 1000.0 * g;
  sum += 10000.0 * (b.at[0] + 2 * b.at[1] + 3 * b.at[2]);
  sum += 1000000.0 * (d.at[0] + 2 * d.at[1]);
  for (int n = 0; n < 16; n++) sum += 100000000.0 * (n + 1) * f.at[n];
  for (int n = 0; n < 8; n++) sum += 1000000000000.0 * (n + 1) * h.at[n];
  return sum + 0.5 * i.at[0];
}

EXPORT bytes_4 merge(bytes_1 first, bytes_2 middle, bytes_1 last) {
  bytes_4 result = {{first.at[0], middle.at[0], middle.at[1], last.at[0]}};
  return result;
}

// Nested, and with arrays and text inside.

typedef struct { int32_t x, y; } point;
typedef struct { point from, to; char name[16]; } line;

EXPORT line reverse(line value) {
  const point from = value.from;
  value.from = value.to;
  value.to = from;
  for (int i = 0; i < 15; i++)
    if (value.name[i] >= 'a' && value.name[i] <= 'z') value.name[i] = (char)(value.name[i] - 32);
  return value;
}
EXPORT void move(line *value, point by) {
  value->from.x += by.x;
  value->from.y += by.y;
  value->to.x += by.x;
  value->to.y += by.y;
}
EXPORT int64_t length_squared(const line *value) {
  const int64_t x = value->to.x - value->from.x, y = value->to.y - value->from.y;
  return x * x + y * y;
}

// Arrays of structs.

EXPORT void fill_points(point *points, int n) {
  for (int i = 0; i < n; i++) points[i] = (point){i, -i};
}
EXPORT point sum_points(const point *points, int n) {
  point sum = {0, 0};
  for (int i = 0; i < n; i++) {
    sum.x += points[i].x;
    sum.y += points[i].y;
  }
  return sum;
}

// Variadic.

EXPORT point sum_variadic(int n, ...) {
  va_list arguments;
  point sum = {0, 0};
  va_start(arguments, n);
  for (int i = 0; i < n; i++) {
    const point next = va_arg(arguments, point);
    sum.x += next.x;
    sum.y += next.y;
  }
  va_end(arguments);
  return sum;
}
EXPORT int64_t weigh_variadic(int n, ...) {
  va_list arguments;
  int64_t sum = 0;
  va_start(arguments, n);
  for (int i = 0; i < n; i++) {
    const bytes_12 next = va_arg(arguments, bytes_12);
    for (int at = 0; at < 12; at++) sum += (at + 1) * next.at[at];
    sum += 10000 * va_arg(arguments, int);
  }
  va_end(arguments);
  return sum;
}

// Pointers inside.

typedef struct { const char *text; int32_t n; double *numbers; point *corner; } box;

EXPORT double weigh_box(const box *value) {
  double sum = value->text ? value->text[0] : 0;
  for (int i = 0; value->numbers && i < value->n; i++) sum += value->numbers[i];
  return sum + (value->corner ? 1000 * value->corner->x + 1000000 * value->corner->y : 0);
}
EXPORT double weigh_box_value(box value) { return weigh_box(&value); }
EXPORT void double_box(box *value) {
  for (int i = 0; i < value->n; i++) value->numbers[i] *= 2;
  if (value->corner) *value->corner = (point){value->corner->y, value->corner->x};
}
EXPORT int box_is_empty(const box *value) { return !value->text && !value->n && !value->numbers && !value->corner; }

// Linked lists: walked, built, relinked.

typedef struct node { int32_t value; struct node *next; } node;

EXPORT int sum_list(const node *list) {
  int sum = 0;
  for (; list; list = list->next) sum += list->value;
  return sum;
}
EXPORT void double_list(node *list) {
  for (; list; list = list->next) list->value *= 2;
}
EXPORT node *build_list(int n) {
  node *list = NULL;
  while (n > 0) {
    node *first = malloc(sizeof *first);
    if (!first) break;
    *first = (node){n--, list};
    list = first;
  }
  return list;
}
EXPORT void free_list(node *list) {
  while (list) {
    node *next = list->next;
    free(list);
    list = next;
  }
}
EXPORT node *reverse_list(node *list) {
  node *reversed = NULL;
  while (list) {
    node *next = list->next;
    list->next = reversed;
    reversed = list;
    list = next;
  }
  return reversed;
}

// Unions.

typedef union { int64_t bits; double number; uint8_t bytes[8]; } number_bits;
typedef union { int32_t number; uint8_t bytes[12]; } wide_union;
typedef struct { int32_t kind; number_bits value; } variant;

EXPORT number_bits echo_union(number_bits value) { return value; }
EXPORT int64_t bits_of(number_bits value) { return value.bits; }
EXPORT number_bits union_of(double number) {
  number_bits result = {.number = number};
  return result;
}
EXPORT void negate_union(number_bits *value) { value->number = -value->number; }
EXPORT wide_union spread(wide_union value) {
  for (int i = 4; i < 12; i++) value.bytes[i] = (uint8_t)(value.bytes[i % 4] + i);
  return value;
}
EXPORT double variant_number(variant value) { return value.kind == 0 ? (double)value.value.bits : value.value.number; }
EXPORT variant make_variant(int kind, double number) {
  variant result = {kind, {.number = number}};
  if (kind == 0) result.value.bits = (int64_t)number;
  return result;
}

// Counted by what comes later, by arithmetic, and by a field of another struct.

struct image {
  int16_t *pixels;
  int16_t width, height;
};
EXPORT int sum_image(const struct image *image) {
  int sum = 0;
  for (int i = 0; i < image->width * image->height; i++) sum += image->pixels[i];
  return sum;
}
EXPORT void crop_image(struct image *image, int rows) { image->height = (int16_t)rows; }
struct packet {
  struct {
    uint8_t kind, count;
  } head;
  int32_t data[];
};
EXPORT int sum_packet(const struct packet *packet) {
  int sum = 0;
  for (int i = 0; i < packet->head.count; i++) sum += packet->data[i];
  return sum;
}
// Writes as many as `count`, whether there is room or not.
EXPORT void extend_packet(struct packet *packet, int count) {
  for (int i = 0; i < count; i++) packet->data[i] = 10 * i;
  packet->head.count = (uint8_t)count;
}
EXPORT int32_t sum_three(const int8_t a[3]) { return a[0] + a[1] + a[2]; }
EXPORT void name_row(char (*out)[11]) { memcpy(*out, "0123456789", sizeof *out); }
EXPORT int last_of(const int *values, int n) { return values[n - 1]; }
