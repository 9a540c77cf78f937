/* Starts a program as Windows programs do it, waits for its end, and tells all 32 bits of its exit code. */
#include "launcher.h"

/* What SetDllDirectoryW says belongs to this process and to those that start while it holds: whoever needs it is alone. */
static SRWLOCK dll_directory = SRWLOCK_INIT;

static HANDLE open_output(const WCHAR *file) {
  SECURITY_ATTRIBUTES inherited = { sizeof inherited, NULL, TRUE };
  return CreateFileW(file, GENERIC_WRITE, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, &inherited, CREATE_ALWAYS,
                     FILE_ATTRIBUTE_NORMAL, NULL);
}

/* The output alone is inherited, so that programs that start at the same time do not keep each other's files open. */
static LPPROC_THREAD_ATTRIBUTE_LIST only_handle(HANDLE *handle) {
  SIZE_T bytes = 0;
  InitializeProcThreadAttributeList(NULL, 1, 0, &bytes);
  LPPROC_THREAD_ATTRIBUTE_LIST list = HeapAlloc(GetProcessHeap(), 0, bytes);
  if (!list) return NULL;
  if (InitializeProcThreadAttributeList(list, 1, 0, &bytes) &&
      UpdateProcThreadAttribute(list, 0, PROC_THREAD_ATTRIBUTE_HANDLE_LIST, handle, sizeof *handle, NULL, NULL))
    return list;
  HeapFree(GetProcessHeap(), 0, list);
  return NULL;
}

static HANDLE job_that_ends_all(void) {
  JOBOBJECT_EXTENDED_LIMIT_INFORMATION limits = { 0 };
  HANDLE job = CreateJobObjectW(NULL, NULL);
  limits.BasicLimitInformation.LimitFlags = JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE;
  if (job) SetInformationJobObject(job, JobObjectExtendedLimitInformation, &limits, sizeof limits);
  return job;
}

static DWORD create(const struct program *program, STARTUPINFOEXW *startup, PROCESS_INFORMATION *process) {
  const DWORD flags = CREATE_SUSPENDED | CREATE_UNICODE_ENVIRONMENT | CREATE_NO_WINDOW | EXTENDED_STARTUPINFO_PRESENT;
  const BOOL alone = program->dll_directory != NULL;
  if (alone) {
    AcquireSRWLockExclusive(&dll_directory);
    SetDllDirectoryW(program->dll_directory);
  } else {
    AcquireSRWLockShared(&dll_directory);
  }
  const DWORD error = create_process(program->application, program->command_line, TRUE, flags, program->environment,
                                     program->directory, &startup->StartupInfo, process);
  if (alone) {
    SetDllDirectoryW(NULL);
    ReleaseSRWLockExclusive(&dll_directory);
  } else {
    ReleaseSRWLockShared(&dll_directory);
  }
  return error;
}

static void run(HANDLE job, PROCESS_INFORMATION *process, DWORD timeout, struct program_end *end) {
  /* Without a job the program alone is ended, and what it has started stays. */
  const BOOL in_job = job && AssignProcessToJobObject(job, process->hProcess);
  ResumeThread(process->hThread);
  if (WaitForSingleObject(process->hProcess, timeout) == WAIT_TIMEOUT) {
    end->timed_out = TRUE;
    if (in_job) TerminateJobObject(job, WAIT_TIMEOUT);
    TerminateProcess(process->hProcess, WAIT_TIMEOUT);
    WaitForSingleObject(process->hProcess, 2000);
  }
  GetExitCodeProcess(process->hProcess, &end->exit_code);
  CloseHandle(process->hThread);
  CloseHandle(process->hProcess);
}

EXPORT void start_program(const WCHAR *application, WCHAR *command_line, const WCHAR *directory, WCHAR *environment,
                          const WCHAR *output_file, DWORD timeout, const WCHAR *dll_directory, struct program_end *end) {
  const struct program program = { application, command_line, directory, environment, dll_directory };
  const ULONGLONG start = GetTickCount64();
  STARTUPINFOEXW startup = { 0 };
  PROCESS_INFORMATION process = { 0 };
  HANDLE output = open_output(output_file), job = NULL;
  ZeroMemory(end, sizeof *end);
  if (output == INVALID_HANDLE_VALUE) {
    end->output_error = GetLastError();
    return;
  }
  /* Children inherit it: a missing DLL is then an exit code, and no window that waits for a person. */
  SetErrorMode(GetErrorMode() | SEM_FAILCRITICALERRORS | SEM_NOGPFAULTERRORBOX | SEM_NOOPENFILEERRORBOX);
  startup.StartupInfo.cb = sizeof startup;
  startup.StartupInfo.dwFlags = STARTF_USESTDHANDLES;
  startup.StartupInfo.hStdOutput = startup.StartupInfo.hStdError = output;
  startup.lpAttributeList = only_handle(&output);
  end->start_error = create(&program, &startup, &process);
  if (!end->start_error) {
    job = job_that_ends_all();
    run(job, &process, timeout, end);
  }
  if (startup.lpAttributeList) {
    DeleteProcThreadAttributeList(startup.lpAttributeList);
    HeapFree(GetProcessHeap(), 0, startup.lpAttributeList);
  }
  /* What the program has started ends with the job. */
  if (job) CloseHandle(job);
  CloseHandle(output);
  end->milliseconds = (DWORD)(GetTickCount64() - start);
}
