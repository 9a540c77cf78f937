/* Records of exceptions: of those that escape a call, and of those that end the process. */
#include "agent.h"
#include "text.h"

#include <string.h>

/* What Wine raises when a function is called that it has by name only (include/winternl.h). */
#define EXCEPTION_WINE_STUB 0x80000100
#define READABLE (PAGE_READONLY | PAGE_READWRITE | PAGE_WRITECOPY | PAGE_EXECUTE_READ | PAGE_EXECUTE_READWRITE | PAGE_EXECUTE_WRITECOPY)

/* Copies a text that may not be there: a DLL can raise this exception too. No further than the memory reaches in which it begins. */
static void copy_name(char *to, uintptr_t from, uint32_t room) {
  MEMORY_BASIC_INFORMATION memory;
  uint32_t length = 0;
  if (VirtualQuery((const void *)from, &memory, sizeof memory) && memory.State == MEM_COMMIT && memory.Protect & READABLE &&
      !(memory.Protect & PAGE_GUARD)) {
    const uintptr_t left = (uintptr_t)memory.BaseAddress + memory.RegionSize - from;
    for (const char *text = (const char *)from; length < room - 1 && length < left && text[length]; length++) to[length] = text[length];
  }
  to[length] = 0;
}

/* Wine says it in two parameters (dlls/winecrt0/stub.c): the name of the DLL, and that of the function or its ordinal. */
static void note_stub(uint8_t *fault, const EXCEPTION_RECORD *record) {
  char *dll = (char *)fault + FAULT_STUB_DLL, *name = (char *)fault + FAULT_STUB_NAME;
  dll[0] = name[0] = 0;
  if (record->ExceptionCode != EXCEPTION_WINE_STUB || record->NumberParameters != 2) return;
  const uintptr_t function = record->ExceptionInformation[1];
  copy_name(dll, record->ExceptionInformation[0], FAULT_STUB_DLL_BYTES);
  if (function >> 16) copy_name(name, function, FAULT_STUB_NAME_BYTES);
  else *text_put_number(text_put(name, name + 1, "#"), name + FAULT_STUB_NAME_BYTES - 1, (uint32_t)function) = 0;
}

static int32_t taint_of(const EXCEPTION_RECORD *record, const struct module *module) {
  int32_t taint = 0;
  if (record->ExceptionCode == (DWORD)STATUS_STACK_OVERFLOW) taint |= FAULT_TAINT_STACK_OVERFLOW;
  /* It manages the heap. What a function hands it is checked there, and a lock may be held. */
  if (record->ExceptionCode == (DWORD)STATUS_HEAP_CORRUPTION || (module && module->is_ntdll && record->ExceptionCode != EXCEPTION_WINE_STUB))
    taint |= FAULT_TAINT_HEAP;
  if (!module) taint |= FAULT_TAINT_UNLOADED;
  return taint;
}

static void describe(uint8_t *fault, const EXCEPTION_RECORD *record, int32_t *taint) {
  const uintptr_t address = (uintptr_t)record->ExceptionAddress;
  struct module module;
  const int is_known = module_at(address, &module);
  *taint |= taint_of(record, is_known ? &module : NULL);
  *(uint32_t *)(fault + FAULT_CODE) = record->ExceptionCode;
  *(uint32_t *)(fault + FAULT_FLAGS) = record->ExceptionFlags;
  *(uint64_t *)(fault + FAULT_ADDRESS) = address;
  *(uint32_t *)(fault + FAULT_PARAMETERS) = record->NumberParameters;
  *(uint64_t *)(fault + FAULT_PARAMETER_0) = record->NumberParameters > 0 ? record->ExceptionInformation[0] : 0;
  *(uint64_t *)(fault + FAULT_PARAMETER_1) = record->NumberParameters > 1 ? record->ExceptionInformation[1] : 0;
  *(uint32_t *)(fault + FAULT_THREAD) = GetCurrentThreadId();
  *(int32_t *)(fault + FAULT_TAINTED) = *taint;
  *(uint64_t *)(fault + FAULT_MODULE_BASE) = is_known ? module.base : 0;
  if (is_known) memcpy(fault + FAULT_MODULE_NAME, module.name, sizeof module.name);
  else memset(fault + FAULT_MODULE_NAME, 0, 2);
  note_stub(fault, record);
}

