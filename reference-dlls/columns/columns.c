// Functions of numbers alone, to be called with columns: of 0 to 8 parameters and more, and some that misbehave when a row says so.
#include <stdint.h>
#include <windows.h>

#define EXPORT __declspec(dllexport)

// Each argument has a weight of its own, so that two that change places are noticed.

EXPORT int take_none(void) { return 42; }
EXPORT double take_1(float a) { return a; }
EXPORT double take_2(int64_t a, double b) { return (double)a + 10 * b; }
EXPORT double take_3(double a, int8_t b, float c) { return a + 10.0 * b + 100.0 * c; }
EXPORT float take_4(uint8_t a, double b, uint32_t c, float d) { return (float)(a + 10 * b + 100.0 * c + 1000.0 * d); }
EXPORT int64_t take_5(int16_t a, int64_t b, _Bool c, uint64_t d, int e) {
  return (int64_t)(a + 10ULL * (uint64_t)b + 100ULL * c + 1000ULL * d + 10000ULL * (uint64_t)(int64_t)e);
}
EXPORT double take_6(double a, double b, double c, double d, double e, double f) {
  return a + 10 * b + 100 * c + 1000 * d + 10000 * e + 100000 * f;
}
EXPORT uint16_t take_7(uint16_t a, float b, uint16_t c, double d, uint16_t e, int64_t f, uint16_t g) {
  return (uint16_t)(a + 3u * c + 5u * e + 7u * g + 11u * (b < 0) + 13u * (d < 0) + 17u * (f < 0));
}
EXPORT double take_8(int a, double b, float c, int64_t d, int8_t e, double f, uint64_t g, float h) {
  return a + 10 * b + 100.0 * c + 1000.0 * (double)d + 10000.0 * e + 100000 * f + 1e6 * (double)g + 1e7 * h;
}
EXPORT int take_16(int a, int b, int c, int d, int e, int f, int g, int h, int i, int j, int k, int l, int m, int n, int o, int p) {
  return a - b + 3 * c - 5 * d + 7 * e - 11 * f + 13 * g - 17 * h + 19 * i - 23 * j + 29 * k - 31 * l + 37 * m - 41 * n + 43 * o - 47 * p;
}
// More than fit in what is put aside for a row.
EXPORT double take_17(double a, double b, double c, double d, double e, double f, double g, double h, double i, double j, double k,
                      double l, double m, double n, double o, double p, double q) {
  return a - b + 3 * c - 5 * d + 7 * e - 11 * f + 13 * g - 17 * h + 19 * i - 23 * j + 29 * k - 31 * l + 37 * m - 41 * n + 43 * o -
         47 * p + 53 * q;
}

// Divides by 3, and leaves the floating-point control words as `how` says: 1 another rounding of SSE, 2 another precision of the x87
// unit, 3 the first and a fault.
EXPORT double third(double value, int how) {
  const double result = value / 3;
  uint32_t state;
  __asm__ volatile("stmxcsr %0" : "=m"(state));
  state |= 0x6000; // towards zero
  const uint16_t word = 0x007f;
  if (how == 1 || how == 3) __asm__ volatile("ldmxcsr %0" : : "m"(state));
  if (how == 2) __asm__ volatile("fldcw %0" : : "m"(word));
  if (how == 3) *(volatile int *)0 = 1;
  return result;
}

// Adds by SSE on both architectures, so that its rounding shows. On ia32 the compiler has no such registers to keep values in.
#ifdef __i386__
#define CLOBBERED
#else
#define CLOBBERED : "xmm0"
#endif
EXPORT double add_sse(double a, double b) {
  double sum;
  __asm__("movsd %1, %%xmm0; addsd %2, %%xmm0; movsd %%xmm0, %0" : "=m"(sum) : "m"(a), "m"(b) CLOBBERED);
  return sum;
}

static int calls;

EXPORT int calls_so_far(int reset) {
  const int before = calls;
  if (reset) calls = 0;
  return before;
}
// Counts its calls, and changes the rounding when told so.
EXPORT double counted_third(double value, int how) {
  calls++;
  return third(value, how);
}

// Keeps none of its promises: every register that belongs to the caller is another one afterwards, and the direction flag is set.
#ifdef __i386__
EXPORT int __attribute__((naked)) break_promises(int value) {
  __asm__("movl 4(%esp), %eax; xorl %ebx, %ebx; xorl %esi, %esi; xorl %edi, %edi; xorl %ebp, %ebp; std; ret");
  (void)value;
}
// Takes 12 bytes off the stack, which its caller has not put there for it.
EXPORT int __attribute__((naked)) take_more(int value) {
  __asm__("movl 4(%esp), %eax; ret $12");
  (void)value;
}
#else
EXPORT int __attribute__((naked)) break_promises(int value) {
  __asm__("movl %ecx, %eax; xorl %ebx, %ebx; xorl %esi, %esi; xorl %edi, %edi; xorl %ebp, %ebp; xorl %r12d, %r12d; xorl %r13d, %r13d;"
          "xorl %r14d, %r14d; xorl %r15d, %r15d; pcmpeqd %xmm6, %xmm6; pcmpeqd %xmm15, %xmm15; std; ret");
  (void)value;
}
EXPORT int take_more(int value) { return value; }
#endif

// Leaves a value on the x87 stack, which has room for eight.
EXPORT int fill_x87(int value) {
  __asm__ volatile("fldz");
  return value;
}
