/* HOT: one call by the x64 convention, whatever the signature: the first four slots go to the integer and to the
 * floating-point registers alike (a variadic callee may look at either), the rest to the stack.
 *
 * void invoke(uintptr_t function, const void *slots, intptr_t count, struct invoke_result *result)
 *             rcx                 rdx                r8              r9
 *
 * An exception that no handler of the callee takes ends in guard_handler, which unwinds to invoke_recover. All
 * non-volatile registers and both floating-point control words are saved here, so a callee that breaks the convention
 * harms nobody but itself.
 */
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
    sub $0xc8, %rsp
    .seh_stackalloc 0xc8
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

    /* Frame: 0xa0 MXCSR, 0xa4 x87 control word, 0xa8 result, 0xb0 scratch. guard_handler knows 0xa8. */
    stmxcsr 0xa0(%rbp)
    fnstcw 0xa4(%rbp)
    mov %r9, 0xa8(%rbp)

    mov %rcx, %rax                  /* function */
    lea 1(%r8), %r10                /* stack room: slots rounded up to even, 8 bytes each */
    and $-2, %r10
    shl $3, %r10
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
    cld

    mov 0xa8(%rbp), %r10
    mov %rax, 0(%r10)
    movsd %xmm0, 8(%r10)
3:  stmxcsr 0xb0(%rbp)              /* control bits only: the sticky flags are the callee's to set */
    mov 0xb0(%rbp), %eax
    xor 0xa0(%rbp), %eax
    test $0xffc0, %eax
    jnz 5f
    fnstcw 0xb0(%rbp)
    mov 0xb0(%rbp), %ax
    cmp 0xa4(%rbp), %ax
    jne 5f
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
    lea 0xc8(%rbp), %rsp
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
    fnclex
    fldcw 0xa4(%rbp)
    ldmxcsr 0xa0(%rbp)
    jmp 4b

6:  sub $4096, %rsp                 /* a stack grows page by page, each by touching the one above */
    orl $0, (%rsp)
    sub $4096, %r10
    cmp $4096, %r10
    ja 6b
    jmp 1b

invoke_recover:
    mov %rbp, %rsp
    cld
    fninit
    fldcw 0xa4(%rbp)
    ldmxcsr 0xa0(%rbp)
    jmp 4b
    .seh_endproc
