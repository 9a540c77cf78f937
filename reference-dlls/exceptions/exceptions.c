// Exceptions that are the DLL's own business: it handles them itself, or its filter for unhandled ones runs.
#include <stdint.h>
#include <windows.h>

#define EXPORT __declspec(dllexport)

#ifdef __i386__
#define INSTRUCTION_POINTER Eip
#define ACCUMULATOR Eax
#else
#define INSTRUCTION_POINTER Rip
#define ACCUMULATOR Rax
#endif

static volatile LONG handled, filtered;

EXPORT int divide_or_42(int a, int b);

// Steps over the division, which is two bytes long, and gives it a result.
static LONG CALLBACK on_exception(EXCEPTION_POINTERS *exception) {
  const uintptr_t from_start = (uintptr_t)exception->ExceptionRecord->ExceptionAddress - (uintptr_t)divide_or_42;
  // By the place and not by the thread: several may divide at once.
  if (from_start > 256 || exception->ExceptionRecord->ExceptionCode != EXCEPTION_INT_DIVIDE_BY_ZERO) return EXCEPTION_CONTINUE_SEARCH;
  InterlockedIncrement(&handled);
  exception->ContextRecord->INSTRUCTION_POINTER += 2;
  exception->ContextRecord->ACCUMULATOR = (DWORD)-42;
  return EXCEPTION_CONTINUE_EXECUTION;
}

// a / b, or -42 where there is no such number.
EXPORT __attribute__((noinline)) int divide_or_42(int a, int b) {
  void *handler = AddVectoredExceptionHandler(1, on_exception);
  int quotient, remainder;
  __asm__ volatile("cltd; .byte 0xf7, 0xf9" : "=a"(quotient), "=d"(remainder) : "a"(a), "c"(b) : "cc", "memory");
  RemoveVectoredExceptionHandler(handler);
  return quotient;
}
EXPORT int divisions_handled(void) { return handled; }

// What a filter for unhandled exceptions does in place of a crash: it ends the thread, and the process goes on.
static LONG WINAPI filter(EXCEPTION_POINTERS *exception) {
  InterlockedExchange(&filtered, (LONG)exception->ExceptionRecord->ExceptionCode);
  ExitThread(7);
}
static DWORD WINAPI fault(void *unused) {
  (void)unused;
  volatile int *volatile nowhere = NULL;
  return (DWORD)*nowhere;
}
// The code of the exception that the filter has seen on a thread of the DLL.
EXPORT unsigned filtered_fault(void) {
  LPTOP_LEVEL_EXCEPTION_FILTER before = SetUnhandledExceptionFilter(filter);
  HANDLE thread = CreateThread(NULL, 0, fault, NULL, 0, NULL);
  DWORD code = 0;
  WaitForSingleObject(thread, INFINITE);
  GetExitCodeThread(thread, &code);
  CloseHandle(thread);
  SetUnhandledExceptionFilter(before);
  return code == 7 ? (unsigned)filtered : code;
}

// An exception of its own right after one callback and before another.
EXPORT int divide_in_callback(int (*callback)(int value), int value) { return divide_or_42(callback(value), 0) + callback(value); }

// An exception that means nothing to anybody, and is continued from.
static LONG CALLBACK continue_anyway(EXCEPTION_POINTERS *exception) {
  return exception->ExceptionRecord->ExceptionCode == 0xe0424242 ? EXCEPTION_CONTINUE_EXECUTION : EXCEPTION_CONTINUE_SEARCH;
}
EXPORT int raise_and_go_on(int value) {
  void *handler = AddVectoredExceptionHandler(1, continue_anyway);
  RaiseException(0xe0424242, 0, 0, NULL);
  RemoveVectoredExceptionHandler(handler);
  return value;
}
EXPORT void debug_text(const char *text) { OutputDebugStringA(text); }
