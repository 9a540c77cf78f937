// Functions from which nobody finds the way back by the usual means: registers, stack, chain of handlers or code are gone.
#include <malloc.h>
#include <setjmp.h>
#include <stdint.h>
#include <string.h>
#include <windows.h>

#define EXPORT __declspec(dllexport)

#ifdef __i386__
#define ACCUMULATOR Eax
#define STACK_POINTER Esp
#else
#define ACCUMULATOR Rax
#define STACK_POINTER Rsp
#endif

// In guard-*.S, which has some for the host too.
void jump_to(uintptr_t address);
int call_off_the_map(int (*function)(void));
int on_other_stack(void *top, int (*function)(void));
int read_or_fix(void);

static int data_not_code[4] = {0x0b0f0b0f, 0x0b0f0b0f};
volatile int instead = 42; // guard-*.S: what read_or_fix reads when its handler has mended the address

static volatile uintptr_t nowhere = 16;
static int __attribute__((noinline)) fault(void) { return *(volatile int *)nowhere; }

EXPORT void jump_into_data(void) { jump_to((uintptr_t)data_not_code); }
EXPORT void *data_address(void) { return data_not_code; }

// On a stack of its own, as coroutines have it.
static uint8_t *other_stack(void) { return (uint8_t *)VirtualAlloc(NULL, 1 << 20, MEM_RESERVE | MEM_COMMIT, PAGE_READWRITE) + (1 << 20) - 64; }
EXPORT int fault_on_other_stack(void) { return on_other_stack(other_stack(), fault); }

// A handler that is further in than the broken part of the stack.
EXPORT int handle_below_the_break(void) { return call_off_the_map(read_or_fix); }
EXPORT int fault_below_the_break(void) { return call_off_the_map(fault); }
EXPORT int handle_on_other_stack(void) { return on_other_stack(other_stack(), read_or_fix); }

// The handler of read_or_fix: mends the address that could not be read, and goes on.
EXCEPTION_DISPOSITION __cdecl mend(EXCEPTION_RECORD *record, void *frame, CONTEXT *context, void *dispatcher) {
  (void)frame, (void)dispatcher;
  if (record->ExceptionFlags & 6) return ExceptionContinueSearch;
  context->ACCUMULATOR = (uintptr_t)&instead;
  return ExceptionContinueExecution;
}

// A vectored handler that comes last, and mends what happens on a stack that nobody can walk.
static LONG CALLBACK mend_anywhere(EXCEPTION_POINTERS *pointers) {
  if (pointers->ExceptionRecord->ExceptionCode != EXCEPTION_ACCESS_VIOLATION) return EXCEPTION_CONTINUE_SEARCH;
  pointers->ContextRecord->ACCUMULATOR = (uintptr_t)&instead;
  return EXCEPTION_CONTINUE_EXECUTION;
}
static int read_at_accumulator(void) {
  int value;
  __asm__ volatile("movl (%1), %0" : "=r"(value) : "a"((uintptr_t)16));
  return value;
}
EXPORT int mended_by_last_handler(void) {
  PVOID handler = AddVectoredExceptionHandler(0, mend_anywhere);
  const int value = on_other_stack(other_stack(), read_at_accumulator);
  RemoveVectoredExceptionHandler(handler);
  return value;
}

// Frees the library that runs.
EXPORT int unload_yourself(void) {
  HMODULE self = NULL;
  GetModuleHandleExW(GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS | GET_MODULE_HANDLE_EX_FLAG_UNCHANGED_REFCOUNT, (const WCHAR *)(void *)fault, &self);
  for (int i = 0; i < 100 && FreeLibrary(self); i++) continue;
  return fault();
}

EXPORT void raise_noncontinuable(unsigned code) { RaiseException(code, EXCEPTION_NONCONTINUABLE, 0, NULL); }

// A vectored handler that wants to go on where that is not possible, and one that crashes itself.
static LONG CALLBACK crash_too(EXCEPTION_POINTERS *pointers) {
  if (pointers->ExceptionRecord->ExceptionCode == 0xe0000001) fault();
  return EXCEPTION_CONTINUE_SEARCH;
}
EXPORT void crash_in_handler(void) {
  PVOID handler = AddVectoredExceptionHandler(1, crash_too);
  RaiseException(0xe0000001, 0, 0, NULL);
  RemoveVectoredExceptionHandler(handler);
}

// A frame of that many bytes, each page of which is touched on the way down.
EXPORT int large_frame(int bytes) {
  volatile uint8_t *room = alloca((size_t)bytes);
  room[0] = 1;
  return room[0];
}

