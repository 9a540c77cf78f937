/* Calls a filter for unhandled exceptions, and marks the guard's result while it runs. A handler takes the mark away when the filter
 * is left by an exception that somebody takes.
 *
 * LONG call_filter(LPTOP_LEVEL_EXCEPTION_FILTER filter, EXCEPTION_POINTERS *pointers, struct invoke_result *result)
 *                  rcx                                  rdx                           r8
 */
#include "guard.h"

#define RESULT 0x28
#define FLAGS 28                    /* in struct invoke_result */

    .text
    .globl call_filter
    .def call_filter; .scl 2; .type 32; .endef
    .p2align 4
    .seh_proc call_filter
call_filter:
    sub $0x38, %rsp
    .seh_stackalloc 0x38
    .seh_handler filter_left, @unwind
    .seh_endprologue
    mov %r8, RESULT(%rsp)
    orl $INVOKE_FILTERING, FLAGS(%r8)
    mov %rcx, %rax
    mov %rdx, %rcx
    call *%rax
    mov RESULT(%rsp), %r8
    andl $~INVOKE_FILTERING, FLAGS(%r8)
    add $0x38, %rsp
    ret
    .seh_endproc

/* EXCEPTION_DISPOSITION filter_left(EXCEPTION_RECORD *record, void *frame, CONTEXT *context, DISPATCHER_CONTEXT *dispatcher) */
    .def filter_left; .scl 3; .type 32; .endef
filter_left:
    mov RESULT(%rdx), %r8
    andl $~INVOKE_FILTERING, FLAGS(%r8)
    mov $1, %eax                    /* ExceptionContinueSearch */
    ret
