/* Says with which code Windows processes have ended: all 32 bits, of which the host system keeps eight.
 *
 * dllparity-warden.exe <folder>
 *
 * Reads lines from the named pipe `warden` in the folder, each the number of an agent and the Windows id of its process in
 * decimal. The file `watched-<number>` says that it has found the process. When that has ended, its exit code is the text of the
 * file `exit-<number>`.
 */
#define WIN32_LEAN_AND_MEAN
#include <windows.h>
#include <stdio.h>
#include <stdlib.h>

#include "../native/wineboot.h"

static WCHAR folder[MAX_PATH];

struct watched {
  unsigned long agent;
  HANDLE process;
};

/* Under another name first: whoever finds the file finds all of it. */
static void note(const WCHAR *what, unsigned long agent, DWORD code) {
  WCHAR unfinished[MAX_PATH + 32], file[MAX_PATH + 32];
  char text[16];
  DWORD written;
  swprintf(unfinished, MAX_PATH + 32, L"%ls\\%ls-%lu.new", folder, what, agent);
  swprintf(file, MAX_PATH + 32, L"%ls\\%ls-%lu", folder, what, agent);
  HANDLE handle = CreateFileW(unfinished, GENERIC_WRITE, 0, NULL, CREATE_ALWAYS, 0, NULL);
  if (handle == INVALID_HANDLE_VALUE) return;
  WriteFile(handle, text, (DWORD)sprintf(text, "%lu\n", code), &written, NULL);
  CloseHandle(handle);
  MoveFileExW(unfinished, file, MOVEFILE_REPLACE_EXISTING);
}

static DWORD WINAPI wait_for_end(void *parameter) {
  struct watched *watched = parameter;
  DWORD code;
  WaitForSingleObject(watched->process, INFINITE);
  if (GetExitCodeProcess(watched->process, &code)) note(L"exit", watched->agent, code);
  CloseHandle(watched->process);
  free(watched);
  return 0;
}

static void watch(const char *line) {
  char *rest;
  const unsigned long agent = strtoul(line, &rest, 10), id = strtoul(rest, NULL, 10);
  struct watched *watched = malloc(sizeof *watched);
  if (!watched) return;
  watched->agent = agent;
  /* One that has ended already is gone, and nobody knows its code any more. */
  watched->process = OpenProcess(SYNCHRONIZE | PROCESS_QUERY_LIMITED_INFORMATION, FALSE, id);
  HANDLE thread = watched->process ? CreateThread(NULL, 65536, wait_for_end, watched, 0, NULL) : NULL;
  if (!thread) {
    free(watched);
    return;
  }
  CloseHandle(thread);
  note(L"watched", agent, 0);
}

int wmain(int count, WCHAR **arguments) {
  WCHAR pipe[MAX_PATH + 16];
  char line[64], byte;
  size_t length = 0;
  DWORD read;
  let_others_start();
  if (count != 2 || wcslen(arguments[1]) >= MAX_PATH) return 64;
  wcscpy(folder, arguments[1]);
  swprintf(pipe, MAX_PATH + 16, L"%ls\\warden", folder);
  HANDLE input = CreateFileW(pipe, GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_WRITE, NULL, OPEN_EXISTING, 0, NULL);
  if (input == INVALID_HANDLE_VALUE) return 66;
  while (ReadFile(input, &byte, 1, &read, NULL) && read == 1) {
    if (byte != '\n') {
      if (length < sizeof line - 1) line[length++] = byte;
      continue;
    }
    line[length] = 0;
    length = 0;
    watch(line);
  }
  return 0;
}