EXPORT void overflow_then_overflow(int depth) {
  volatile uint8_t room[64];
  room[depth & 63] = (uint8_t)depth;
  if (room[0] != 255 || depth) overflow_then_overflow(depth + 1);
  room[1] = 2;
}

// What watches over the process is taken away.
EXPORT void remove_filter(void) {
  SetUnhandledExceptionFilter(NULL);
  SetErrorMode(0);
}
static DWORD WINAPI fault_on_thread(void *unused) {
  (void)unused;
  return (DWORD)fault();
}
EXPORT void remove_filter_and_fault_on_thread(void) {
  remove_filter();
  HANDLE thread = CreateThread(NULL, 0, fault_on_thread, NULL, 0, NULL);
  WaitForSingleObject(thread, INFINITE);
  CloseHandle(thread);
}

// Exceptions that are meant for somebody else: a debugger, or a page that was guarded on purpose.
static volatile LONG touched;
static LONG CALLBACK count_touch(EXCEPTION_POINTERS *pointers) {
  if (pointers->ExceptionRecord->ExceptionCode != STATUS_GUARD_PAGE_VIOLATION) return EXCEPTION_CONTINUE_SEARCH;
  touched++;
  return EXCEPTION_CONTINUE_EXECUTION;
}
EXPORT int touch_guarded_page(void) {
  volatile int *page = VirtualAlloc(NULL, 4096, MEM_RESERVE | MEM_COMMIT, PAGE_READWRITE | PAGE_GUARD);
  PVOID handler = AddVectoredExceptionHandler(0, count_touch);
  touched = 0;
  *page = 7;
  const int seen = touched == 1 && *page == 7;
  RemoveVectoredExceptionHandler(handler);
  VirtualFree((void *)page, 0, MEM_RELEASE);
  return seen;
}
EXPORT void touch_guarded_page_unseen(void) {
  volatile int *page = VirtualAlloc(NULL, 4096, MEM_RESERVE | MEM_COMMIT, PAGE_READWRITE | PAGE_GUARD);
  *page = 7;
}

// Jumps out of a callback, past everything that it has called.
static jmp_buf here;
EXPORT void jump_back(void) { longjmp(here, 1); }
EXPORT int call_and_be_jumped_to(void (*callback)(void)) {
  if (setjmp(here)) return 7;
  callback();
  return 0;
}

// Threads: what becomes of one while it has something to do.
EXPORT void end_own_thread(unsigned code) { ExitThread(code); }
EXPORT void terminate_own_thread(unsigned code) { TerminateThread(GetCurrentThread(), code); }
EXPORT int suspend_own_thread(void) {
  SuspendThread(GetCurrentThread());
  return 1; // or the call would be a jump, and this function not on the stack
}
EXPORT int sleep_for_ever(void) {
  Sleep(INFINITE);
  return 1; // or the call would be a jump, and this function not on the stack
}
EXPORT void spin_for_ever(void) { for (volatile int forever = 1; forever;) continue; }
EXPORT int wait_for_ever(void) { return WaitForSingleObject(CreateEventW(NULL, FALSE, FALSE, NULL), INFINITE) == WAIT_OBJECT_0; }

// A thread that calls back after 50 ms, and one that ends it after 300 ms, when it may still be waiting for its turn.
static HANDLE caller;
static volatile LONG caller_ended;
static DWORD WINAPI call_back(void *callback) {
  Sleep(50);
  ((void (*)(void))callback)();
  return 0;
}
static DWORD WINAPI end_caller(void *unused) {
  (void)unused;
  Sleep(300);
  caller_ended = TerminateThread(caller, 1) && WaitForSingleObject(caller, 5000) == WAIT_OBJECT_0;
  CloseHandle(caller);
  return 0;
}
EXPORT void start_caller_that_is_ended(void (*callback)(void)) {
  caller_ended = 0;
  caller = CreateThread(NULL, 0, call_back, (void *)callback, 0, NULL);
  CloseHandle(CreateThread(NULL, 0, end_caller, NULL, 0, NULL));
}
EXPORT int caller_has_ended(void) { return caller_ended; }
EXPORT int add(int a, int b) { return a + b; }
EXPORT uintptr_t flags_at_entry(void) {
  uintptr_t flags;
#ifdef __i386__
  __asm__ volatile("pushfl; pop %0" : "=r"(flags));
#else
  __asm__ volatile("pushfq; pop %0" : "=r"(flags));
#endif
  return flags;
}
