#include "launcher.h"

/* Under Wine a new process is now and then gone before it has told the server of itself (8.0: 1 of 4,000 on a busy machine). That
 * is this error, and says nothing of the program: one that causes it would do so each time. */
#define LOST ERROR_INTERNAL_ERROR
#define ATTEMPTS 4

DWORD create_process(const WCHAR *application, WCHAR *command_line, BOOL inherit, DWORD flags, WCHAR *environment,
                     const WCHAR *directory, STARTUPINFOW *startup, PROCESS_INFORMATION *process) {
  DWORD error = LOST;
  for (int attempt = 0; attempt < ATTEMPTS && error == LOST; attempt++)
    error = CreateProcessW(application, command_line, NULL, NULL, inherit, flags, environment, directory, startup, process)
              ? 0
              : GetLastError();
  return error;
}
