/* HOT: one call by any of the ia32 conventions: the first two slots go to ecx and edx, where fastcall and thiscall look,
 * the rest to the stack. Who takes the arguments off the stack does not matter; how many bytes it were is noted.
 *
 * void invoke(uintptr_t function, const void *slots, intptr_t count, struct invoke_result *result)
 *             8(%ebp)             12(%ebp)           16(%ebp)        20(%ebp)
 *
 * An exception that no handler of the callee takes ends in guard, which unwinds to here; one whose chain of handlers
 * does not lead here is sent here by guard.c. All that a callee must preserve, the chain of handlers and the
 * floating-point control words are saved here, and the frame is found again without any register, so a callee that
 * breaks the convention harms nobody but itself.
 */
#include "guard.h"
#include "layout.h"

    .text
    .globl _invoke
    .globl _guard
    .globl _invoke_recover
    .globl _call_handler
    .def _invoke; .scl 2; .type 32; .endef
    .p2align 4
_invoke:
    push %ebp
    mov %esp, %ebp
    push %ebx
    push %esi
    push %edi
    push $_guard
    pushl %fs:0
    mov %esp, %fs:0
    sub $(GUARD_RECORD - GUARD_BELOW), %esp
    stmxcsr GUARD_MXCSR(%ebp)
    fnstcw GUARD_X87(%ebp)
    fnstsw %ax
    sub $0x800, %eax                /* a push moves the top of the x87 stack down by 1 */
    and $0x3800, %eax
    mov %eax, GUARD_X87_STATUS(%ebp)
    mov %ebp, %eax
    xor $GUARD_MIX, %eax
    mov %eax, GUARD_SEAL(%ebp)
    xor %eax, %eax
    mov %eax, GUARD_LOST(%ebp)
    mov %eax, GUARD_OFFERED(%ebp)
    mov _guard_slot, %edx
    mov %fs:(%edx), %eax
    mov %eax, GUARD_OUTER(%ebp)
    mov %ebp, %fs:(%edx)

    mov 12(%ebp), %esi
    mov 16(%ebp), %ecx
    lea GUARD_GAP-8(,%ecx,4), %eax  /* bytes of the slots beyond the registers */
    sub %eax, %esp
    and $-16, %esp                  /* compilers that use SSE rely on it */
    mov %esp, GUARD_STACK(%ebp)
    sub $2, %ecx
    jle 2f
    /* Highest address first: a stack grows page by page, each by touching the one above. */
1:  mov 4(%esi,%ecx,4), %eax
    mov %eax, -4(%esp,%ecx,4)
    dec %ecx
    jnz 1b
2:  mov 0(%esi), %ecx
    mov 4(%esi), %edx
    call *8(%ebp)

    pushfl
    pop %ecx
    test $GUARD_FLAGS, %ecx
    jnz 10f
3:  mov _guard_slot, %ecx
    mov %fs:(%ecx), %ebp
    cmp %esp, %ebp
    jbe 11f
12: mov GUARD_SEAL(%ebp), %ecx
    xor $GUARD_MIX, %ecx
    cmp %ebp, %ecx
    jne 13f
    mov %esp, %ecx
    sub GUARD_STACK(%ebp), %ecx
    lea GUARD_BELOW(%ebp), %esp
    mov 20(%ebp), %ebx
    mov %eax, 0(%ebx)
    mov %edx, 4(%ebx)
    mov %ecx, 24(%ebx)              /* result->popped */

    fnstcw GUARD_SCRATCH(%ebp)
    mov GUARD_SCRATCH(%ebp), %ax
    cmp GUARD_X87(%ebp), %ax
    jne 7f
4:  testl $PLAN_FLAG_RESULT_X87, 28(%ebx)
    jz 5f
    fstpl 8(%ebx)
5:  fldz                            /* a push tells whether the stack is where it was, and empty; fxam takes 100 ns for that */
    fnstsw %ax
    fstp %st(0)
    and $0x3a00, %eax               /* the top, and C1: the place was taken */
    cmp GUARD_X87_STATUS(%ebp), %eax
    jne 8f
6:  stmxcsr GUARD_SCRATCH(%ebp)     /* control bits only: the sticky flags are the callee's to set */
    mov GUARD_SCRATCH(%ebp), %eax
    xor GUARD_MXCSR(%ebp), %eax
    test $0xffc0, %eax
    jnz 9f
