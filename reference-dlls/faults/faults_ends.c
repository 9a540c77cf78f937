// Every way out of the process, those of Microsoft's C runtimes included, which are loaded by their names when they are asked for.
#include <process.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "kind.h"

KIND(exit_42) { exit(42); }
KIND(exit_quickly_43) { _exit(43); }
KIND(exit_process_44) { ExitProcess(44); }
KIND(terminate_process) { return (int)TerminateProcess(GetCurrentProcess(), 0xc0de1234u); }
KIND(exit_process_wide) { ExitProcess(0xbeef0001u); }
KIND(exit_process_0) { ExitProcess(0); }

KIND(raise_sigsegv) { return raise(SIGSEGV), DONE; }

// msvcrt's, as assert() calls it.
_CRTIMP void __cdecl _wassert(const wchar_t *, const wchar_t *, unsigned);
KIND(fail_assertion) { return _wassert(L"1 == 2", L"faults_ends.c", 1), DONE; }

static DWORD WINAPI end_elsewhere(void *code) { ExitProcess((UINT)(uintptr_t)code); }
static DWORD WINAPI crash_elsewhere(void *address) { return (DWORD)*place((uintptr_t)address); }

static int wait_for_thread(LPTHREAD_START_ROUTINE routine, uintptr_t argument) {
  HANDLE thread = CreateThread(NULL, 0, routine, (void *)argument, 0, NULL);
  WaitForSingleObject(thread, INFINITE);
  return DONE;
}

// While the call waits for it, another thread ends the process, or faults.
KIND(exit_on_thread) { return wait_for_thread(end_elsewhere, 46); }
KIND(crash_on_thread) { return wait_for_thread(crash_elsewhere, 0x48); }

// Microsoft's C runtimes.

// Whether a DLL of this name can be loaded.
EXPORT int has_dll(const char *name) { return LoadLibraryA(name) != NULL; }

static void *crt(const char *dll, const char *name) {
  HMODULE module = LoadLibraryA(dll);
  return module ? (void *)GetProcAddress(module, name) : NULL;
}

typedef void (*plain)(void);
#define CALL_CRT(dll, name) \
  do { \
    plain function = (plain)crt(dll, name); \
    if (function) function(); \
    return DONE; \
  } while (0)

KIND(abort_msvcrt) { CALL_CRT("msvcrt.dll", "abort"); }
KIND(abort_msvcr120) { CALL_CRT("msvcr120.dll", "abort"); }
KIND(abort_ucrtbase) { CALL_CRT("ucrtbase.dll", "abort"); }
KIND(pure_call) { CALL_CRT("msvcr120.dll", "_purecall"); }
KIND(invalid_parameter) { CALL_CRT("msvcr120.dll", "_invalid_parameter_noinfo_noreturn"); }

KIND(copy_too_long) {
  typedef int (*copy)(char *, size_t, const char *);
  char room[4];
  copy function = (copy)crt("msvcr120.dll", "strcpy_s");
  if (function) function(room, sizeof room, "more than four");
  return DONE;
}

KIND(print_percent_n) {
  typedef int (*print)(const char *, ...);
  int written = 0;
  print function = (print)crt("msvcr120.dll", "printf");
  if (function) function("text%n", &written);
  return DONE;
}
