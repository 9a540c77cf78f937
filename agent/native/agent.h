/* What the parts of the agent's native side share. */
#ifndef AGENT_H
#define AGENT_H

#define WIN32_LEAN_AND_MEAN
#include <windows.h>
#include <stdint.h>

#include "layout.h"

extern uint8_t *share; /* the shared file, mapped */

#define WORD32(offset) (*(volatile int32_t *)(share + (offset)))
#define WORD64(offset) (*(volatile uint64_t *)(share + (offset)))

/* wire.c: turns, doorbells. */
int wire_open(const WCHAR *file, const WCHAR *bell_in, const WCHAR *bell_out);
void wire_post(int32_t kind);
int32_t wire_await(void);

/* serve.c: the messages of the host, on the calling thread. */
void serve_until_callback_return(void);
extern DWORD calling_thread;

/* run.c: frames of a plan. */
int32_t run_frames(int32_t plan, uint32_t frame, int32_t count);

/* invoke-x64.S */
struct invoke_result {
  uint64_t integer;
  uint64_t floating;
  int32_t faulted;     /* set by the guard when an exception escaped */
  int32_t fpu_changed; /* set when the callee left other control words */
};
void invoke(uint64_t function, const uint64_t *slots, int64_t count, struct invoke_result *result);
extern char invoke_recover[];

/* faults.c: records of exceptions. */
void faults_watch(void);
int32_t fault_record(const EXCEPTION_RECORD *record);

/* callbacks.c and callback-x64.S */
uint64_t callbacks_prepare(void);
void callback_entry(void);

/* memory.c: reading memory that may not be there. */
int64_t copy_memory(uint8_t *to, const uint8_t *from, uint64_t bytes);
int32_t copy_text(uint8_t *to, const uint8_t *from, int32_t room, int32_t unit);

#endif
