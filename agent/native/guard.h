/* The frame of a guarded call, as invoke-*.S lays it out and guard.c reads it. A guard is known by the address that these
 * offsets count from: RBP of invoke on x64, EBP on ia32. The assembly files include this one too.
 *
 * The innermost guard of a thread is in a TLS slot, so that it is found without any register of a callee that has lost
 * its own. Every guard holds the one around it.
 */
#ifndef GUARD_H
#define GUARD_H

#ifdef __i386__
#define GUARD_RECORD (-20)      /* the exception registration record: next, handler */
#define GUARD_MXCSR (-24)
#define GUARD_X87 (-28)
#define GUARD_X87_STATUS (-32)  /* what it will be of one value on the stack */
#define GUARD_STACK (-36)       /* esp at the call */
#define GUARD_SCRATCH (-40)
#define GUARD_OUTER (-44)       /* the guard around this one, or 0 */
#define GUARD_SEAL (-48)        /* the guard's own address, mixed with GUARD_MIX: tells a guard from what has overwritten one */
#define GUARD_LOST (-52)        /* the exception record from whose stack this guard cannot be reached */
#define GUARD_OFFERED (-56)     /* the one that was offered to handlers by hand */
#define GUARD_BELOW (-56)
#define GUARD_RESULT 20         /* struct invoke_result: the fourth argument */
#define GUARD_MIX 0x5eed6a4d
#else
#define GUARD_MXCSR 0xa0
#define GUARD_X87 0xa4
#define GUARD_RESULT 0xa8
#define GUARD_SCRATCH 0xb0
#define GUARD_OUTER 0xb8
#define GUARD_SEAL 0xc0
#define GUARD_LOST 0xc8
#define GUARD_OFFERED 0xd0
#define GUARD_KNOWN_STACK 0xd8  /* where an exception came from whose way is known: RSP, with 1 added where it does not lead here, and RIP */
#define GUARD_KNOWN_CODE 0xe0
#define GUARD_BYTES 0xe8
#define GUARD_MIX 0x5eed6a4d5eed6a4d
#endif

/* Stack between a guard and its callee: who writes a little beyond his own frame does not reach it. Less than a page,
 * because the stack grows by touching one after the other. */
#define GUARD_GAP 0x800

/* Flags of a call, beside those of its plan. */
#define INVOKE_QUIETLY 0x100  /* a fault is expected, and not recorded: `faulted` is -1 then */
#define INVOKE_AS_PROBE 0x200 /* and no handler is to see it: what runs is ours */
#define INVOKE_FILTERING 0x400 /* the DLL's filter for unhandled exceptions is looking at one that has reached this guard */

/* Direction, alignment check, trap: a callee that leaves one of them set would harm its caller. */
#define GUARD_FLAGS 0x40500

#endif
