/* HOT: where every callback stub leads, with the stub's number in r11. Hands the registers and the stack arguments to
 * callback_run, and its answer back in both result registers.
 */
    .text
    .globl callback_entry
    .def callback_entry; .scl 2; .type 32; .endef
    .p2align 4
    .seh_proc callback_entry
callback_entry:
    sub $0x78, %rsp
    .seh_stackalloc 0x78
    .seh_endprologue
    mov %rcx, 0x20(%rsp)
    mov %rdx, 0x28(%rsp)
    mov %r8, 0x30(%rsp)
    mov %r9, 0x38(%rsp)
    movsd %xmm0, 0x40(%rsp)
    movsd %xmm1, 0x48(%rsp)
    movsd %xmm2, 0x50(%rsp)
    movsd %xmm3, 0x58(%rsp)
    mov %r11, %rcx
    lea 0x20(%rsp), %rdx            /* struct callback_registers */
    lea 0xa0(%rsp), %r8             /* stack arguments: past our frame, the return address and the home space */
    lea 0x60(%rsp), %r9             /* struct callback_answer */
    call callback_run
    mov 0x60(%rsp), %rax
    movsd 0x68(%rsp), %xmm0
    add $0x78, %rsp
    ret
    .seh_endproc
