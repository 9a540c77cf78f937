/* Says with which code Windows processes have ended: all 32 bits, of which the host system keeps eight.
 *
 * dllparity-exit-watcher.exe <pipe to read> <pipe to write>
 *
 * Reads lines, each the number of an agent and the Windows id of its process in decimal. Writes `watched <number>` when it has found
 * the process, and when that has ended `exit <number> <code>`.
 */
#define WIN32_LEAN_AND_MEAN
#include <windows.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../native/wineboot.h"

static HANDLE notes;

struct watched {
  unsigned long agent;
  HANDLE process;
};

/* One write, so that lines of several threads do not mix: a pipe takes this much in one piece. */
static void note(const char *line) {
  DWORD written;
  WriteFile(notes, line, (DWORD)strlen(line), &written, NULL);
}

static DWORD WINAPI wait_for_end(void *parameter) {
  struct watched *watched = parameter;
  char line[64];
  DWORD code;
  WaitForSingleObject(watched->process, INFINITE);
  if (GetExitCodeProcess(watched->process, &code)) {
    sprintf(line, "exit %lu %lu\n", watched->agent, code);
    note(line);
  }
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
  char found[64];
  sprintf(found, "watched %lu\n", agent);
  note(found);
}

static HANDLE open_pipe(const WCHAR *path, DWORD access) {
  return CreateFileW(path, access, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, NULL, OPEN_EXISTING, 0, NULL);
}

int wmain(int count, WCHAR **arguments) {
  char line[64], byte;
  size_t length = 0;
  DWORD read;
  let_others_start();
  if (count != 3) return 64;
  HANDLE input = open_pipe(arguments[1], GENERIC_READ);
  notes = open_pipe(arguments[2], GENERIC_WRITE);
  if (input == INVALID_HANDLE_VALUE || notes == INVALID_HANDLE_VALUE) return 66;
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