.Lreturn:
    mov _guard_slot, %edx
    mov GUARD_OUTER(%ebp), %ecx
    mov %ecx, %fs:(%edx)
    mov GUARD_RECORD(%ebp), %ecx
    mov %ecx, %fs:0
    lea -12(%ebp), %esp
    pop %edi
    pop %esi
    pop %ebx
    pop %ebp
    ret

7:  movl $1, 20(%ebx)               /* result->fpu_changed */
    fnclex
    fldcw GUARD_X87(%ebp)
    jmp 4b
8:  movl $1, 20(%ebx)
    fninit
    fldcw GUARD_X87(%ebp)
    jmp 6b
9:  movl $1, 20(%ebx)
    ldmxcsr GUARD_MXCSR(%ebp)
    jmp .Lreturn

10: and $~GUARD_FLAGS, %ecx
    push %ecx
    popfl
    jmp 3b

11: mov %esp, %ebx                  /* somebody has jumped past a guard further in (longjmp) */
    mov %eax, %esi
    mov %edx, %edi
    and $-16, %esp
    sub $16, %esp
    mov %ebx, 0(%esp)
    call _guard_above
    mov %eax, %ebp
    mov %ebx, %esp
    mov %esi, %eax
    mov %edi, %edx
    jmp 12b

13: call _guard_broken

_invoke_recover:                    /* ebp has been set */
    lea GUARD_BELOW(%ebp), %esp
    fninit
    fldcw GUARD_X87(%ebp)
    ldmxcsr GUARD_MXCSR(%ebp)
    cld
    jmp .Lreturn

/* The dispatcher calls this when no handler between the fault and invoke's frame has taken the exception.
 *
 * EXCEPTION_DISPOSITION guard(EXCEPTION_RECORD *record, void *frame, CONTEXT *context, void *dispatcher)
 */
    .p2align 4
_guard:
    cld
    mov 4(%esp), %eax
    testl $6, 4(%eax)               /* EXCEPTION_UNWINDING, EXCEPTION_EXIT_UNWIND */
    jnz 2f
    push %ebp
    mov %esp, %ebp
    push %ebx
    push %esi
    mov %eax, %esi
    fninit                          /* a full x87 stack, or an exception that waits there, would only bring another fault */
    mov 12(%ebp), %ebx
    sub $GUARD_RECORD, %ebx
    fldcw GUARD_X87(%ebx)           /* for a filter that does not come back */
    mov 16(%ebp), %eax
    and $-16, %esp
    sub $16, %esp
    mov %esi, 0(%esp)
    mov %eax, 4(%esp)
    mov %ebx, 8(%esp)
    call _guard_filtered
    test %eax, %eax
    jnz 3f
    mov %esi, 0(%esp)
    mov %ebx, 4(%esp)
    call _guard_reached
    mov %ebx, 0(%esp)               /* unwinding keeps the stack, not the registers */
    lea GUARD_RECORD(%ebx), %eax
    push $0
    push %esi
    push $1f
    push %eax
    call _RtlUnwind@16
1:  mov 0(%esp), %ebp
    mov _guard_slot, %edx           /* the handlers of frames further in may have made calls of their own */
    mov %ebp, %fs:(%edx)
    jmp _invoke_recover
2:  mov 8(%esp), %ecx               /* somebody unwinds past this guard */
    mov (GUARD_OUTER - GUARD_RECORD)(%ecx), %eax
    mov _guard_slot, %edx
    mov %eax, %fs:(%edx)
    mov $1, %eax                    /* ExceptionContinueSearch */
    ret
3:  lea -8(%ebp), %esp
    pop %esi
    pop %ebx
    pop %ebp
    xor %eax, %eax                  /* ExceptionContinueExecution */
    ret

/* Calls a handler as the dispatcher does, for which no register but esp and ebp is sacred.
 *
 * EXCEPTION_DISPOSITION call_handler(void *handler, EXCEPTION_RECORD *record, void *frame, CONTEXT *context, void *dispatcher)
 */
    .p2align 4
_call_handler:
    push %ebp
    mov %esp, %ebp
    push %ebx
    push %esi
    push %edi
    pushl 24(%ebp)
    pushl 20(%ebp)
    pushl 16(%ebp)
    pushl 12(%ebp)
    call *8(%ebp)
    lea -12(%ebp), %esp
    pop %edi
    pop %esi
    pop %ebx
    pop %ebp
    ret
