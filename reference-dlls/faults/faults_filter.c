// Filters for unhandled exceptions. Each acts on the exception of its own kind alone, because it stays in place afterwards.
#include <setjmp.h>

#include "kind.h"

#ifdef __i386__
#define INSTRUCTION_POINTER Eip
#define ACCUMULATOR Eax
#else
#define INSTRUCTION_POINTER Rip
#define ACCUMULATOR Rax
#endif

enum { CONTINUES = 0xe0f10001, EXECUTES, SEARCHES, FAULTS, RAISES, RAISED, EXITS, HANGS, ENDS_THREAD, JUMPS, CHAINS, INSISTS };

static volatile LONG asked;

static DWORD code_of(const EXCEPTION_POINTERS *pointers) { return pointers->ExceptionRecord->ExceptionCode; }

static int raise_with(LPTOP_LEVEL_EXCEPTION_FILTER filter, DWORD code) {
  SetUnhandledExceptionFilter(filter);
  RaiseException(code, 0, 0, NULL);
  return DONE;
}

#define FILTER(name) static LONG WINAPI name(EXCEPTION_POINTERS *pointers)
#define ONLY_FOR(code) \
  if (code_of(pointers) != (DWORD)(code)) return EXCEPTION_CONTINUE_SEARCH; \
  InterlockedIncrement(&asked)

// How often a filter of this DLL was asked about the exception of its kind.
EXPORT int times_asked(void) { return asked; }

FILTER(continues) {
  ONLY_FOR(CONTINUES);
  return EXCEPTION_CONTINUE_EXECUTION;
}
KIND(filter_continues) { return raise_with(continues, CONTINUES); }

// Steps over a division, which is two bytes long, and gives it a result.
static char *volatile division;
FILTER(mends) {
  ONLY_FOR(EXCEPTION_INT_DIVIDE_BY_ZERO);
  if (pointers->ExceptionRecord->ExceptionAddress != (void *)division) return EXCEPTION_CONTINUE_SEARCH;
  pointers->ContextRecord->INSTRUCTION_POINTER += 2;
  pointers->ContextRecord->ACCUMULATOR = (DWORD)DONE;
  return EXCEPTION_CONTINUE_EXECUTION;
}
KIND(filter_mends) {
  int quotient, remainder;
  char *place_of_it;
  SetUnhandledExceptionFilter(mends);
#ifdef __i386__
  __asm__ volatile("movl $1f, %0" : "=r"(place_of_it));
#else
  __asm__ volatile("lea 1f(%%rip), %0" : "=r"(place_of_it));
#endif
  division = place_of_it;
  __asm__ volatile("cltd\n1: .byte 0xf7, 0xf9" : "=a"(quotient), "=&d"(remainder) : "a"(1), "c"(0) : "cc", "memory");
  return quotient;
}

FILTER(executes) {
  ONLY_FOR(EXECUTES);
  return EXCEPTION_EXECUTE_HANDLER;
}
KIND(filter_executes) { return raise_with(executes, EXECUTES); }

FILTER(searches) {
  ONLY_FOR(SEARCHES);
  return EXCEPTION_CONTINUE_SEARCH;
}
KIND(filter_searches) { return raise_with(searches, SEARCHES); }

FILTER(faults) {
  ONLY_FOR(FAULTS);
  return *place(0x58);
}
KIND(filter_faults) { return raise_with(faults, FAULTS); }

FILTER(raises) {
  ONLY_FOR(RAISES);
  RaiseException(RAISED, 0, 0, NULL);
  return EXCEPTION_CONTINUE_EXECUTION;
}
KIND(filter_raises) { return raise_with(raises, RAISES); }

FILTER(exits) {
  ONLY_FOR(EXITS);
  ExitProcess(48);
}
KIND(filter_exits) { return raise_with(exits, EXITS); }

FILTER(hangs) {
  ONLY_FOR(HANGS);
  Sleep(INFINITE);
  return EXCEPTION_CONTINUE_SEARCH;
}
KIND(filter_hangs) { return raise_with(hangs, HANGS); }

