/* Calls a filter for unhandled exceptions, and marks the guard's result while it runs. A handler takes the mark away when the filter
 * is left by an exception that somebody takes.
 *
 * LONG call_filter(LPTOP_LEVEL_EXCEPTION_FILTER filter, EXCEPTION_POINTERS *pointers, struct invoke_result *result)
 *                  8(%ebp)                              12(%ebp)                      16(%ebp)
 */
#include "guard.h"

#define RESULT 8                    /* behind the exception registration record: next, handler */
#define FLAGS 28                    /* in struct invoke_result */

    .text
    .globl _call_filter
    .def _call_filter; .scl 2; .type 32; .endef
    .p2align 4
_call_filter:
    push %ebp
    mov %esp, %ebp
    push %ebx
    push %esi
    push %edi
    mov 16(%ebp), %eax
    orl $INVOKE_FILTERING, FLAGS(%eax)
    push %eax
    push $filter_left
    pushl %fs:0
    mov %esp, %fs:0
    sub $16, %esp
    and $-16, %esp
    mov 12(%ebp), %eax
    mov %eax, 0(%esp)
    call *8(%ebp)
    lea -24(%ebp), %esp
    popl %fs:0
    pop %ecx
    pop %ecx
    andl $~INVOKE_FILTERING, FLAGS(%ecx)
    pop %edi
    pop %esi
    pop %ebx
    pop %ebp
    ret

/* EXCEPTION_DISPOSITION filter_left(EXCEPTION_RECORD *record, void *frame, CONTEXT *context, void *dispatcher) */
filter_left:
    mov 4(%esp), %ecx
    testl $6, 4(%ecx)               /* EXCEPTION_UNWINDING, EXCEPTION_EXIT_UNWIND */
    jz 1f
    mov 8(%esp), %ecx
    mov RESULT(%ecx), %ecx
    andl $~INVOKE_FILTERING, FLAGS(%ecx)
1:  mov $1, %eax                    /* ExceptionContinueSearch */
    ret
