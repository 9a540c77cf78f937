/* Exceptions that escape a call, and those that end the process. */
#include "agent.h"

static void name_module(uint8_t *fault, uint64_t address) {
  HMODULE module = NULL;
  WCHAR path[MAX_PATH];
  WCHAR *name = (WCHAR *)(fault + FAULT_MODULE_NAME);
  name[0] = 0;
  *(uint64_t *)(fault + FAULT_MODULE_BASE) = 0;
  const DWORD how = GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS | GET_MODULE_HANDLE_EX_FLAG_UNCHANGED_REFCOUNT;
  if (!GetModuleHandleExW(how, (const WCHAR *)(uintptr_t)address, &module)) return;
  *(uint64_t *)(fault + FAULT_MODULE_BASE) = (uintptr_t)module;
  const DWORD length = GetModuleFileNameW(module, path, MAX_PATH);
  /* The end of the path tells more than its beginning. */
  const DWORD room = FAULT_MODULE_NAME_CHARACTERS - 1;
  const DWORD from = length > room ? length - room : 0;
  for (DWORD i = from; i <= length && i < MAX_PATH; i++) name[i - from] = i == length ? 0 : path[i];
}

static int32_t record_fault(const EXCEPTION_RECORD *record) {
  /* Threads of the pool fault too: each takes a number of its own first. */
  const int32_t number = InterlockedIncrement((LONG volatile *)(share + HEADER_FAULT_COUNT));
  uint8_t *fault = share + FAULT_RING + (uint32_t)(number - 1) % FAULT_COUNT * FAULT_BYTES;
  const uint64_t address = (uintptr_t)record->ExceptionAddress;
  *(uint32_t *)(fault + FAULT_CODE) = record->ExceptionCode;
  *(uint32_t *)(fault + FAULT_FLAGS) = record->ExceptionFlags;
  *(uint64_t *)(fault + FAULT_ADDRESS) = address;
  *(uint32_t *)(fault + FAULT_PARAMETERS) = record->NumberParameters;
  *(uint64_t *)(fault + FAULT_PARAMETER_0) = record->NumberParameters > 0 ? record->ExceptionInformation[0] : 0;
  *(uint64_t *)(fault + FAULT_PARAMETER_1) = record->NumberParameters > 1 ? record->ExceptionInformation[1] : 0;
  *(uint32_t *)(fault + FAULT_THREAD) = GetCurrentThreadId();
  name_module(fault, address);
  return number;
}

/* Called for invoke's frame when no handler between it and the fault has taken the exception; invoke ends next. */
void fault_note(const EXCEPTION_RECORD *record, struct invoke_result *result) {
  result->fault_code = record->ExceptionCode;
  result->faulted = result->flags & INVOKE_QUIETLY ? -1 : record_fault(record);
}

#ifndef __i386__
extern char invoke_recover[];

/* The dispatcher's handler for invoke's frame; on ia32 invoke-ia32.S has it. */
EXCEPTION_DISPOSITION guard_handler(EXCEPTION_RECORD *record, void *frame, CONTEXT *context, DISPATCHER_CONTEXT *dispatcher) {
  (void)context;
  if (record->ExceptionFlags & (EXCEPTION_UNWINDING | EXCEPTION_EXIT_UNWIND)) return ExceptionContinueSearch;
  fault_note(record, *(struct invoke_result **)((uint8_t *)frame + 0xa8));
  CONTEXT scratch;
  RtlUnwindEx(frame, invoke_recover, record, NULL, &scratch, dispatcher->HistoryTable);
  return ExceptionContinueSearch;
}
#endif

/* Outside any call there is nothing to go back to. Ending here also keeps a debugger or a dialog from starting. */
static ENTRY LONG WINAPI end_process(EXCEPTION_POINTERS *pointers) {
  record_fault(pointers->ExceptionRecord);
  InterlockedIncrement((LONG volatile *)(share + HEADER_FATAL_COUNT));
  TerminateProcess(GetCurrentProcess(), pointers->ExceptionRecord->ExceptionCode);
  return EXCEPTION_EXECUTE_HANDLER;
}

void faults_watch(void) {
  SetErrorMode(SEM_FAILCRITICALERRORS | SEM_NOGPFAULTERRORBOX | SEM_NOOPENFILEERRORBOX);
  SetUnhandledExceptionFilter(end_process);
}