// Continues where it will fault again, for ever.
FILTER(mends_nothing) {
  ONLY_FOR(EXCEPTION_ACCESS_VIOLATION);
  return pointers->ExceptionRecord->ExceptionInformation[1] == 0x68 ? EXCEPTION_CONTINUE_EXECUTION : EXCEPTION_CONTINUE_SEARCH;
}
KIND(filter_mends_nothing) { return SetUnhandledExceptionFilter(mends_nothing), *place(0x68); }

FILTER(ends_thread) {
  ONLY_FOR(ENDS_THREAD);
  ExitThread(7);
}
KIND(filter_ends_thread) { return raise_with(ends_thread, ENDS_THREAD); }

// Leaves the filter for the function again, which then raises another exception: the filter is to be asked about that one too.
static void *before_it[5];
FILTER(jumps) {
  ONLY_FOR(JUMPS);
  __builtin_longjmp(before_it, 1);
}
KIND(filter_jumps) {
  if (__builtin_setjmp(before_it)) return DONE;
  return raise_with(jumps, JUMPS) + 1;
}

// The filter before this one is called too, and decides nothing where that is the program's own.
static LPTOP_LEVEL_EXCEPTION_FILTER volatile before;
FILTER(chains) {
  ONLY_FOR(CHAINS);
  const LONG answer = before ? before(pointers) : EXCEPTION_CONTINUE_SEARCH;
  return answer == EXCEPTION_CONTINUE_SEARCH ? EXCEPTION_CONTINUE_EXECUTION : EXCEPTION_EXECUTE_HANDLER;
}
KIND(filter_chains) {
  LPTOP_LEVEL_EXCEPTION_FILTER present = SetUnhandledExceptionFilter(chains);
  if (present != chains) before = present;
  RaiseException(CHAINS, 0, 0, NULL);
  return DONE;
}

// Continues what is not to be continued: that is an exception of its own.
FILTER(insists) {
  ONLY_FOR(INSISTS);
  return EXCEPTION_CONTINUE_EXECUTION;
}
KIND(filter_insists) {
  SetUnhandledExceptionFilter(insists);
  RaiseException(INSISTS, EXCEPTION_NONCONTINUABLE, 0, NULL);
  return DONE;
}

// On what is left of a stack.
FILTER(overflows) {
  ONLY_FOR(EXCEPTION_STACK_OVERFLOW);
  return EXCEPTION_CONTINUE_SEARCH;
}
static int recurse(volatile int *depth) {
  volatile char room[1024];
  room[0] = (char)++*depth;
  return *depth < 0 ? 0 : recurse(depth) + room[0];
}
KIND(filter_after_overflow) {
  volatile int depth = 0;
  SetUnhandledExceptionFilter(overflows);
  return recurse(&depth);
}

// A filter of the C runtime: it would end the process.
KIND(filter_of_runtime) {
  SetUnhandledExceptionFilter((LPTOP_LEVEL_EXCEPTION_FILTER)(void *)GetProcAddress(LoadLibraryA("msvcrt.dll"), "abort"));
  RaiseException(0xe06d7363, EXCEPTION_NONCONTINUABLE, 0, NULL);
  return DONE;
}

// What SetUnhandledExceptionFilter says of the filters before: a bit for each right answer.
EXPORT int filters_before(void) {
  LPTOP_LEVEL_EXCEPTION_FILTER at_first = SetUnhandledExceptionFilter(continues);
  int right = SetUnhandledExceptionFilter(executes) == continues;
  right |= (SetUnhandledExceptionFilter(NULL) == executes) << 1;
  right |= (SetUnhandledExceptionFilter(at_first) == NULL) << 2;
  right |= (SetUnhandledExceptionFilter(at_first) == at_first) << 3;
  return right;
}

// What a filter does that calls back.
static int (*volatile callback)(int);
FILTER(calls_back) {
  ONLY_FOR(CONTINUES);
  return callback(5) == 6 ? EXCEPTION_CONTINUE_EXECUTION : EXCEPTION_EXECUTE_HANDLER;
}
EXPORT int filter_calls_back(int (*function)(int value)) {
  callback = function;
  return raise_with(calls_back, CONTINUES);
}
EXPORT int divide_by(int divisor) { return divisor == 0 ? misbehave_filter_mends() : 84 / divisor; }
