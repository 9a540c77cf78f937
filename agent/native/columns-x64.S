/* HOT: the calls of run_columns by the x64 convention. Benchmark: native-batch-add.
 *
 * void columns_loop(struct columns_loop *loop)
 *
 * invoke calls it, so it need not preserve what invoke does; a fault in a row ends it. After a call nothing is relied on but
 * rsp: the frame has a fixed size and leads to the loop, which has all state.
 *
 * Floating-point control words are looked at by invoke, after the last row: stmxcsr takes longer than all else that a row
 * costs (6 of 9 ns, measured on an EPYC). Whoever wants to know which row has changed them asks for one row.
 */
#include "layout.h"
#include "columns.h"

#define ARGUMENTS 0x00              /* COLUMNS_MAX_SLOT_BYTES */
#define SLOTS 0x80
#define FUNCTION 0x88
#define STACK_SLOTS 0x90
#define LOOP FRAME_OF_LOOP_X64

    .text
    .globl columns_loop
    .def columns_loop; .scl 2; .type 32; .endef
    .p2align 4
    .seh_proc columns_loop
columns_loop:
    push %rbp
    .seh_pushreg %rbp
    sub $0xa0, %rsp
    .seh_stackalloc 0xa0
    .seh_handler columns_handler, @except
    .seh_endprologue

    mov LOOP_FUNCTION(%rcx), %rax
    mov %rax, FUNCTION(%rsp)
    mov LOOP_SLOTS(%rcx), %rax
    mov %rax, SLOTS(%rsp)
    movslq LOOP_STACK_SLOTS(%rcx), %rax
    mov %rax, STACK_SLOTS(%rsp)
    mov %rcx, LOOP(%rsp)

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
    jnz 4f
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
    add $0xa0, %rsp
    pop %rbp
    ret

4:  mov 24(%r10,%rcx,8), %rax       /* slot 4 and on, the last one first */
    mov %rax, ARGUMENTS + 24(%rsp,%rcx,8)
    dec %rcx
    jnz 4b
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
    .seh_endproc

    .section .rdata, "dr"
    .globl columns_stores
    .p2align 3
columns_stores:
    .quad 3b, .Lstore_1, .Lstore_2, .Lstore_4, .Lstore_8, .Lstore_bool, .Lstore_float, .Lstore_double
