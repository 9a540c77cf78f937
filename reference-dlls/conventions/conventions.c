// The same functions in every calling convention of 32-bit Windows. On x64, where there is one convention, all are the same.
#include <stdarg.h>
#include <stdint.h>

#define EXPORT __declspec(dllexport)

typedef struct { int16_t x, y; } small;
typedef struct { int32_t x, y; } point;
typedef struct { double weight; int32_t count; int8_t tag; } record;

// Each argument has a weight, so that two that change places are noticed.

#define SUM_MIXED(a, b, c, d, e, f) (a + 10.0 * b + 100.0 * c + 1000.0 * (double)d + 10000.0 * e + 100000.0 * f)
#define SUM_WIDE(a, b, c, d) (a + 10LL * b + 100 * c + 1000LL * d)
#define SUM_STRUCTS(a, b, c, d, e, f) \
  (a + 10LL * b.x + 100LL * b.y + 1000LL * c.x + 10000LL * c.y + 100000LL * d + 1000000LL * (int)e.weight + \
   10000000LL * e.count + 100000000LL * e.tag + 1000000000LL * f)

// What compilers agree on in all conventions.
#define INTEGERS(name, convention) \
  EXPORT int convention name##_one(int a) { return a + 1; } \
  EXPORT int convention name##_add(int a, int b) { return a + 10 * b; } \
  EXPORT int64_t convention name##_ints(int a, int b, int c, int d, int e) { \
    return a + 10LL * b + 100LL * c + 1000LL * d + 10000LL * e; \
  } \
  EXPORT int64_t convention name##_small(int8_t a, uint16_t b, _Bool c, int16_t d, uint8_t e) { \
    return a + 1000LL * b + 100000000LL * c + 1000000000LL * d + 100000000000000LL * e; \
  } \
  EXPORT void convention name##_out(int *out, int value) { *out = value; } \
  EXPORT small convention name##_make_small(int x, int y) { \
    small result = {(int16_t)x, (int16_t)y}; \
    return result; \
  } \
  EXPORT point convention name##_make_point(int x, int y) { \
    point result = {x, y}; \
    return result; \
  }
#define OTHERS(name, convention) \
  EXPORT int convention name##_nothing(void) { return 7; } \
  EXPORT float convention name##_half(float value) { return value / 2; } \
  EXPORT int64_t convention name##_wide(int64_t a, int b, int64_t c, int d) { return SUM_WIDE(a, b, c, d); } \
  EXPORT double convention name##_mixed(double a, int b, float c, int64_t d, int e, int f) { \
    return SUM_MIXED(a, b, c, d, e, f); \
  } \
  EXPORT int64_t convention name##_structs(int a, small b, point c, int d, record e, int f) { \
    return SUM_STRUCTS(a, b, c, d, e, f); \
  } \
  EXPORT record convention name##_make_record(int count, double weight, int8_t tag) { \
    record result = {weight, count, tag}; \
    return result; \
  }

INTEGERS(cdecl, __cdecl)
OTHERS(cdecl, __cdecl)
INTEGERS(stdcall, __stdcall)
OTHERS(stdcall, __stdcall)
INTEGERS(fastcall, __fastcall)

// For fastcall and thiscall, gcc and Microsoft's compiler disagree on ia32 about all that is no 32-bit integer, and Microsoft's rules
// count: the two registers are for the first two integers of at most 32 bits, wherever they stand; all else, the pointer to a large
// result too, is on the stack. So the parameters stand here in the order in which gcc does just that.
#ifdef __i386__
EXPORT int __fastcall fastcall_nothing(void) { return 7; }
EXPORT float __fastcall fastcall_half(float value) { return value / 2; }
EXPORT int64_t __fastcall fastcall_wide(int b, int d, int64_t a, int64_t c) { return SUM_WIDE(a, b, c, d); }
EXPORT double __fastcall fastcall_mixed(int b, int e, double a, float c, int64_t d, int f) { return SUM_MIXED(a, b, c, d, e, f); }
EXPORT int64_t __fastcall fastcall_structs(int a, int d, small b, point c, record e, int f) { return SUM_STRUCTS(a, b, c, d, e, f); }
// The result's pointer is no part of a decorated name.
record *__fastcall fastcall_make_record(int, int8_t, record *, double) __asm__("@fastcall_make_record@16");
EXPORT record *__fastcall fastcall_make_record(int count, int8_t tag, record *result, double weight) {
  *result = (record){weight, count, tag};
  return result;
}
#else
OTHERS(fastcall, __fastcall)
#endif

