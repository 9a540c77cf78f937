/* The agent: dllparity-agent.exe <number> <folder of descriptors> <first> <watch>. The harness starts it, people do not.
 *
 * The number tells this agent from others. What it shares with the host it opens through descriptors of the supervisor, whose
 * folder in /proc is named: the memory is the `first`, then come the doorbells in the order of WIRE_DESCRIPTORS. The exit watcher reads
 * `watch`, and is told of the process before anything else happens in it.
 *
 * There is no C runtime in it: one that a DLL under test brings, or that is replaced for it, is the DLL's alone.
 */
#include "agent.h"
#include "text.h"

#include <string.h>
#include <wchar.h>

#define ARGUMENTS 4
#define EXIT_USAGE 64
#define EXIT_FAILED 70

static WCHAR command[32768]; /* the longest command line that Windows has */

static void complain(const char *text) {
  DWORD written;
  WriteFile(GetStdHandle(STD_ERROR_HANDLE), text, (DWORD)strlen(text), &written, NULL);
}

/* The last words of the command line, none of which has a blank in it; the program's own path may. */
static int read_arguments(WCHAR *arguments[ARGUMENTS]) {
  const WCHAR *line = GetCommandLineW();
  size_t length = wcslen(line);
  if (length >= sizeof command / sizeof *command) return 0;
  memcpy(command, line, (length + 1) * sizeof *line);
  for (int i = ARGUMENTS - 1; i >= 0; i--) {
    while (length > 0 && command[length - 1] == ' ') length--;
    command[length] = 0;
    while (length > 0 && command[length - 1] != ' ') length--;
    if (length == 0) return 0;
    arguments[i] = command + length;
  }
  return 1;
}

static uint32_t number_of(const WCHAR *digits) {
  uint32_t number = 0;
  for (; *digits >= '0' && *digits <= '9'; digits++) number = number * 10 + (uint32_t)(*digits - '0');
  return number;
}

/* folder\number */
static void name_descriptor(WCHAR path[MAX_PATH], const WCHAR *folder, uint32_t number) {
  char digits[11];
  const char *digits_end = text_put_number(digits, digits + sizeof digits, number);
  size_t length = wcslen(folder);
  if (length > MAX_PATH - sizeof digits - 2) length = MAX_PATH - sizeof digits - 2;
  memcpy(path, folder, length * sizeof *folder);
  path[length++] = '\\';
  for (const char *digit = digits; digit < digits_end; digit++) path[length++] = (WCHAR)*digit;
  path[length] = 0;
}

/* Now, so that nobody has to wait for the exit watcher when this process is called upon. Where it fails nobody notes exit codes, and
 * the host finds that out. */
static void tell_exit_watcher(const WCHAR *folder, uint32_t watch, uint32_t number) {
  WCHAR path[MAX_PATH];
  char note[24];
  const char *room_end = note + sizeof note;
  char *end = text_put_number(note, room_end, number);
  end = text_put(end, room_end, " ");
  end = text_put_number(end, room_end, GetCurrentProcessId());
  end = text_put(end, room_end, "\n");
  name_descriptor(path, folder, watch);
  const HANDLE pipe = wire_open_path(path, GENERIC_WRITE);
  if (pipe == INVALID_HANDLE_VALUE) return;
  DWORD written;
  WriteFile(pipe, note, (DWORD)(end - note), &written, NULL);
  CloseHandle(pipe);
}

/* Returns 0, or the step that failed. */
static int attach_through(const WCHAR *folder, uint32_t first) {
  WCHAR memory[MAX_PATH], to_agent[MAX_PATH], to_host[MAX_PATH], to_inspector[MAX_PATH];
  name_descriptor(memory, folder, first + WIRE_DESCRIPTORS_MEMORY);
  name_descriptor(to_agent, folder, first + WIRE_DESCRIPTORS_TO_AGENT);
  name_descriptor(to_host, folder, first + WIRE_DESCRIPTORS_TO_HOST);
  name_descriptor(to_inspector, folder, first + WIRE_DESCRIPTORS_TO_INSPECTOR);
  return agent_attach(memory, to_agent, to_host, to_inspector);
}

/* Without the memory only the log can tell. For another protocol there is the memory, and the host reads both numbers. */
static void refuse(int step) {
  char text[80];
  const char *room_end = text + sizeof text - 1;
  char *end = text_put(text, room_end, "agent: could not attach to the host's memory (step ");
  end = text_put_number(end, room_end, (uint32_t)step);
  *text_put(end, room_end, ")\n") = 0;
  complain(text);
  if (step == ATTACH_OTHER_PROTOCOL) agent_failed();
  ExitProcess(EXIT_FAILED);
}

void entry(void) __asm__("entry");
ENTRY void entry(void) {
  WCHAR *arguments[ARGUMENTS];
  if (!read_arguments(arguments)) {
    complain("dllparity-agent: four arguments are needed; the harness starts this program, people do not\n");
    ExitProcess(EXIT_USAGE);
  }
  const uint32_t number = number_of(arguments[0]), first = number_of(arguments[2]), watch = number_of(arguments[3]);
  tell_exit_watcher(arguments[1], watch, number);
  const int step = attach_through(arguments[1], first);
  if (step) refuse(step);
  identity_write();
  const uint32_t error = agent_start();
  if (error) {
    identity_write_failure(error);
    agent_failed();
    ExitProcess(EXIT_FAILED);
  }
  for (;;) Sleep(INFINITE); /* Calls are made on a thread of their own. */
}
