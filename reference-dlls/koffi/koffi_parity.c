// Values of every shape that koffi knows, so that koffi on Windows and the drop-in can be asked the same questions.
#include <errno.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>
#include <windows.h>

#define EXPORT __declspec(dllexport)

// Scalars.

#define ECHO(name, type)                                                                                               \
  EXPORT type echo_##name(type value) { return value; }                                                                \
  EXPORT void out_##name(type value, type *out) { *out = value; }                                                      \
  EXPORT type twice_##name(type (*callback)(type), type value) { return callback(callback(value)); }
ECHO(i8, int8_t)
ECHO(u8, uint8_t)
ECHO(i16, int16_t)
ECHO(u16, uint16_t)
ECHO(i32, int32_t)
ECHO(u32, uint32_t)
ECHO(i64, int64_t)
ECHO(u64, uint64_t)
ECHO(f32, float)
ECHO(f64, double)
ECHO(bool, _Bool)
ECHO(long, long)
ECHO(ulong, unsigned long)
ECHO(size, size_t)
ECHO(intptr, intptr_t)
ECHO(wchar, wchar_t)

/** A _Bool whose upper bits are dirty, as callees may leave them. */
EXPORT uint64_t dirty_bool(int value) { return 0xffffffffffffff00ull | (value ? 1 : 0); }
EXPORT void nothing(void) {}
EXPORT int zero_arguments(void) { return 42; }

EXPORT double weigh12(int a, double b, int8_t c, float d, int64_t e, uint8_t f, double g, int16_t h, float i, uint32_t j,
                      int64_t k, double l) {
  return a + 2 * b + 3 * c + 4 * d + 5 * (double)e + 6 * f + 7 * g + 8 * h + 9 * i + 10 * (double)j + 11 * (double)k +
         12 * l;
}
EXPORT int64_t sum10(int8_t a, int16_t b, int32_t c, int64_t d, uint8_t e, uint16_t f, uint32_t g, uint64_t h, int8_t i,
                     int8_t j) {
  return a + b + c + d + e + f + (int64_t)g + (int64_t)h + i + j;
}

// Texts.

EXPORT int length8(const char *text) { return text ? (int)strlen(text) : -1; }
EXPORT int length16(const wchar_t *text) { return text ? (int)wcslen(text) : -1; }
EXPORT int length32(const uint32_t *text) {
  int n = 0;
  if (!text) return -1;
  while (text[n]) n++;
  return n;
}
EXPORT const char *echo8(const char *text) { return text; }
EXPORT const wchar_t *echo16(const wchar_t *text) { return text; }
EXPORT const uint32_t *echo32(const uint32_t *text) { return text; }
EXPORT int byte_of(const unsigned char *text, int index) { return text[index]; }
EXPORT int unit_of(const uint16_t *text, int index) { return text[index]; }
EXPORT int point_of(const uint32_t *text, int index) { return (int)text[index]; }
EXPORT const char *greeting8(void) { return "Gr\xc3\xbc\xc3\x9f Gott \xf0\x9f\x98\x80"; }
EXPORT const wchar_t *greeting16(void) { return L"Gr\u00fc\u00df Gott \xd83d\xde00"; }
EXPORT const uint32_t *greeting32(void) {
  static const uint32_t text[] = {'G', 'r', 0xfc, 0xdf, ' ', 0x1f600, 0xd800, 0x110000, 0};
  return text;
}
EXPORT const char *broken8(void) { return "a\xff\xc3z"; }
EXPORT const wchar_t *broken16(void) {
  static const wchar_t text[] = {'a', 0xd800, 'b', 0xdc00, 0};
  return text;
}
EXPORT const char *no_text(void) { return NULL; }
EXPORT const char *empty_text(void) { return ""; }
EXPORT const char *long_text(int n) {
  static char *text;
  free(text);
  text = malloc((size_t)n + 1);
  memset(text, 'x', (size_t)n);
  text[n] = 0;
  return text;
}
EXPORT void join8(const char *first, const char *second, char *out) { sprintf(out, "%s%s", first, second); }
EXPORT void join16(const wchar_t *first, const wchar_t *second, wchar_t *out) {
  wcscpy(out, first);
  wcscat(out, second);
}
EXPORT void join32(const uint32_t *first, const uint32_t *second, uint32_t *out) {
  while (*first) *out++ = *first++;
  while (*second) *out++ = *second++;
  *out = 0;
}
EXPORT void upper(char *text) {
  for (; *text; text++)
    if (*text >= 'a' && *text <= 'z') *text = (char)(*text - 32);
}
EXPORT int64_t total_length(const char **texts) {
  int64_t total = 0;
  for (; *texts; texts++) total += (int64_t)strlen(*texts);
  return total;
}
static const char *const three[] = {"one", "two", "three", NULL};
EXPORT const char **texts(void) { return (const char **)three; }
EXPORT int out_texts(const char ***out) {
  *out = (const char **)three;
  return 3;
}
EXPORT void out_text(const char **out) { *out = "out!"; }
EXPORT void out_text16(const wchar_t **out) { *out = L"out16!"; }
EXPORT void swap_texts(const char **first, const char **second) {
  const char *kept = *first;
  *first = *second;
  *second = kept;
}

// Memory the DLL hands out, and its own count of what came back.

static int given, freed;
EXPORT char *new_text(const char *text) {
  char *copy = malloc(strlen(text) + 1);
  given++;
  return strcpy(copy, text);
}
EXPORT wchar_t *new_text16(const wchar_t *text) {
  wchar_t *copy = malloc((wcslen(text) + 1) * sizeof *copy);
  given++;
  return wcscpy(copy, text);
}
EXPORT char *no_new_text(void) { return NULL; }
EXPORT void give_back(void *memory) {
  freed++;
  free(memory);
}
EXPORT int given_count(void) { return given; }
EXPORT int freed_count(void) { return freed; }
EXPORT void out_new_text(const char *text, char **out) { *out = new_text(text); }

