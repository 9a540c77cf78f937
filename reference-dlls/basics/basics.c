// One export per thing the harness must get right. Nothing here leans on Windows behaviour except where its name says so.
#include <stdarg.h>
#include <stdint.h>
#include <windows.h>

#define EXPORT __declspec(dllexport)

typedef int (*int_callback)(int);

struct division {
  int quot;
  int rem;
};

static int errno_like;

// Scalars

EXPORT int add(int a, int b) { return (int)((unsigned)a + (unsigned)b); }
EXPORT double add_double(double a, double b) { return a + b; }

EXPORT int8_t echo_int8(int8_t value) { return value; }
EXPORT uint8_t echo_uint8(uint8_t value) { return value; }
EXPORT int16_t echo_int16(int16_t value) { return value; }
EXPORT uint16_t echo_uint16(uint16_t value) { return value; }
EXPORT int32_t echo_int32(int32_t value) { return value; }
EXPORT uint32_t echo_uint32(uint32_t value) { return value; }
EXPORT int64_t echo_int64(int64_t value) { return value; }
EXPORT uint64_t echo_uint64(uint64_t value) { return value; }
EXPORT float echo_float(float value) { return value; }
EXPORT double echo_double(double value) { return value; }
EXPORT wchar_t echo_wchar(wchar_t value) { return value; }

// Variadic functions

EXPORT int sum_variadic(int count, ...) {
  va_list arguments;
  unsigned sum = 0;
  va_start(arguments, count);
  for (int i = 0; i < count; i++) sum += (unsigned)va_arg(arguments, int);
  va_end(arguments);
  return (int)sum;
}

// Each letter of `kinds` names one argument: i int, d double, l long long. Any other letter ends the list.
EXPORT double mix_variadic(const char *kinds, ...) {
  va_list arguments;
  double sum = 0;
  va_start(arguments, kinds);
  for (; *kinds; kinds++) {
    if (*kinds == 'i') sum += va_arg(arguments, int);
    else if (*kinds == 'd') sum += va_arg(arguments, double);
    else if (*kinds == 'l') sum += (double)va_arg(arguments, long long);
    else break;
  }
  va_end(arguments);
  return sum;
}

// Callbacks

EXPORT int call_back(int_callback callback, int n) {
  unsigned sum = 0;
  for (int i = 0; i < n; i++) sum += (unsigned)callback(i);
  return (int)sum;
}

// A callback that calls this function again nests: DLL, host, DLL, host.
EXPORT int nested(int depth, int_callback callback) { return depth <= 0 ? 0 : 1 + callback(depth - 1); }

// Strings

EXPORT unsigned length(const char *text) {
  unsigned n = 0;
  while (text[n]) n++;
  return n;
}

EXPORT unsigned wide_length(const wchar_t *text) {
  unsigned n = 0;
  while (text[n]) n++;
  return n;
}

EXPORT void upper_in_place(char *text) {
  for (; *text; text++) {
    if (*text >= 'a' && *text <= 'z') *text = (char)(*text - 'a' + 'A');
  }
}

EXPORT const char *greeting(void) { return "hello from basics"; }

// Memory

EXPORT void fill_ints(int *numbers, int n) {
  for (int i = 0; i < n; i++) numbers[i] = i * i;
}

EXPORT void out_int(int *result) { *result = 42; }

EXPORT int *into(int *base, int index) { return base + index; }

EXPORT struct division divide(int numerator, int denominator) {
  struct division result = {numerator / denominator, numerator % denominator};
  return result;
}

// State of the DLL, as errno is: a function sets it, another gives its address.

EXPORT int set_errno_like(int value) {
  int before = errno_like;
  errno_like = value;
  return before;
}

EXPORT int *own_errno(void) { return &errno_like; }

// Misbehaviour

EXPORT void sleep_ms(unsigned milliseconds) { Sleep(milliseconds); }

EXPORT int crash_null(void) {
  // Volatile pointer and volatile target: the compiler may neither see the null nor drop the read.
  volatile int *volatile nowhere = 0;
  return *nowhere;
}

EXPORT int exit_process(int code) {
  ExitProcess((UINT)code);
  return code;
}

EXPORT void hang(void) {
  volatile int forever = 1;
  while (forever) {
  }
}
