/* HOT: one call by the x64 convention, whatever the signature: the first four slots go to the integer and to the
 * floating-point registers alike (a variadic callee may look at either), the rest to the stack. Benchmark: guard-overhead.
 *
 * void invoke(uintptr_t function, const void *slots, intptr_t count, struct invoke_result *result)
 *             rcx                 rdx                r8              r9
 *
 * An exception that no handler of the callee takes ends in guard_handler, which unwinds to invoke_recover; one whose
 * stack does not lead here is sent there by guard.c. All non-volatile registers and both floating-point control words
 * are saved here, and the frame is found again without any register, so a callee that breaks the convention harms
 * nobody but itself.
 */
#include "guard.h"

    .text
    .globl invoke
    .globl invoke_recover
    .def invoke; .scl 2; .type 32; .endef
    .p2align 4
    .seh_proc invoke
invoke:
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
    sub $GUARD_BYTES, %rsp
    .seh_stackalloc GUARD_BYTES
    movaps %xmm6, 0x00(%rsp)
    .seh_savexmm %xmm6, 0x00
    movaps %xmm7, 0x10(%rsp)
    .seh_savexmm %xmm7, 0x10
    movaps %xmm8, 0x20(%rsp)
    .seh_savexmm %xmm8, 0x20
    movaps %xmm9, 0x30(%rsp)
    .seh_savexmm %xmm9, 0x30
    movaps %xmm10, 0x40(%rsp)
    .seh_savexmm %xmm10, 0x40
    movaps %xmm11, 0x50(%rsp)
    .seh_savexmm %xmm11, 0x50
    movaps %xmm12, 0x60(%rsp)
    .seh_savexmm %xmm12, 0x60
    movaps %xmm13, 0x70(%rsp)
    .seh_savexmm %xmm13, 0x70
    movaps %xmm14, 0x80(%rsp)
    .seh_savexmm %xmm14, 0x80
    movaps %xmm15, 0x90(%rsp)
    .seh_savexmm %xmm15, 0x90
    mov %rsp, %rbp
    .seh_setframe %rbp, 0
    .seh_handler guard_handler, @except
    .seh_endprologue

    stmxcsr GUARD_MXCSR(%rbp)
    fnstcw GUARD_X87(%rbp)
    mov %r9, GUARD_RESULT(%rbp)
    movabs $GUARD_MIX, %rax
    xor %rbp, %rax
    mov %rax, GUARD_SEAL(%rbp)
    movq $0, GUARD_LOST(%rbp)
    movq $0, GUARD_OFFERED(%rbp)
    movq $0, GUARD_KNOWN_STACK(%rbp)
    mov guard_slot(%rip), %r11d
    mov %gs:(%r11), %rax
    mov %rax, GUARD_OUTER(%rbp)
    mov %rbp, %gs:(%r11)

    mov %rcx, %rax                  /* function */
    lea 1(%r8), %r10                /* stack room: slots rounded up to even, 8 bytes each */
    and $-2, %r10
    lea GUARD_GAP(,%r10,8), %r10
    cmp $4096, %r10
    ja 6f
1:  sub %r10, %rsp
    sub $4, %r8                     /* slots beyond the registers */
    jle 2f
    lea 32(%rsp), %rdi
    lea 32(%rdx), %rsi
    mov %r8, %rcx
    cld
    rep movsq
2:  mov %rdx, %r10
    mov 0(%r10), %rcx
    movsd 0(%r10), %xmm0
    mov 8(%r10), %rdx
    movsd 8(%r10), %xmm1
    mov 16(%r10), %r8
    movsd 16(%r10), %xmm2
    mov 24(%r10), %r9
    movsd 24(%r10), %xmm3
    call *%rax

    pushfq
    pop %r11
    test $GUARD_FLAGS, %r11d
    jnz 7f
3:  mov guard_slot(%rip), %r11d
    mov %gs:(%r11), %rbp
    cmp %rsp, %rbp
    jbe 8f
9:  movabs $GUARD_MIX, %r10
    xor GUARD_SEAL(%rbp), %r10
    cmp %rbp, %r10
    jne 10f
    mov GUARD_OUTER(%rbp), %r10
    mov %r10, %gs:(%r11)
    mov GUARD_RESULT(%rbp), %r10
    mov %rax, 0(%r10)
    movsd %xmm0, 8(%r10)
    stmxcsr GUARD_SCRATCH(%rbp)     /* control bits only: the sticky flags are the callee's to set */
    mov GUARD_SCRATCH(%rbp), %eax
    xor GUARD_MXCSR(%rbp), %eax
    test $0xffc0, %eax
    jnz 5f
    fnstcw GUARD_SCRATCH(%rbp)
    mov GUARD_SCRATCH(%rbp), %ax
    cmp GUARD_X87(%rbp), %ax
    jne 5f
    testl $INVOKE_AS_PROBE, 28(%r10)
    jnz 4f                          /* in a handler an exception of the x87 may wait, which emms would raise */
    emms                            /* the convention has the x87 stack empty; it costs nothing to make sure */
4:  movaps 0x00(%rbp), %xmm6
    movaps 0x10(%rbp), %xmm7
    movaps 0x20(%rbp), %xmm8
    movaps 0x30(%rbp), %xmm9
    movaps 0x40(%rbp), %xmm10
    movaps 0x50(%rbp), %xmm11
    movaps 0x60(%rbp), %xmm12
    movaps 0x70(%rbp), %xmm13
    movaps 0x80(%rbp), %xmm14
    movaps 0x90(%rbp), %xmm15
    lea GUARD_BYTES(%rbp), %rsp
    pop %r15
    pop %r14
    pop %r13
    pop %r12
    pop %rdi
    pop %rsi
    pop %rbx
    pop %rbp
    ret

5:  movl $1, 20(%r10)               /* result->fpu_changed */
    fninit
    fldcw GUARD_X87(%rbp)
    ldmxcsr GUARD_MXCSR(%rbp)
    jmp 4b

6:  sub $4096, %rsp                 /* a stack grows page by page, each by touching the one above */
    orl $0, (%rsp)
    sub $4096, %r10
    cmp $4096, %r10
    ja 6b
    jmp 1b

7:  and $~GUARD_FLAGS, %r11d
    push %r11
    popfq
    jmp 3b

8:  mov %rsp, %rcx                  /* somebody has jumped past a guard further in (longjmp) */
    mov %rax, %rbx
    movaps %xmm0, %xmm6
    and $-16, %rsp
    sub $32, %rsp
    call guard_above
    mov %rax, %rbp
    mov %rbx, %rax
    movaps %xmm6, %xmm0
    mov guard_slot(%rip), %r11d
    jmp 9b

10: and $-16, %rsp
    sub $32, %rsp
    call guard_broken

invoke_recover:
    mov guard_slot(%rip), %r11d
    mov %gs:(%r11), %rbp
    mov %rbp, %rsp
    mov GUARD_OUTER(%rbp), %r10
    mov %r10, %gs:(%r11)
    cld
    fninit
    fldcw GUARD_X87(%rbp)
    ldmxcsr GUARD_MXCSR(%rbp)
    jmp 4b
    .globl invoke_end
invoke_end:
    .seh_endproc
