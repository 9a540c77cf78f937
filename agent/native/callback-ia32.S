/* HOT: where every callback stub leads, with the stub's number in eax. Hands the registers and the stack arguments to
 * callback_run, and returns its answer as the convention of the callback wants it: in edx:eax or in st(0), with or
 * without taking the arguments off the stack.
 */
#include "layout.h"

    .text
    .globl _callback_entry
    .def _callback_entry; .scl 2; .type 32; .endef
    .p2align 4
_callback_entry:
    push %ebp
    mov %esp, %ebp
    push %ebx
    cld
    sub $116, %esp
    and $-16, %esp
    xor %ebx, %ebx
    mov %ecx, 16(%esp)              /* struct callback_registers: 16 to 79 */
    mov %ebx, 20(%esp)
    mov %edx, 24(%esp)
    mov %ebx, 28(%esp)
    .set .Loffset, 32
    .rept 12
    mov %ebx, .Loffset(%esp)
    .set .Loffset, .Loffset + 4
    .endr
    mov %eax, 0(%esp)
    lea 16(%esp), %eax
    mov %eax, 4(%esp)
    lea 8(%ebp), %eax               /* stack arguments: past the saved ebp and the return address */
    mov %eax, 8(%esp)
    lea 80(%esp), %eax              /* struct callback_answer: 80 to 103 */
    mov %eax, 12(%esp)
    call _callback_run
    testl $CALLBACK_FLAG_RESULT_X87, 100(%esp)
    jz 1f
    fldl 88(%esp)
1:  mov 80(%esp), %eax
    mov 84(%esp), %edx
    mov 96(%esp), %ecx              /* bytes to pop: the return address moves up by as many */
    mov 4(%ebp), %ebx
    mov %ebx, 4(%ebp,%ecx)
    lea 4(%ebp,%ecx), %ecx
    mov -4(%ebp), %ebx
    mov (%ebp), %ebp
    mov %ecx, %esp
    ret
