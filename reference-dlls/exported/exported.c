// What a DLL exports besides plain functions: variables, functions by ordinal, forwarders, functions behind pointers; and results
// whose registers hold more than the type says. Ordinals and forwarders are in exported.def.
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#define EXPORT __declspec(dllexport)

// Variables, and functions that see them from inside.

struct point {
  int32_t x, y;
};
EXPORT int32_t counter = 42;
EXPORT double ratio = 0.75;
EXPORT uint8_t flag = 200;
EXPORT int64_t big = -(1LL << 53) - 1;
EXPORT const char *title = "t\xc3\xaetle";
EXPORT char room[8] = "eight";
EXPORT int32_t numbers[3] = {10, -20, 30};
EXPORT struct point origin = {3, -4};
EXPORT const char *names[] = {"one", "two", NULL};

static int add(int a, int b) { return a + b; }
static int subtract(int a, int b) { return a - b; }
EXPORT int (*operation)(int a, int b) = add;

EXPORT int32_t counter_inside(void) { return counter; }
EXPORT int32_t count_up(void) { return ++counter; }
EXPORT double ratio_inside(void) { return ratio; }
EXPORT int64_t big_inside(void) { return big; }
EXPORT const char *title_inside(void) { return title; }
EXPORT int32_t sum_numbers(void) { return numbers[0] + 10 * numbers[1] + 100 * numbers[2]; }
EXPORT struct point origin_inside(void) { return origin; }
EXPORT int operate(int a, int b) { return operation(a, b); }
EXPORT const char *room_inside(void) { return room; }

// By ordinal only: neither has a name in the DLL.
int at_seven(int value) { return value + 7; }
int at_hundred(int value) { return value + 100; }

// Behind pointers, as GetProcAddress gives functions.
typedef int (*binary)(int a, int b);
EXPORT binary function_named(const char *name) {
  if (!strcmp(name, "add")) return add;
  if (!strcmp(name, "subtract")) return subtract;
  return NULL;
}
EXPORT void function_into(binary *place) { *place = subtract; }
EXPORT int call_function(binary function, int a, int b) { return function ? function(a, b) : -1; }
struct functions {
  binary first;
  double (*second)(double value);
};
static double halve(double value) { return value / 2; }
static const struct functions all_functions = {subtract, halve};
EXPORT const struct functions *function_table(void) { return &all_functions; }

// Variadic. Each letter of `kinds` names one argument: b int8, h int16, i int32, l int64, u uint64, d double, t text, w wide text,
// p pointer, f function. The text that comes back names them all.
EXPORT int describe(char *out, int size, const char *kinds, ...) {
  va_list arguments;
  int n = 0;
  va_start(arguments, kinds);
  out[0] = 0;
#define ADD(...) n += snprintf(out + n, (size_t)(size - n), __VA_ARGS__)
  for (; *kinds; kinds++) {
    if (n) ADD(" ");
    switch (*kinds) {
    case 'b':
    case 'h':
    case 'i': ADD("%d", va_arg(arguments, int)); break;
    case 'l': ADD("%lld", (long long)va_arg(arguments, int64_t)); break;
    case 'u': ADD("%llu", (unsigned long long)va_arg(arguments, uint64_t)); break;
    case 'd': ADD("%.17g", va_arg(arguments, double)); break;
    case 't': ADD("%s", va_arg(arguments, const char *)); break;
    case 'w':
      for (const wchar_t *at = va_arg(arguments, const wchar_t *); *at; at++) ADD("%04x", *at);
      break;
    case 'p': ADD("%s", va_arg(arguments, const void *) ? "pointer" : "null"); break;
    case 'f': ADD("%d", va_arg(arguments, binary)(20, 22)); break;
    }
  }
  va_end(arguments);
  return n;
}

// Variadic with an out parameter after the dots.
EXPORT int divide_into(int n, ...) {
  va_list arguments;
  va_start(arguments, n);
  const int by = va_arg(arguments, int);
  int *remainder = va_arg(arguments, int *);
  va_end(arguments);
  *remainder = n % by;
  return n / by;
}

// Enumerations.
enum color { RED, GREEN, BLUE = 7, NONE = -1 };
EXPORT enum color next_color(enum color color) {
  return color == RED ? GREEN : color == GREEN ? BLUE : color == BLUE ? NONE : RED;
}
EXPORT void next_colors(enum color *colors, int n) {
  for (int i = 0; i < n; i++) colors[i] = next_color(colors[i]);
}

// Results and arguments that are narrower than the register they are in: the rest of it is anything. Declared with the narrow type by
// the caller, and with all bits here.
EXPORT uint32_t dirty_false(void) { return 0xffffff00; }
EXPORT uint32_t dirty_true(void) { return 0xabcdef01; }
EXPORT uint32_t dirty_int8(void) { return 0x12345680; }
EXPORT uint32_t dirty_uint8(void) { return 0xffffff80; }
EXPORT uint32_t dirty_int16(void) { return 0x12348000; }
EXPORT uint32_t dirty_uint16(void) { return 0xffff8000; }
EXPORT uint64_t dirty_int32(void) { return 0x1234567880000000; }
EXPORT uint32_t dirty_wchar(void) { return 0xdead0041; }
EXPORT int call_dirty_bool(uint32_t (*callback)(uint32_t value)) { return (int)(callback(0xffffff00) & 0xff); }
EXPORT int call_dirty_int8(uint32_t (*callback)(uint32_t value)) { return (int)(callback(0x12345680) & 0xff); }
