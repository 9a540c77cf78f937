/* HOT: the calls of run_columns by the x64 convention, behind one guard. Benchmark: native-batch-add.
 *
 * void columns_run(uintptr_t function, const void *slots, intptr_t stack_slots, struct columns_loop *loop)
 *                  rcx                 rdx                r8                    r9
 *
 * Floating-point control words are looked at once, after the last row: stmxcsr takes longer than all else that a row costs
 * (6 of 9 ns, measured on an EPYC). Whoever wants to know which row has changed them asks for one row.
 *
 * After a call nothing is relied on but rsp: all state is in the frame, which has a fixed size, and in the loop that it
 * leads to. The guard's part of the frame is invoke's: 0xa0 MXCSR, 0xa4 x87 control word, 0xa8 loop, whose first member
 * is the result of the guard. columns_recover wants rsp to be the frame.
 */
#include "layout.h"
#include "columns.h"

#define ARGUMENTS 0x00              /* 16 slots: COLUMNS_MOST_SLOT_BYTES */
#define FUNCTION 0x80
#define SLOTS 0x88
#define STACK_SLOTS 0x90
#define MXCSR 0xa0
#define X87_CONTROL 0xa4
#define LOOP 0xa8
#define SCRATCH 0xb0
#define SAVED 0xc0

    .text
    .globl columns_run
    .globl columns_recover
    .def columns_run; .scl 2; .type 32; .endef
    .p2align 4
    .seh_proc columns_run
columns_run:
    push %rbp
    .seh_pushreg %rbp
    push %rbx
    .seh_pushreg %rbx
    push %rsi
    .seh_pushreg %rsi
    push %rdi
    .seh_pushreg %rdi
    push %r12
    .seh_pushreg %r12
    push %r13
    .seh_pushreg %r13
    push %r14
    .seh_pushreg %r14
    push %r15
    .seh_pushreg %r15
    sub $0x168, %rsp
    .seh_stackalloc 0x168
    .irp n, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15
    movaps %xmm\n, SAVED + (\n - 6) * 16(%rsp)
    .seh_savexmm %xmm\n, SAVED + (\n - 6) * 16
    .endr
    .seh_handler columns_handler, @except
    .seh_endprologue

    stmxcsr MXCSR(%rsp)
    fnstcw X87_CONTROL(%rsp)
    mov %rcx, FUNCTION(%rsp)
    mov %rdx, SLOTS(%rsp)
    mov %r8, STACK_SLOTS(%rsp)
    mov %r9, LOOP(%rsp)

    .p2align 4
1:  mov LOOP(%rsp), %r10
    mov LOOP_INDEX(%r10), %eax
    mov LOOP_JOURNAL(%r10), %r11
    mov %eax, (%r11)
    mov LOOP_ERRNO(%r10), %r11
    movl $0, (%r11)
    mov SLOTS(%rsp), %r10
    mov STACK_SLOTS(%rsp), %rcx
    test %rcx, %rcx
    jnz 5f
2:  mov 0(%r10), %rcx
    movsd 0(%r10), %xmm0
    mov 8(%r10), %rdx
    movsd 8(%r10), %xmm1
    mov 16(%r10), %r8
    movsd 16(%r10), %xmm2
    mov 24(%r10), %r9
    movsd 24(%r10), %xmm3
    call *FUNCTION(%rsp)
    cld
    mov LOOP(%rsp), %r10
    mov LOOP_TO(%r10), %r11
    jmp *LOOP_STORE(%r10)
3:  movslq LOOP_RESULT_BYTES(%r10), %rax
    add %rax, LOOP_TO(%r10)
    movslq LOOP_ROW_BYTES(%r10), %rax
    add %rax, SLOTS(%rsp)
    mov LOOP_INDEX(%r10), %eax
    inc %eax
    mov %eax, LOOP_INDEX(%r10)
    cmp LOOP_END(%r10), %eax
    jl 1b
    stmxcsr SCRATCH(%rsp)           /* control bits only: the sticky flags are the callee's to set */
    fnstcw SCRATCH + 4(%rsp)
    mov SCRATCH(%rsp), %eax
    xor MXCSR(%rsp), %eax
    test $0xffc0, %eax
    jnz 6f
    movzwl SCRATCH + 4(%rsp), %eax
    cmp %ax, X87_CONTROL(%rsp)
    je .Lreturn
6:  movl $1, LOOP_FPU_CHANGED(%r10)
    jmp columns_recover

5:  mov 24(%r10,%rcx,8), %rax       /* slot 4 and on, the last one first */
    mov %rax, ARGUMENTS + 24(%rsp,%rcx,8)
    dec %rcx
    jnz 5b
    jmp 2b

.Lstore_1:
    mov %al, (%r11)
    jmp 3b
.Lstore_2:
    mov %ax, (%r11)
    jmp 3b
.Lstore_4:
    mov %eax, (%r11)
    jmp 3b
.Lstore_8:
    mov %rax, (%r11)
    jmp 3b
.Lstore_bool:
    test %al, %al
    setne (%r11)
    jmp 3b
.Lstore_float:
    movss %xmm0, (%r11)
    jmp 3b
.Lstore_double:
    movsd %xmm0, (%r11)
    jmp 3b

columns_recover:
    cld
    fninit
    fldcw X87_CONTROL(%rsp)
    ldmxcsr MXCSR(%rsp)
.Lreturn:
    .irp n, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15
    movaps SAVED + (\n - 6) * 16(%rsp), %xmm\n
    .endr
    add $0x168, %rsp
    pop %r15
    pop %r14
    pop %r13
    pop %r12
    pop %rdi
    pop %rsi
    pop %rbx
    pop %rbp
    ret
    .seh_endproc

    .section .rdata, "dr"
    .globl columns_stores
    .p2align 3
columns_stores:
    .quad 3b, .Lstore_1, .Lstore_2, .Lstore_4, .Lstore_8, .Lstore_bool, .Lstore_float, .Lstore_double
