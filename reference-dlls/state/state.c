// State that a process, a thread or a runtime keeps between calls: last error, errno, HRESULTs, environment, current folder.
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <windows.h>

#define EXPORT __declspec(dllexport)

EXPORT void set_error(unsigned error) { SetLastError(error); }
EXPORT unsigned get_error(void) { return GetLastError(); }
EXPORT void sleep_zero(void) { Sleep(0); }
// Sets the error, calls back, and tells what the error is then.
EXPORT unsigned error_around(unsigned error, void (*callback)(void)) {
  SetLastError(error);
  callback();
  return GetLastError();
}
EXPORT int open_missing(void) {
  HANDLE file = CreateFileA("C:\\there\\is\\none", GENERIC_READ, 0, NULL, OPEN_EXISTING, 0, NULL);
  if (file == INVALID_HANDLE_VALUE) return 0;
  CloseHandle(file);
  return 1;
}

EXPORT int *error_number(void) { return &errno; }
EXPORT int set_errno_to(int value) {
  const int before = errno;
  errno = value;
  return before;
}
EXPORT long parse_number(const char *text) { return strtol(text, NULL, 10); }

// HRESULTs and NTSTATUS values are negative integers with a meaning in each part.
EXPORT HRESULT fail(void) { return E_FAIL; }
EXPORT HRESULT succeed(int with) { return with ? S_FALSE : S_OK; }
EXPORT HRESULT from_error(unsigned error) { return HRESULT_FROM_WIN32(error); }
EXPORT LONG status_no_memory(void) { return (LONG)0xC0000017; }

EXPORT unsigned read_variable(const wchar_t *name, wchar_t *value, unsigned room) { return GetEnvironmentVariableW(name, value, room); }
EXPORT int set_variable(const wchar_t *name, const wchar_t *value) { return SetEnvironmentVariableW(name, value); }
EXPORT unsigned current_folder(wchar_t *folder, unsigned room) { return GetCurrentDirectoryW(room, folder); }
EXPORT int enter_folder(const wchar_t *folder) { return SetCurrentDirectoryW(folder); }

// Counts the calls since the DLL was loaded.
static int calls;
EXPORT int call_number(void) { return ++calls; }

// Text for a person, by way of the DLL's own stdout and stderr.
EXPORT void say(const char *text, int to_stderr) {
  FILE *stream = to_stderr ? stderr : stdout;
  fprintf(stream, "%s\n", text);
  fflush(stream);
}
