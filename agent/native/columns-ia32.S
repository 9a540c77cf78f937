/* HOT: the calls of run_columns by any of the ia32 conventions. Benchmark: native-batch-add.
 *
 * void columns_loop(struct columns_loop *loop)
 *                   8(%ebp)
 *
 * invoke calls it, and a fault in a row ends it. A function may take its arguments off the stack or leave them, and may break
 * any register, so after a call the frame is found by ebp or, when that was broken, by the chain of handlers, and esp is set
 * from it; that is all that our place in the chain is for.
 */
#include "layout.h"
#include "columns.h"

    .text
    .globl _columns_loop
    .def _columns_loop; .scl 2; .type 32; .endef
    .p2align 4
_columns_loop:
    push %ebp
    mov %esp, %ebp
    push %ebx
    push %esi
    push %edi
    push $_columns_handler          /* the exception registration record, at -20(%ebp) */
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
    mov 8(%ebp), %ebx
    mov LOOP_STACK_SLOTS(%ebx), %eax
    shl $2, %eax
    sub %eax, %esp
    and $-16, %esp                  /* compilers that use SSE rely on it */
    mov %esp, -36(%ebp)

    .p2align 4
1:  mov -36(%ebp), %esp
    mov 8(%ebp), %ebx
    mov LOOP_INDEX(%ebx), %eax
    mov LOOP_JOURNAL(%ebx), %ecx
    mov %eax, (%ecx)
    mov LOOP_ERRNO(%ebx), %ecx
    movl $0, (%ecx)
    mov LOOP_SLOTS(%ebx), %esi
    mov LOOP_STACK_SLOTS(%ebx), %ecx
    test %ecx, %ecx
    jz 3f
2:  mov 4(%esi,%ecx,4), %eax        /* slot 2 and on, the last one first */
    mov %eax, -4(%esp,%ecx,4)
    dec %ecx
    jnz 2b
3:  mov 0(%esi), %ecx
    mov 4(%esi), %edx
    mov 8(%ebp), %eax
    call *LOOP_FUNCTION(%eax)
    cld

    lea -20(%ebp), %ecx             /* ebp and the chain of handlers both lead to our frame, unless the callee broke one */
    cmp %ecx, %fs:0
    jne 10f
4:  mov 8(%ebp), %ebx
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
    add %eax, LOOP_SLOTS(%ebx)
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
    cmpl $_columns_handler, 4(%ecx)
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

/* The guard that is meant is invoke's. */
    .p2align 4
_columns_handler:
    mov $1, %eax                    /* ExceptionContinueSearch */
    ret

    .section .rdata, "dr"
    .globl _columns_stores
    .p2align 2
_columns_stores:
    .long 6b, .Lstore_1, .Lstore_2, .Lstore_4, .Lstore_8, .Lstore_bool, .Lstore_float, .Lstore_double
