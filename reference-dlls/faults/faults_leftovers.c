// Calls that return, and leave something behind: changed state of the process, or what runs on.
#include <locale.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "kind.h"

// Whose damage shows later.

static DWORD WINAPI crash_after(void *milliseconds) {
  Sleep((DWORD)(uintptr_t)milliseconds);
  return (DWORD)*place(0x50);
}
static DWORD WINAPI exit_after(void *milliseconds) {
  Sleep((DWORD)(uintptr_t)milliseconds);
  ExitProcess(47);
}
static DWORD WINAPI sleep_on(void *unused) {
  (void)unused;
  Sleep(INFINITE);
  return 0;
}
static int start_thread(LPTHREAD_START_ROUTINE routine, uintptr_t argument) {
  HANDLE thread = CreateThread(NULL, 0, routine, (void *)argument, 0, NULL);
  if (!thread) return 0;
  CloseHandle(thread);
  return DONE;
}

KIND(crash_later) { return start_thread(crash_after, 150); }
KIND(exit_later) { return start_thread(exit_after, 150); }
KIND(leave_thread) { return start_thread(sleep_on, 0); }

// Handles are multiples of 4; those of others are closed as well.
KIND(close_all_handles) {
  for (uintptr_t handle = 4; handle <= 4092; handle += 4) CloseHandle((HANDLE)handle);
  return DONE;
}

// What was set for the process.

KIND(remove_exception_filter) { return SetUnhandledExceptionFilter(NULL), DONE; }
KIND(reset_error_mode) { return SetErrorMode(0), DONE; }
KIND(change_locale) { return setlocale(LC_ALL, "") ? DONE : 0; }
KIND(change_folder) { return SetCurrentDirectoryW(L"C:\\windows") ? DONE : 0; }
KIND(change_environment) { return SetEnvironmentVariableW(L"LEFT_BY_A_FAULT", L"yes") ? DONE : 0; }
KIND(change_priority) { return SetThreadPriority(GetCurrentThread(), THREAD_PRIORITY_LOWEST) ? DONE : 0; }

// What a later call can see of that.
EXPORT int folder_is_changed(void) {
  wchar_t folder[MAX_PATH];
  return GetCurrentDirectoryW(MAX_PATH, folder) == 10 && folder[3] == L'w';
}
EXPORT int environment_is_changed(void) {
  wchar_t value[8];
  return GetEnvironmentVariableW(L"LEFT_BY_A_FAULT", value, 8) == 3;
}

static CRITICAL_SECTION section;
static volatile LONG is_made;

// Faults while it holds a lock, which nobody gives back. A new lock in each call: another thread would wait for the last one for ever.
KIND(fault_with_lock) {
  InitializeCriticalSection(&section);
  is_made = 1;
  EnterCriticalSection(&section);
  return *place(0x60);
}
EXPORT int lock_is_held(void) { return is_made && section.RecursionCount > 0; }

// Half of an update that belongs together.
static volatile int first_half, second_half;
KIND(fault_between_halves) {
  first_half++;
  second_half = first_half + *place(0x70);
  return DONE;
}
EXPORT int halves_differ(void) { return first_half != second_half; }

// Programs and windows.

KIND(start_child) {
  wchar_t command[] = L"C:\\windows\\system32\\ping.exe -n 30 127.0.0.1";
  STARTUPINFOW start = {.cb = sizeof start};
  PROCESS_INFORMATION child;
  if (!CreateProcessW(NULL, command, NULL, NULL, FALSE, 0, NULL, NULL, &start, &child)) return 0;
  CloseHandle(child.hThread);
  CloseHandle(child.hProcess);
  return DONE;
}

// There is no screen: nobody could press its button.
KIND(show_message_box) {
  typedef int(WINAPI * message_box)(HWND, const char *, const char *, UINT);
  HMODULE module = LoadLibraryA("user32.dll");
  message_box show = module ? (message_box)(void *)GetProcAddress(module, "MessageBoxA") : NULL;
  if (show) show(NULL, "press me", "faults", 0);
  return DONE;
}

KIND(write_to_stdout) {
  static const char text[] = "text of a DLL on standard output\n";
  DWORD written;
  WriteFile(GetStdHandle(STD_OUTPUT_HANDLE), text, sizeof text - 1, &written, NULL);
  return DONE;
}
