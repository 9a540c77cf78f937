    .text
    .macro TRASH
    xor %ebx, %ebx
    mov $-1, %rbp
    mov $0x4141414141414141, %rsi
    mov %rsi, %rdi
    mov %rsi, %r8
    mov %rsi, %r9
    mov %rsi, %r10
    mov %rsi, %r11
    mov %rsi, %r12
    mov %rsi, %r13
    mov %rsi, %r14
    mov %rsi, %r15
    mov %rsi, %rcx
    mov %rsi, %rdx
    pcmpeqd %xmm6, %xmm6
    pcmpeqd %xmm15, %xmm15
    .endm

    .globl trash_registers_and_return
trash_registers_and_return:
    TRASH
    ret

    .globl trash_registers_and_fault
trash_registers_and_fault:
    push %rbp
    TRASH
    mov (%rbx), %eax
    ret

    .globl jump_to
jump_to:
    push %rbx                       /* nobody knows of it: what looks like the return address is none */
    xor %ebx, %ebx
    movq $0, (%rsp)
    jmp *%rcx

/* Overwrites that many bytes from its return address upwards, and returns. */
    .globl smash_stack
smash_stack:
    mov %rsp, %rdi
    mov $0x41, %al
    rep stosb
    ret

/* Calls a function from one that has a frame and does not say so. */
    .globl call_off_the_map
call_off_the_map:
    push %rbx
    sub $48, %rsp
    movq $1, 32(%rsp)
    movq $1, (%rsp)
    call *%rcx
    add $48, %rsp
    pop %rbx
    ret

    .globl on_other_stack
on_other_stack:
    push %rbx
    mov %rsp, %rbx
    mov %rcx, %rsp
    and $-16, %rsp
    sub $32, %rsp
    call *%rdx
    mov %rbx, %rsp
    pop %rbx
    ret

    .globl set_flags
set_flags:
    pushfq
    or %rcx, (%rsp)
    popfq
    ret

    .globl read_or_fix
    .seh_proc read_or_fix
read_or_fix:
    sub $40, %rsp
    .seh_stackalloc 40
    .seh_handler mend, @except
    .seh_endprologue
    mov $16, %eax
    mov (%rax), %eax
    add $40, %rsp
    ret
    .seh_endproc

    .section .drectve
    .ascii " -export:trash_registers_and_return -export:trash_registers_and_fault -export:jump_to -export:set_flags -export:smash_stack"
