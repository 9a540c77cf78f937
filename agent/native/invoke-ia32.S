/* HOT: one call by any of the ia32 conventions: the first two slots go to ecx and edx, where fastcall and thiscall look,
 * the rest to the stack. Who takes the arguments off the stack does not matter; how many bytes it were is noted.
 *
 * void invoke(uintptr_t function, const void *slots, intptr_t count, struct invoke_result *result)
 *             8(%ebp)             12(%ebp)           16(%ebp)        20(%ebp)
 *
 * An exception that no handler of the callee takes ends in guard, which unwinds to here. All that a callee must
 * preserve, the chain of handlers and the floating-point control words are saved here, so a callee that breaks the
 * convention harms nobody but itself.
 */
#include "layout.h"

    .text
    .globl _invoke
    .def _invoke; .scl 2; .type 32; .endef
    .p2align 4
_invoke:
    push %ebp
    mov %esp, %ebp
    push %ebx
    push %esi
    push %edi
    push $_guard                    /* the exception registration record, at -20(%ebp) */
    pushl %fs:0
    mov %esp, %fs:0
    sub $20, %esp
    /* Frame: -24 MXCSR, -28 x87 control word, -32 what the x87 status will be of one value on the stack, -36 esp at the call, -40 scratch. */
    stmxcsr -24(%ebp)
    fnstcw -28(%ebp)
    fnstsw %ax
    sub $0x800, %eax                /* a push moves the top of the x87 stack down by 1 */
    and $0x3800, %eax
    mov %eax, -32(%ebp)

    mov 12(%ebp), %esi
    mov 16(%ebp), %ecx
    lea -8(,%ecx,4), %eax           /* bytes of the slots beyond the registers */
    sub %eax, %esp
    and $-16, %esp                  /* compilers that use SSE rely on it */
    mov %esp, -36(%ebp)
    sub $2, %ecx
    jle 2f
    /* Highest address first: a stack grows page by page, each by touching the one above. */
1:  mov 4(%esi,%ecx,4), %eax
    mov %eax, -4(%esp,%ecx,4)
    dec %ecx
    jnz 1b
2:  mov 0(%esi), %ecx
    mov 4(%esi), %edx
    cld
    call *8(%ebp)
    cld

    lea -20(%ebp), %ecx             /* ebp and the chain of handlers both lead to our frame, unless the callee broke one */
    cmp %ecx, %fs:0
    jne 10f
3:  mov %esp, %ecx
    sub -36(%ebp), %ecx
    lea -40(%ebp), %esp
    mov 20(%ebp), %ebx
    mov %eax, 0(%ebx)
    mov %edx, 4(%ebx)
    mov %ecx, 24(%ebx)              /* result->popped */

    fnstcw -40(%ebp)
    mov -40(%ebp), %ax
    cmp -28(%ebp), %ax
    jne 7f
4:  testl $PLAN_FLAG_RESULT_X87, 28(%ebx)
    jz 5f
    fstpl 8(%ebx)
5:  fldz                            /* a push tells whether the stack is where it was, and empty; fxam takes 100 ns for that */
    fnstsw %ax
    fstp %st(0)
    and $0x3a00, %eax               /* the top, and C1: the place was taken */
    cmp -32(%ebp), %eax
    jne 8f
6:  stmxcsr -40(%ebp)               /* control bits only: the sticky flags are the callee's to set */
    mov -40(%ebp), %eax
    xor -24(%ebp), %eax
    test $0xffc0, %eax
    jnz 9f
.Lreturn:
    mov -20(%ebp), %ecx
    mov %ecx, %fs:0
    lea -12(%ebp), %esp
    pop %edi
    pop %esi
    pop %ebx
    pop %ebp
    ret

7:  movl $1, 20(%ebx)               /* result->fpu_changed */
    fnclex
    fldcw -28(%ebp)
    jmp 4b
8:  movl $1, 20(%ebx)
    fninit
    fldcw -28(%ebp)
    jmp 6b
9:  movl $1, 20(%ebx)
    ldmxcsr -24(%ebp)
    jmp .Lreturn

10: cmp %esp, %ecx                  /* ebp is good when it leads to our record */
    jb 11f
    cmp %fs:4, %ecx                 /* the upper end of the stack */
    jae 11f
    cmpl $_guard, 4(%ecx)
    je 3b
11: mov %fs:0, %ebp
    lea 20(%ebp), %ebp
    jmp 3b

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
    mov %eax, %esi
    fninit                          /* a full x87 stack, or an exception that waits there, would only bring another fault */
    mov 8(%esp), %ebx
    and $-16, %esp
    sub $16, %esp
    mov %esi, 0(%esp)
    mov 40(%ebx), %eax              /* the record lies at -20(%ebp), result at 20(%ebp) */
    mov %eax, 4(%esp)
    call _fault_note
    mov %ebx, 0(%esp)               /* unwinding keeps the stack, not the registers */
    push $0
    push %esi
    push $1f
    push %ebx
    call _RtlUnwind@16
1:  mov 0(%esp), %ebx
    lea 20(%ebx), %ebp
    fninit
    fldcw -28(%ebp)
    ldmxcsr -24(%ebp)
    cld
    jmp .Lreturn
2:  mov $1, %eax                    /* ExceptionContinueSearch */
    ret
