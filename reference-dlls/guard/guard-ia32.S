    .text
    .macro TRASH
    xor %ebx, %ebx
    mov $-1, %ebp
    mov $0x41414141, %esi
    mov %esi, %edi
    mov %esi, %ecx
    mov %esi, %edx
    .endm

    .globl _trash_registers_and_return
_trash_registers_and_return:
    TRASH
    movl $-1, %fs:0
    ret

    .globl _trash_registers_and_fault
_trash_registers_and_fault:
    TRASH
    movl $0x41414140, %fs:0
    mov (%ebx), %eax
    ret

    .globl _jump_to
_jump_to:
    mov 4(%esp), %ecx
    push $0
    movl $-1, %fs:0
    jmp *%ecx

/* Overwrites that many bytes from its return address upwards, and returns. */
    .globl _smash_stack
_smash_stack:
    mov 4(%esp), %ecx
    mov %esp, %edi
    mov $0x41, %al
    rep stosb
    ret

/* Calls a function with a record in the chain of handlers that leads nowhere. */
    .globl _call_off_the_map
_call_off_the_map:
    mov 4(%esp), %ecx
    push %ebp
    mov %esp, %ebp
    pushl %fs:0                     /* for the return */
    push $_mend_nothing
    push $0x41414140
    mov %esp, %fs:0
    call *%ecx
    mov -4(%ebp), %ecx
    mov %ecx, %fs:0
    mov %ebp, %esp
    pop %ebp
    ret
_mend_nothing:
    mov $1, %eax
    ret

    .globl _on_other_stack
_on_other_stack:
    push %ebp
    mov %esp, %ebp
    mov 12(%ebp), %ecx
    mov 8(%ebp), %esp
    and $-16, %esp
    pushl %fs:0
    movl $0x41414140, %fs:0         /* nor does the chain of handlers lead back */
    mov %esp, %eax
    and $-16, %esp
    sub $16, %esp
    mov %eax, (%esp)
    call *%ecx
    mov (%esp), %esp
    pop %ecx
    mov %ecx, %fs:0
    mov %ebp, %esp
    pop %ebp
    ret

    .globl _set_flags
_set_flags:
    mov 4(%esp), %eax
    pushfl
    or %eax, (%esp)
    popfl
    ret

    .globl _read_or_fix
_read_or_fix:
    push $_mend
    pushl %fs:0
    mov %esp, %fs:0
    mov $16, %eax
    mov (%eax), %eax
    popl %fs:0
    add $4, %esp
    ret

    .section .drectve
    .ascii " -export:trash_registers_and_return -export:trash_registers_and_fault -export:jump_to -export:set_flags -export:smash_stack"
