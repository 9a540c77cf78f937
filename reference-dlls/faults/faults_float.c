// Floating-point state: exceptions that were asked for, and control words that stay changed.
#include <stdint.h>

#include "kind.h"

static uint32_t read_mxcsr(void) {
  uint32_t state;
  __asm__ volatile("stmxcsr %0" : "=m"(state));
  return state;
}
static void write_mxcsr(uint32_t state) { __asm__ volatile("ldmxcsr %0" : : "m"(state)); }

static uint16_t read_x87(void) {
  uint16_t word;
  __asm__ volatile("fnstcw %0" : "=m"(word));
  return word;
}
static void write_x87(uint16_t word) { __asm__ volatile("fldcw %0" : : "m"(word)); }

#define X87_ZERO_DIVIDE 4u
#define SSE_ZERO_DIVIDE 0x200u

KIND(leave_rounding_mode) { return write_mxcsr((read_mxcsr() & ~0x6000u) | 0x4000u), DONE; }
// Flush-to-zero and denormals-are-zero: 5e-324 * 2 becomes 0.
KIND(leave_flush_to_zero) { return write_mxcsr(read_mxcsr() | 0x8040u), DONE; }
KIND(leave_x87_precision) { return write_x87((uint16_t)(read_x87() & ~0x300u)), DONE; }
KIND(leave_x87_unmasked) { return write_x87((uint16_t)(read_x87() & ~X87_ZERO_DIVIDE)), DONE; }

// Eight values more than its caller expects there: the next function that uses the x87 finds no room.
KIND(fill_x87_stack) {
  __asm__ volatile("emms; fld1; fld1; fld1; fld1; fld1; fld1; fld1; fld1");
  return DONE;
}

// The exception comes with the next instruction that looks for it, here fwait.
KIND(x87_divide_by_zero) {
  write_x87((uint16_t)(read_x87() & ~X87_ZERO_DIVIDE));
  const int16_t zero = 0;
  __asm__ volatile("fld1; fidivs %0; fwait; fstp %%st(0)" : : "m"(zero));
  return DONE;
}

// Returns before it: whoever uses the x87 next would be blamed.
KIND(leave_x87_exception) {
  write_x87((uint16_t)(read_x87() & ~X87_ZERO_DIVIDE));
  const int16_t zero = 0;
  __asm__ volatile("fld1; fidivs %0" : : "m"(zero));
  return DONE;
}

// What a careful function gets from the x87.
EXPORT double x87_quotient(double dividend, double divisor) {
  volatile double quotient;
  __asm__ volatile("fldl %1; fdivl %2; fstpl %0" : "=m"(quotient) : "m"(dividend), "m"(divisor));
  return quotient;
}

KIND(sse_divide_by_zero) {
  write_mxcsr((read_mxcsr() & ~SSE_ZERO_DIVIDE) & ~0x3fu);
  __asm__ volatile("xorps %%xmm1, %%xmm1; movl $1, %%eax; cvtsi2sd %%eax, %%xmm0; divsd %%xmm1, %%xmm0" ::: "eax", "memory");
  return DONE;
}