// A method: the object in a register, all else on the stack.
typedef struct { int32_t value; } counter;
static counter the_counter;
EXPORT counter *counter_at(int value) {
  the_counter.value = value;
  return &the_counter;
}
EXPORT int __thiscall counter_value(const counter *this) { return this->value; }
EXPORT int __thiscall counter_add(counter *this, int by, int8_t times) { return this->value += by * times; }
EXPORT double __thiscall counter_mixed(const counter *this, double a, int64_t b, float c) {
  return this->value + 10 * a + 100.0 * (double)b + 1000 * c;
}
EXPORT int64_t __thiscall counter_structs(const counter *this, small a, record b, point c) {
  return SUM_STRUCTS(this->value, a, c, 0, b, 0);
}
#ifdef __i386__
EXPORT record *__thiscall counter_record(const counter *this, record *result, double weight, int8_t tag) {
  *result = (record){weight, this->value, tag};
  return result;
}
#else
EXPORT record counter_record(const counter *this, double weight, int8_t tag) { return (record){weight, this->value, tag}; }
#endif

// A variadic function is cdecl, whatever it says.
EXPORT double __cdecl variadic_mix(int n, ...) {
  va_list arguments;
  double sum = 0, weight = 1;
  va_start(arguments, n);
  for (int i = 0; i < n; i++, weight *= 10) {
    if (i % 3 == 0) sum += weight * va_arg(arguments, int);
    else if (i % 3 == 1) sum += weight * va_arg(arguments, double);
    else sum += weight * (double)va_arg(arguments, int64_t);
  }
  va_end(arguments);
  return sum;
}

// What the registers of fastcall and thiscall hold at the entry: the first argument, and the second. A function that reads them
// itself, since a compiler would hide a caller that passes them elsewhere as well.
#ifdef __i386__
EXPORT uint32_t __attribute__((naked)) ecx_at_entry(void) { __asm__("movl %ecx, %eax; ret"); }
EXPORT uint32_t __attribute__((naked)) edx_at_entry(void) { __asm__("movl %edx, %eax; ret"); }
// The stack pointer, modulo 16, before the return address was pushed.
EXPORT uint32_t __attribute__((naked)) stack_at_entry(void) { __asm__("leal 4(%esp), %eax; andl $15, %eax; ret"); }
// Pops what its caller has not pushed for it: as a function of another convention does.
EXPORT int __attribute__((naked)) pops_8(void) { __asm__("movl $8, %eax; ret $8"); }
EXPORT int __attribute__((naked)) pops_0(void) { __asm__("movl $0, %eax; ret"); }
#else
EXPORT uint64_t __attribute__((naked)) ecx_at_entry(void) { __asm__("movq %rcx, %rax; ret"); }
EXPORT uint64_t __attribute__((naked)) edx_at_entry(void) { __asm__("movq %rdx, %rax; ret"); }
EXPORT uint32_t __attribute__((naked)) stack_at_entry(void) { __asm__("leaq 8(%rsp), %rax; andl $15, %eax; ret"); }
EXPORT int pops_8(void) { return 8; }
EXPORT int pops_0(void) { return 0; }
#endif

// Names as 32-bit compilers export them: Microsoft's writes _name@8, gcc name@8, both @name@8 for fastcall, and a .def file gives
// plain ones. The functions above have gcc's names. On x64 all names are plain.
#ifdef __i386__
#define EXPORT_AS(name, symbol) __asm__(".section .drectve\n\t.ascii \" -export:\\\"" name "\\\"=\\\"" symbol "\\\"\"\n\t.text")
#else
#define EXPORT_AS(name, symbol) _Static_assert(1, "")
#endif

#ifdef __i386__
#define HIDDEN
#else
#define HIDDEN EXPORT
#endif
HIDDEN int __stdcall with_underscore(int a, int b) { return a - b; }
HIDDEN int __stdcall undecorated(int a, int b) { return a * b; }
HIDDEN int __cdecl leading_underscore(int a, int b) { return a | b; }
EXPORT_AS("_with_underscore@8", "with_underscore@8");
EXPORT_AS("undecorated", "undecorated@8");
EXPORT_AS("_leading_underscore", "leading_underscore");
