/* What the parts of the agent's native side share. */
#ifndef AGENT_H
#define AGENT_H

#define WIN32_LEAN_AND_MEAN
#include <windows.h>
#include <stdint.h>

#include "layout.h"

/* A function that others call: on ia32 they align the stack to 4 bytes, and the compiler relies on 16. */
#ifdef __i386__
#define ENTRY __attribute__((force_align_arg_pointer))
#else
#define ENTRY
#endif

extern uint8_t *share; /* the shared file, mapped */

#define WORD32(offset) (*(volatile int32_t *)(share + (offset)))
#define WORD64(offset) (*(volatile uint64_t *)(share + (offset)))

/* wire.c: turns, doorbells. */
int wire_open(const WCHAR *file, const WCHAR *bell_in, const WCHAR *bell_out);
void wire_post(int32_t kind);
int32_t wire_await(void);

/* turn.c: which thread may talk on the wire. */
void turn_take(int32_t level);
void turn_take_as_foreign(void);
void turn_release(void);
int32_t turn_release_for_call(void);
int32_t turn_pump(int32_t milliseconds);

/* What a thread knows that runs frames. */
struct runner {
  DWORD last_error; /* the functions' own, kept from what waiting for messages does to it */
  int32_t foreign;  /* not the calling thread */
};

/* serve.c: the messages of the host. */
void serve_until_callback_return(struct runner *runner);
extern DWORD calling_thread;

/* run.c: frames of a plan. */
int32_t run_frames(struct runner *runner, const uint8_t *plan, int own, uint8_t *frame, int32_t count, volatile int32_t *journal);
int32_t *errno_of(const struct runner *runner, const uint8_t *plan);

/* columns.c: many calls of numbers alone. */
int32_t run_columns(struct runner *runner, const uint8_t *plan, uint8_t *head, int32_t rows, volatile int32_t *journal);

/* async.c: frames on other threads. */
int32_t async_start(int32_t plan, uint32_t frame, int32_t count);

/* invoke-*.S, which know these offsets */
struct invoke_result {
  uint64_t integer;     /* 0 */
  uint64_t floating;    /* 8 */
  int32_t faulted;      /* 16: number of the fault, set by the guard when an exception escaped */
  int32_t fpu_changed;  /* 20: set when the callee left other control words, or values on the x87 stack */
  int32_t popped;       /* 24: bytes that the callee took off the stack (ia32) */
  int32_t flags;        /* 28: of the plan, and INVOKE_QUIETLY */
  uint32_t fault_code;  /* 32 */
};
#define INVOKE_QUIETLY 0x100 /* a fault is expected, and not recorded: `faulted` is -1 then */
void invoke(uintptr_t function, const void *slots, intptr_t count, struct invoke_result *result);

/* faults.c: records of exceptions. */
void faults_watch(void);

/* callbacks.c and callback-*.S */
uint64_t callbacks_prepare(void);
void callback_entry(void);

/* memory.c: memory that may not be there. */
intptr_t copy_memory(uint8_t *to, const uint8_t *from, uintptr_t bytes);
int32_t copy_text(uint8_t *to, const uint8_t *from, int32_t room, int32_t unit);
int32_t *errno_of_thread(uintptr_t function);

#endif