#include "koffi_records.h"

// Pointers.

EXPORT void add_int(int *number, int add) { *number += add; }
EXPORT int div_mod(int a, int b, int *remainder) {
  *remainder = a % b;
  return a / b;
}
EXPORT void fill_ints(int *numbers, int n, int start) {
  for (int i = 0; i < n; i++) numbers[i] = start + i;
}
EXPORT int64_t sum_ints(const int *numbers, int n) {
  int64_t sum = 0;
  for (int i = 0; i < n; i++) sum += numbers[i];
  return sum;
}
EXPORT double sum_doubles(const double *numbers, int n) {
  double sum = 0;
  for (int i = 0; i < n; i++) sum += numbers[i];
  return sum;
}
EXPORT int64_t sum_i64(const int64_t *numbers, int n) {
  int64_t sum = 0;
  for (int i = 0; i < n; i++) sum += numbers[i];
  return sum;
}
EXPORT int sum_bytes(const uint8_t *bytes, int n) {
  int sum = 0;
  for (int i = 0; i < n; i++) sum += bytes[i];
  return sum;
}
EXPORT double weigh_pairs(const struct pair *pairs, int n) {
  double sum = 0;
  for (int i = 0; i < n; i++) sum += pairs[i].first + 0.5 * pairs[i].second;
  return sum;
}
EXPORT void fill_pairs(struct pair *pairs, int n) {
  for (int i = 0; i < n; i++) pairs[i] = (struct pair){(int16_t)i, i * 100};
}
EXPORT void *echo_pointer(void *pointer) { return pointer; }
EXPORT int is_null(const void *pointer) { return pointer == NULL; }
EXPORT void out_pointer(void *pointer, void **out) { *out = pointer; }
EXPORT void *copy_bytes(void *to, const void *from, size_t n) { return memcpy(to, from, n); }
EXPORT void swap_bytes32(uint32_t *numbers, int n) {
  for (int i = 0; i < n; i++) numbers[i] = __builtin_bswap32(numbers[i]);
}
static int kept_values[8];
EXPORT int *kept(void) { return kept_values; }
EXPORT void keep(int *at, int value) { at[0] += value; }

struct handle { int open; int uses; };
static struct handle handles[4];
EXPORT struct handle *open_handle(void) {
  for (int i = 0; i < 4; i++)
    if (!handles[i].open) {
      handles[i].open = 1;
      handles[i].uses = 0;
      return &handles[i];
    }
  return NULL;
}
EXPORT int open_handle_out(struct handle **out) { return (*out = open_handle()) != NULL; }
EXPORT int use_handle(struct handle *handle) { return handle->open ? ++handle->uses : -1; }
EXPORT int close_handle(struct handle *handle) {
  int was = handle->open;
  handle->open = 0;
  return was;
}

// Variables.

EXPORT int my_int = 42;
EXPORT const char *my_text = "variable";
EXPORT int my_ints[3] = {1, 2, 3};
EXPORT double my_double = 2.5;
EXPORT char my_buffer[16] = "buffer";
EXPORT wchar_t my_wide[16] = L"wide buffer";
EXPORT struct pair my_pair = {-1, 100000};
EXPORT int64_t my_big = INT64_C(0x7fffffffffffffff);
EXPORT int read_my_int(void) { return my_int; }
EXPORT int length_of_my_text(void) { return my_text ? (int)strlen(my_text) : -1; }
static int loads;
EXPORT int count_loads(void) { return ++loads; }

#include "koffi_callbacks.h"

// Variadic functions.

EXPORT int print(char *out, const char *format, ...) {
  va_list args;
  va_start(args, format);
  int n = vsprintf(out, format, args);
  va_end(args);
  return n;
}
EXPORT int print16(wchar_t *out, const wchar_t *format, ...) {
  va_list args;
  va_start(args, format);
  int n = _vsnwprintf(out, 256, format, args);
  va_end(args);
  return n;
}
EXPORT double sum_variadic(int n, ...) {
  va_list args;
  double sum = 0;
  va_start(args, n);
  for (int i = 0; i < n; i++) sum += va_arg(args, double);
  va_end(args);
  return sum;
}
EXPORT int64_t pairs_variadic(int n, ...) {
  va_list args;
  int64_t sum = 0;
  va_start(args, n);
  for (int i = 0; i < n; i++) {
    int *at = va_arg(args, int *);
    sum += *at;
    *at = -*at;
  }
  va_end(args);
  return sum;
}

// Errors, conventions, time.

EXPORT void set_last_error(unsigned long error) { SetLastError(error); }
EXPORT unsigned long last_error(void) { return GetLastError(); }
EXPORT int __stdcall std_add(int a, int b) { return a + b; }
EXPORT int __fastcall fast_add(int a, int b) { return a + b; }
EXPORT int __thiscall this_add(int a, int b, int c) { return a + 10 * b + 100 * c; }
EXPORT int __stdcall std_call(int(__stdcall *callback)(int, int), int a, int b) { return callback(a, b); }
EXPORT int slow_add(int a, int b) {
  Sleep(20);
  return a + b;
}
EXPORT int fail_slowly(unsigned long error) {
  Sleep(5);
  SetLastError(error);
  return -1;
}

// Enums.

enum colour { RED, GREEN = 5, BLUE = -2 };
EXPORT enum colour next_colour(enum colour colour) { return colour == RED ? GREEN : colour == GREEN ? BLUE : RED; }
EXPORT int64_t echo_wide_enum(int64_t value) { return value; }
EXPORT uint8_t echo_small_enum(uint8_t value) { return value; }