static int32_t record_fault(const EXCEPTION_RECORD *record, int32_t *taint) {
  const DWORD last_error = GetLastError();
  /* Threads of the pool fault too: each takes a number of its own first. */
  const int32_t number = InterlockedIncrement((LONG volatile *)(share + HEADER_FAULT_COUNT));
  describe(share + FAULT_RING + (uint32_t)(number - 1) % FAULT_COUNT * FAULT_BYTES, record, taint);
  SetLastError(last_error);
  return number;
}

/* A filter of the DLL's may end the process of this exception, and tells nobody. Of two at once one is enough. */
void faults_remember(const EXCEPTION_RECORD *record) {
  static LONG is_busy;
  int32_t taint = 0;
  if (InterlockedExchange(&is_busy, 1)) return;
  describe(share + LAST_OUTSIDE, record, &taint);
  InterlockedExchange(&is_busy, 0);
}

/* Notes in the result of a call what has ended it; `taint` is what is known of that already. */
void fault_note(const EXCEPTION_RECORD *record, struct invoke_result *result, int32_t taint) {
  result->fault_code = record->ExceptionCode;
  result->taint = taint;
  result->faulted = result->flags & INVOKE_QUIETLY ? -1 : record_fault(record, &result->taint);
}

/* Outside any call there is nothing to go back to. Ending here also keeps a debugger or a dialog from starting. */
ENTRY LONG WINAPI faults_end_process(EXCEPTION_POINTERS *pointers) {
  int32_t taint = 0;
  record_fault(pointers->ExceptionRecord, &taint);
  InterlockedIncrement((LONG volatile *)(share + HEADER_FATAL_COUNT));
  TerminateProcess(GetCurrentProcess(), pointers->ExceptionRecord->ExceptionCode);
  return EXCEPTION_EXECUTE_HANDLER;
}

#define ERROR_MODE (SEM_FAILCRITICALERRORS | SEM_NOGPFAULTERRORBOX | SEM_NOOPENFILEERRORBOX)

static LPTOP_LEVEL_EXCEPTION_FILTER present_filter(void);

/* For threads without a guard. The DLL gets it as the filter before its own, and may call it: then it decides nothing, as that of a
 * program that runs without a debugger. */
static ENTRY LONG WINAPI last_filter(EXCEPTION_POINTERS *pointers) {
  if (guard_is_filtering() || present_filter() != last_filter) return EXCEPTION_CONTINUE_SEARCH;
  return faults_end_process(pointers);
}

/* There is no way to ask for it but to set another. */
static LPTOP_LEVEL_EXCEPTION_FILTER present_filter(void) {
  LPTOP_LEVEL_EXCEPTION_FILTER present = SetUnhandledExceptionFilter(last_filter);
  if (present != last_filter) SetUnhandledExceptionFilter(present);
  return present;
}

#define CPP_EXCEPTION 0xe06d7363

static int is_in_c_runtime(uintptr_t address) {
  static const WCHAR *const names[] = {L"msvcr", L"ucrtbase", L"vcruntime"};
  struct module module;
  if (!module_at(address, &module)) return 0;
  const WCHAR *slash = wcsrchr(module.name, L'\\');
  const WCHAR *name = slash ? slash + 1 : module.name;
  for (size_t i = 0; i < sizeof names / sizeof *names; i++)
    if (!_wcsnicmp(name, names[i], wcslen(names[i]))) return 1;
  return 0;
}

/* The filter that is to be asked about an exception which nobody has handled, or NULL. That of a C runtime ends the process when an
 * exception of C++ is left over, where the exception itself is what there is to tell. */
LPTOP_LEVEL_EXCEPTION_FILTER faults_filter_of_dll(const EXCEPTION_RECORD *record) {
  LPTOP_LEVEL_EXCEPTION_FILTER filter = present_filter();
  if (filter == last_filter) return NULL;
  return record->ExceptionCode == CPP_EXCEPTION && is_in_c_runtime((uintptr_t)filter) ? NULL : filter;
}

void faults_watch(void) {
  SetErrorMode(ERROR_MODE);
  SetUnhandledExceptionFilter(last_filter);
}

/* A DLL may have taken them away. One that has put a filter of its own there keeps it. */
void faults_keep_watch(void) {
  if (!present_filter()) SetUnhandledExceptionFilter(last_filter);
  if (GetErrorMode() != ERROR_MODE) SetErrorMode(ERROR_MODE | GetErrorMode());
}
