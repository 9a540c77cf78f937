/* HOT: the calls of run_columns by any of the ia32 conventions, behind one guard. Benchmark: native-batch-add.
 *
 * void columns_run(uintptr_t function, const void *slots, intptr_t stack_slots, struct columns_loop *loop)
 *                  8(%ebp)             12(%ebp)           16(%ebp)              20(%ebp)
 *
 * The frame is invoke's. A function may take its arguments off the stack or leave them, and may break any register, so
 * after a call the frame is found by ebp or, when that was broken, by the chain of handlers, and esp is set from it.
 */
#include "layout.h"
#include "columns.h"

    .text
    .globl _columns_run
    .globl _columns_recover
    .def _columns_run; .scl 2; .type 32; .endef
    .p2align 4
_columns_run:
    push %ebp
    mov %esp, %ebp
    push %ebx
    push %esi
    push %edi
    push $_columns_guard            /* the exception registration record, at -20(%ebp) */
    pushl %fs:0
    mov %esp, %fs:0
    sub $28, %esp
    /* Frame: -24 MXCSR, -28 x87 control word, -32 what the x87 status will be of one value on the stack, -36 esp at a call, -40 and -48 scratch. */
    stmxcsr -24(%ebp)
    fnstcw -28(%ebp)
    fnstsw %ax
    sub $0x800, %eax                /* a push moves the top of the x87 stack down by 1 */
    and $0x3800, %eax
    mov %eax, -32(%ebp)
    mov 16(%ebp), %eax
    shl $2, %eax
    sub %eax, %esp
    and $-16, %esp                  /* compilers that use SSE rely on it */
    mov %esp, -36(%ebp)

    .p2align 4
1:  mov -36(%ebp), %esp
    mov 20(%ebp), %ebx
    mov LOOP_INDEX(%ebx), %eax
    mov LOOP_JOURNAL(%ebx), %ecx
    mov %eax, (%ecx)
    mov LOOP_ERRNO(%ebx), %ecx
    movl $0, (%ecx)
    mov 12(%ebp), %esi
    mov 16(%ebp), %ecx
    test %ecx, %ecx
    jz 3f
2:  mov 4(%esi,%ecx,4), %eax        /* slot 2 and on, the last one first */
    mov %eax, -4(%esp,%ecx,4)
    dec %ecx
    jnz 2b
3:  mov 0(%esi), %ecx
    mov 4(%esi), %edx
    call *8(%ebp)
    cld

    lea -20(%ebp), %ecx             /* ebp and the chain of handlers both lead to our frame, unless the callee broke one */
    cmp %ecx, %fs:0
    jne 10f
4:  mov 20(%ebp), %ebx
    mov %esp, %ecx
    sub -36(%ebp), %ecx
    mov %ecx, LOOP_POPPED(%ebx)
    lea -48(%ebp), %esp
    fnstcw -40(%ebp)
    mov -40(%ebp), %cx
    cmp -28(%ebp), %cx
    jne 7f
5:  mov LOOP_TO(%ebx), %edi
    jmp *LOOP_STORE(%ebx)
6:  fldz                            /* a push tells whether the stack is where it was, and empty */
    fnstsw %ax
    fstp %st(0)
    and $0x3a00, %eax               /* the top, and C1: the place was taken */
    cmp -32(%ebp), %eax
    jne 8f
.Lcheck_mxcsr:
    stmxcsr -40(%ebp)               /* control bits only: the sticky flags are the callee's to set */
    mov -40(%ebp), %eax
    xor -24(%ebp), %eax
    test $0xffc0, %eax
    jnz 9f
.Lnext:
    mov LOOP_RESULT_BYTES(%ebx), %eax
    add %eax, LOOP_TO(%ebx)
    mov LOOP_ROW_BYTES(%ebx), %eax
    add %eax, 12(%ebp)
    mov LOOP_INDEX(%ebx), %eax
    inc %eax
    mov %eax, LOOP_INDEX(%ebx)
    cmpl $0, LOOP_FPU_CHANGED(%ebx) /* ends the loop here, so that the row gets its mark */
    jne .Lreturn
    cmp LOOP_END(%ebx), %eax
    jl 1b
.Lreturn:
    mov -20(%ebp), %ecx
    mov %ecx, %fs:0
    lea -12(%ebp), %esp
    pop %edi
    pop %esi
    pop %ebx
    pop %ebp
    ret

7:  movl $1, LOOP_FPU_CHANGED(%ebx)
    fnclex
    fldcw -28(%ebp)
    jmp 5b
8:  movl $1, LOOP_FPU_CHANGED(%ebx)
    fninit
    fldcw -28(%ebp)
    jmp .Lcheck_mxcsr
9:  movl $1, LOOP_FPU_CHANGED(%ebx)
    ldmxcsr -24(%ebp)
    jmp .Lnext

10: cmp %esp, %ecx                  /* ebp is good when it leads to our record */
    jb 11f
    cmp %fs:4, %ecx                 /* the upper end of the stack */
    jae 11f
    cmpl $_columns_guard, 4(%ecx)
    je 4b
11: mov %fs:0, %ebp
    lea 20(%ebp), %ebp
    jmp 4b

.Lstore_1:
    mov %al, (%edi)
    jmp 6b
.Lstore_2:
    mov %ax, (%edi)
    jmp 6b
.Lstore_4:
    mov %eax, (%edi)
    jmp 6b
.Lstore_8:
    mov %eax, (%edi)
    mov %edx, 4(%edi)
    jmp 6b
.Lstore_bool:
    test %al, %al
    setne (%edi)
    jmp 6b
.Lstore_float:                      /* by way of a double, as a frame's result is */
    fstpl -48(%ebp)
    fldl -48(%ebp)
    fstps (%edi)
    jmp 6b
.Lstore_double:
    fstpl (%edi)
    jmp 6b

/* The dispatcher calls this when no handler between the fault and our frame has taken the exception.
 *
 * EXCEPTION_DISPOSITION columns_guard(EXCEPTION_RECORD *record, void *frame, CONTEXT *context, void *dispatcher)
 */
    .p2align 4
_columns_guard:
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
    mov 40(%ebx), %eax              /* the record lies at -20(%ebp), loop at 20(%ebp) */
    mov %eax, 4(%esp)
    call _columns_note
    mov %ebx, 0(%esp)               /* unwinding keeps the stack, not the registers */
    push $0
    push %esi
    push $1f
    push %ebx
    call _RtlUnwind@16
1:  mov 0(%esp), %ebx
    lea 20(%ebx), %ebp
_columns_recover:                   /* ebp is the frame */
    fninit
    fldcw -28(%ebp)
    ldmxcsr -24(%ebp)
    cld
    jmp .Lreturn
2:  mov $1, %eax                    /* ExceptionContinueSearch */
    ret

    .section .rdata, "dr"
    .globl _columns_stores
    .p2align 2
_columns_stores:
    .long 6b, .Lstore_1, .Lstore_2, .Lstore_4, .Lstore_8, .Lstore_bool, .Lstore_float, .Lstore_double
