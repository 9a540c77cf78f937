/* What the parts of the agent's native side share. */
#ifndef AGENT_H
#define AGENT_H

#define WIN32_LEAN_AND_MEAN
#include <windows.h>
#include <stdint.h>

#include "guard.h"
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
void wire_wake_host(void);
HANDLE wire_open_path(const WCHAR *path, DWORD access);
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

/* identity.c: what the host is told first. */
void identity_write(void);
void identity_write_failure(uint32_t error);

/* shared-data.c: what every process is told of the system. */
void shared_data_fill(void);

/* serve.c: the messages of the host. */
enum { ATTACH_NO_INSPECTOR = 6, ATTACH_OTHER_PROTOCOL = 7 };
int agent_attach(const WCHAR *file, const WCHAR *bell_in, const WCHAR *bell_out, const WCHAR *bell_of_inspector);
void agent_failed(void);
uint32_t agent_start(void);
void serve_until_callback_return(struct runner *runner);
extern DWORD calling_thread;

/* run.c: frames of a plan. */
int32_t run_frames(struct runner *runner, const uint8_t *plan, int own, uint8_t *frame, int32_t count, volatile int32_t *journal);
int32_t *errno_of(const struct runner *runner, const uint8_t *plan);

/* columns.c: many calls of numbers alone. */
int32_t run_columns(struct runner *runner, const uint8_t *plan, uint8_t *head, int32_t rows, volatile int32_t *journal);

/* async.c: frames on other threads. */
struct worker;
int32_t async_start(int32_t plan, uint32_t frame, int32_t count);
int32_t async_threads(HANDLE *handles, struct worker **workers, int32_t room);
void async_thread_ended(struct worker *worker);

/* threads.c: threads that end while somebody counts on them. */
int threads_watch(HANDLE calling);
void threads_changed(void);

/* inspect.c: what the calling thread is doing. */
int inspect_open(const WCHAR *path);
int inspect_start(HANDLE calling);

/* invoke-*.S, which know these offsets */
struct invoke_result {
  uint64_t integer;     /* 0 */
  uint64_t floating;    /* 8 */
  int32_t faulted;      /* 16: number of the fault, set by the guard when an exception escaped */
  int32_t fpu_changed;  /* 20: set when the callee left other control words, or values on the x87 stack */
  int32_t popped;       /* 24: bytes that the callee took off the stack (ia32) */
  int32_t flags;        /* 28: of the plan, and INVOKE_QUIETLY */
  uint32_t fault_code;  /* 32 */
  int32_t taint;        /* 36: bits of FAULT_TAINT */
};
void invoke(uintptr_t function, const void *slots, intptr_t count, struct invoke_result *result);

/* guard.c: exceptions that cannot reach the guard by themselves. */
extern uint32_t guard_slot;
int guard_prepare(void);
uintptr_t guard_above(uintptr_t stack);
void guard_stay_first(void);
int guard_is_filtering(void);

/* filter-*.S */
LONG call_filter(LPTOP_LEVEL_EXCEPTION_FILTER filter, EXCEPTION_POINTERS *pointers, struct invoke_result *result);

/* stack.c: what an overflow leaves. */
void stack_reserve(void);
void stack_rearm(void);
int stack_is_nearly_full(uintptr_t stack);

/* faults.c: records of exceptions. */
void fault_note(const EXCEPTION_RECORD *record, struct invoke_result *result, int32_t taint);
void faults_watch(void);
void faults_keep_watch(void);
void faults_remember(const EXCEPTION_RECORD *record);
LPTOP_LEVEL_EXCEPTION_FILTER faults_filter_of_dll(const EXCEPTION_RECORD *record);
LONG WINAPI faults_end_process(EXCEPTION_POINTERS *pointers);

/* modules.c: which module an address lies in. */
struct module {
  uintptr_t base, bytes;
  int32_t is_ntdll;
  int32_t is_system; /* ntdll, kernelbase or kernel32 */
  int32_t enters_system; /* ntdll or win32u, whose functions are the system calls */
  WCHAR name[FAULT_MODULE_NAME_CHARACTERS]; /* its path, or the end of it; NUL-terminated */
};
void modules_watch(void);
int module_at(uintptr_t address, struct module *copy);

/* watch.c: calls of the system, counted. */
void watch_imports(uint8_t *base);

/* callbacks.c and callback-*.S */
uint64_t callbacks_prepare(void);
void callback_entry(void);

/* memory.c: memory that may not be there. */
int probe(uintptr_t function, uintptr_t a, uintptr_t b, uintptr_t c, uintptr_t d, intptr_t *result);
intptr_t copy_memory(uint8_t *to, const uint8_t *from, uintptr_t bytes);
int32_t copy_text(uint8_t *to, const uint8_t *from, int32_t room, int32_t unit);
int32_t *errno_of_thread(uintptr_t function);

/* NtCurrentTeb() by hand: some versions of GCC warn of the one in the headers. */
static inline NT_TIB *thread_block(void) {
  NT_TIB *block;
#ifdef __i386__
  __asm__("mov %%fs:0x18, %0" : "=r"(block));
#else
  __asm__("mov %%gs:0x30, %0" : "=r"(block));
#endif
  return block;
}

/* Whether an address lies on the stack that the system knows of. */
static inline int is_on_stack(uintptr_t address) {
  const NT_TIB *thread = thread_block();
  return address >= (uintptr_t)thread->StackLimit && address < (uintptr_t)thread->StackBase;
}

#endif
