/* A DLL that an agent loads to start other programs and to look into them. It asks for nothing but Windows. */
#pragma once

#define WIN32_LEAN_AND_MEAN
#define _WIN32_WINNT 0x0601
#include <windows.h>

#define EXPORT __declspec(dllexport)

struct program {
  const WCHAR *application;
  WCHAR *command_line;
  const WCHAR *directory;
  WCHAR *environment;
  /* What SetDllDirectoryW says in the process that starts it; NULL: nothing is said. */
  const WCHAR *dll_directory;
};

/* What came of a program. */
struct program_end {
  /* Error of CreateProcessW, or 0. */
  DWORD start_error;
  /* Error of opening the file for its output, or 0. */
  DWORD output_error;
  DWORD exit_code;
  DWORD timed_out;
  DWORD milliseconds;
};

/* CreateProcessW without attributes; returns its error, or 0. */
DWORD create_process(const WCHAR *application, WCHAR *command_line, BOOL inherit, DWORD flags, WCHAR *environment,
                     const WCHAR *directory, STARTUPINFOW *startup, PROCESS_INFORMATION *process);
