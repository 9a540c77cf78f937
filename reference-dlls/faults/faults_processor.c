// Instructions that may not be executed, and registers that a function must not leave behind as it pleases.
#include <limits.h>
#include <stdint.h>

#include "kind.h"

KIND(divide_by_zero) {
  volatile int divisor = 0;
  return 7 / divisor;
}

// The quotient has no place in an int.
KIND(divide_overflow) {
  volatile int dividend = INT_MIN, divisor = -1;
  return dividend / divisor;
}

#define INSTRUCTION(name, text) \
  KIND(name) { \
    __asm__ volatile(text ::: "memory", "cc"); \
    return DONE; \
  }

INSTRUCTION(illegal_instruction, "ud2")
INSTRUCTION(halt, "hlt")
INSTRUCTION(disable_interrupts, "cli")
INSTRUCTION(break_int3, "int3")
/* The byte behind it is skipped by Windows. */
INSTRUCTION(break_int2d, "int $0x2d; nop")
/* With the reason in ecx: 7, FAST_FAIL_FATAL_APP_EXIT. */
INSTRUCTION(fast_fail, "movl $7, %%ecx; int $0x29")

KIND(break_debug) { return DebugBreak(), DONE; }

KIND(read_port) {
  uint8_t value;
  __asm__ volatile("inb $0x60, %0" : "=a"(value));
  return value;
}

#ifdef __i386__
#define FLAGS(operation, mask) "pushfl; " operation "l $" #mask ", (%%esp); popfl; nop; nop"
#else
#define FLAGS(operation, mask) "pushfq; " operation "q $" #mask ", (%%rsp); popfq; nop; nop"
#endif

INSTRUCTION(single_step, FLAGS("or", 0x100))
// Not for an exception of its own: it makes every access that is not aligned one, for as long as the flag is set.
INSTRUCTION(leave_alignment_check, FLAGS("or", 0x40000))
INSTRUCTION(leave_direction_flag, "std")

// Registers that the caller counts on.

#ifdef __i386__
NAKED_KIND(trash_saved_registers) {
  __asm__ volatile("xorl %ebx, %ebx; xorl %esi, %esi; xorl %edi, %edi; movl $-42, %eax; ret");
}
NAKED_KIND(trash_frame_pointer) { __asm__ volatile("movl $0x1230, %ebp; movl $-42, %eax; ret"); }
// Goes on with a stack that is not there: the next push faults, and so does whoever wants to tell the process about it.
NAKED_KIND(trash_stack_pointer) { __asm__ volatile("movl $0x1230, %esp; ret"); }
NAKED_KIND(smash_return_address) { __asm__ volatile("movl $0x41414140, (%esp); ret"); }
#else
NAKED_KIND(trash_saved_registers) {
  __asm__ volatile("xorl %ebx, %ebx; xorl %esi, %esi; xorl %edi, %edi; xorl %r12d, %r12d; xorl %r13d, %r13d;"
                   "xorl %r14d, %r14d; xorl %r15d, %r15d; pcmpeqd %xmm6, %xmm6; pcmpeqd %xmm15, %xmm15; movl $-42, %eax; ret");
}
NAKED_KIND(trash_frame_pointer) { __asm__ volatile("movl $0x1230, %ebp; movl $-42, %eax; ret"); }
NAKED_KIND(trash_stack_pointer) { __asm__ volatile("movl $0x1230, %esp; ret"); }
NAKED_KIND(smash_return_address) { __asm__ volatile("movq $0x41414140, (%rsp); ret"); }
#endif
