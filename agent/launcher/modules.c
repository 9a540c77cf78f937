/* Which modules the loader gives to a program, and from where: the program is started under the debugging API, looked at when the
 * loader stops for the debugger, and ended before its own code runs. DllMain functions of its DLLs do run: Wine stops behind them.
 *
 * What it loads at run time is asked for in its place: when the loader jumps to the program's entry point, the first thread calls
 * LoadLibraryExW instead, in the state in which the program would have called it.
 *
 * The report is text: lines that end with \n, fields that are separated by \t, numbers in hexadecimal.
 *   start   error                          CreateProcessW failed
 *   module  step base bytes mark path      step 0: by the start; n: by the n-th load. mark: native, builtin, placeholder
 *   load    step base error                base 0: LoadLibraryExW failed with error
 *   raised  code address                   an exception that nobody has handled, before the end
 *   exit    code                           the process ended by itself
 *   timeout                                it was ended because it took too long
 *   full                                   the report has no room for more */
#include "launcher.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <winternl.h>

#define MAX_MODULES 1024
#define MAX_PATH_CHARACTERS 32768
#define NAME_BYTES 65536

#ifdef __x86_64__
#define INSTRUCTION Rip
#else
#define INSTRUCTION Eip
#endif

/* The loader's own list of modules, as far as its layout is fixed (winternl.h calls the fields reserved). */
struct loader_entry {
  LIST_ENTRY load_order, memory_order, initialization_order;
  uintptr_t base;
  uintptr_t entry_point;
  ULONG bytes;
  UNICODE_STRING path, name;
};
struct loader_data {
  ULONG length;
  ULONG initialized;
  void *handle;
  LIST_ENTRY load_order;
};

struct look {
  PROCESS_INFORMATION process;
  WCHAR *report;
  int32_t room, used;
  int is_full;
  int32_t step;
  uintptr_t known[MAX_MODULES];
  int32_t count;
  uintptr_t teb, entry_point, stub, name, stack;
  /* The next load: flags in hexadecimal, a tab, the name. An empty one is the end. */
  const WCHAR *next;
  int was_stopped, waits_at_entry;
};

static void say(struct look *look, const WCHAR *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  const int32_t left = look->room - look->used - 8;
  const int written = left > 0 ? _vsnwprintf(look->report + look->used, left, format, arguments) : -1;
  va_end(arguments);
  if (written >= 0 && written < left) {
    look->used += written;
  } else if (!look->is_full) {
    look->is_full = 1;
    memcpy(look->report + look->used, L"full\n", 5 * sizeof(WCHAR));
    look->used += 5;
  }
}

static BOOL read(const struct look *look, uintptr_t from, void *to, SIZE_T bytes) {
  SIZE_T done = 0;
  return ReadProcessMemory(look->process.hProcess, (const void *)from, to, bytes, &done) && done == bytes;
}

static BOOL write(const struct look *look, uintptr_t to, const void *from, SIZE_T bytes) {
  SIZE_T done = 0;
  return WriteProcessMemory(look->process.hProcess, (void *)to, from, bytes, &done) && done == bytes;
}

/* Wine marks the image itself, behind the DOS header: a builtin may lie under the path of a file beside the program. */
static const WCHAR *mark_of(const struct look *look, uintptr_t base) {
  char head[32] = { 0 };
  if (!read(look, base + sizeof(IMAGE_DOS_HEADER), head, sizeof head - 1)) return L"unknown";
  if (!strcmp(head, "Wine builtin DLL")) return L"builtin";
  return strcmp(head, "Wine placeholder DLL") ? L"native" : L"placeholder";
}

static int is_known(const struct look *look, uintptr_t base) {
  for (int32_t i = 0; i < look->count; i++)
    if (look->known[i] == base) return 1;
  return 0;
}

/* Tells the modules that have come since the last time. */
static void tell_modules(struct look *look) {
  static WCHAR path[MAX_PATH_CHARACTERS];
  PROCESS_BASIC_INFORMATION basic;
  PEB peb;
  struct loader_data data;
  struct loader_entry entry;
  if (NtQueryInformationProcess(look->process.hProcess, ProcessBasicInformation, &basic, sizeof basic, NULL)) return;
  if (!read(look, (uintptr_t)basic.PebBaseAddress, &peb, sizeof peb) || !read(look, (uintptr_t)peb.Ldr, &data, sizeof data)) return;
  const uintptr_t head = (uintptr_t)peb.Ldr + offsetof(struct loader_data, load_order);
  uintptr_t link = (uintptr_t)data.load_order.Flink;
  /* The list may be damaged by then; it is not followed for ever. */
  for (int32_t i = 0; i < MAX_MODULES && link != head && read(look, link, &entry, sizeof entry); i++) {
    link = (uintptr_t)entry.load_order.Flink;
    const uint32_t characters = entry.path.Length / sizeof(WCHAR);
    if (is_known(look, entry.base) || look->count == MAX_MODULES || characters >= MAX_PATH_CHARACTERS) continue;
    if (!read(look, (uintptr_t)entry.path.Buffer, path, entry.path.Length)) continue;
    path[characters] = 0;
    look->known[look->count++] = entry.base;
    say(look, L"module\t%x\t%I64x\t%lx\t%ls\t%ls\n", look->step, (uint64_t)entry.base, entry.bytes, mark_of(look, entry.base), path);
  }
}

/* Where a function of a module of ours lies in the program: the same file, at another base perhaps. */
static uintptr_t address_there(const struct look *look, const void *function) {
  HMODULE own;
  static WCHAR path[MAX_PATH_CHARACTERS];
  const DWORD flags = GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS | GET_MODULE_HANDLE_EX_FLAG_UNCHANGED_REFCOUNT;
  if (!GetModuleHandleExW(flags, function, &own)) return 0;
  const WCHAR *own_name = path;
  if (!GetModuleFileNameW(own, path, MAX_PATH_CHARACTERS)) return 0;
  for (const WCHAR *c = path; *c; c++)
    if (*c == '\\') own_name = c + 1;
  PROCESS_BASIC_INFORMATION basic;
  PEB peb;
  struct loader_data data;
  struct loader_entry entry;
  WCHAR name[64];
  if (NtQueryInformationProcess(look->process.hProcess, ProcessBasicInformation, &basic, sizeof basic, NULL)) return 0;
  if (!read(look, (uintptr_t)basic.PebBaseAddress, &peb, sizeof peb) || !read(look, (uintptr_t)peb.Ldr, &data, sizeof data)) return 0;
  uintptr_t link = (uintptr_t)data.load_order.Flink;
  for (int32_t i = 0; i < MAX_MODULES && read(look, link, &entry, sizeof entry); i++) {
    link = (uintptr_t)entry.load_order.Flink;
    if (entry.name.Length >= sizeof name || !read(look, (uintptr_t)entry.name.Buffer, name, entry.name.Length)) continue;
    name[entry.name.Length / sizeof(WCHAR)] = 0;
    if (!lstrcmpiW(name, own_name)) return entry.base + ((uintptr_t)function - (uintptr_t)own);
  }
  return 0;
}

/* A breakpoint at the program's entry point, and two instructions of ours elsewhere: call, and stop again. */
static int wait_at_entry(struct look *look) {
  static const unsigned char stub[] = { 0xff, 0xd0, 0xcc }; /* call rax (or eax); int3 */
  static const unsigned char breakpoint = 0xcc;
  void *memory = VirtualAllocEx(look->process.hProcess, NULL, NAME_BYTES + 4096, MEM_COMMIT | MEM_RESERVE, PAGE_EXECUTE_READWRITE);
  if (!memory) return 0;
  look->stub = (uintptr_t)memory;
  look->name = look->stub + 4096;
  look->waits_at_entry = 1;
  if (!write(look, look->stub, stub, sizeof stub) || !write(look, look->entry_point, &breakpoint, 1)) return 0;
  FlushInstructionCache(look->process.hProcess, (void *)look->entry_point, 1);
  return 1;
}

/* Has the stopped thread call LoadLibraryExW for the next load. Returns 0 when there is none. */
static int load_next(struct look *look, CONTEXT *context) {
  WCHAR *name;
  const uintptr_t flags = wcstoul(look->next, &name, 16);
  if (*name != '\t') return 0;
  name++;
  const SIZE_T bytes = (wcslen(name) + 1) * sizeof(WCHAR);
  if (bytes == sizeof(WCHAR) || bytes > NAME_BYTES) return 0;
  const uintptr_t function = address_there(look, (const void *)LoadLibraryExW);
  if (!function || !write(look, look->name, name, bytes)) return 0;
  look->next = name + bytes / sizeof(WCHAR);
  look->step++;
#ifdef __x86_64__
  if (!look->stack) look->stack = (context->Rsp & ~(uintptr_t)15) - 256;
  context->Rsp = look->stack;
  context->Rax = function;
  context->Rcx = look->name;
  context->Rdx = 0;
  context->R8 = flags;
#else
  if (!look->stack) look->stack = (context->Esp & ~(uintptr_t)15) - 256;
  const uintptr_t arguments[] = { look->name, 0, flags };
  if (!write(look, look->stack, arguments, sizeof arguments)) return 0;
  context->Esp = look->stack;
  context->Eax = function;
#endif
  context->INSTRUCTION = look->stub;
  return SetThreadContext(look->process.hThread, context);
}

static void tell_load(struct look *look, const CONTEXT *context) {
  DWORD error = 0;
#ifdef __x86_64__
  const uintptr_t base = context->Rax, last_error = look->teb + 0x68;
#else
  const uintptr_t base = context->Eax, last_error = look->teb + 0x34;
#endif
  if (!base) read(look, last_error, &error, sizeof error);
  say(look, L"load\t%x\t%I64x\t%lx\n", look->step, (uint64_t)base, error);
  tell_modules(look);
}

/* A stop of the program. Returns 0 when nothing is left to be seen. */
static int on_exception(struct look *look, const DEBUG_EVENT *event, DWORD *answer) {
  const EXCEPTION_RECORD *record = &event->u.Exception.ExceptionRecord;
  const uintptr_t address = (uintptr_t)record->ExceptionAddress;
  if (record->ExceptionCode != EXCEPTION_BREAKPOINT) {
    *answer = DBG_EXCEPTION_NOT_HANDLED;
    if (!event->u.Exception.dwFirstChance) say(look, L"raised\t%lx\t%I64x\n", record->ExceptionCode, (uint64_t)address);
    return 1;
  }
  if (!look->was_stopped) {
    look->was_stopped = 1;
    tell_modules(look);
    return *look->next && wait_at_entry(look);
  }
  CONTEXT context;
  context.ContextFlags = CONTEXT_FULL;
  const int is_ours = event->dwThreadId == look->process.dwThreadId && look->waits_at_entry &&
                      (address == look->entry_point || (address >= look->stub && address < look->stub + 16));
  if (!is_ours || !GetThreadContext(look->process.hThread, &context)) {
    *answer = DBG_EXCEPTION_NOT_HANDLED;
    return is_ours ? 0 : 1;
  }
  /* What the start-up code of the DLLs has loaded itself comes before the first. */
  if (address == look->entry_point) tell_modules(look);
  else tell_load(look, &context);
  return load_next(look, &context);
}

static void see_start(struct look *look, const CREATE_PROCESS_DEBUG_INFO *info) {
  IMAGE_DOS_HEADER dos;
  IMAGE_NT_HEADERS headers;
  const uintptr_t base = (uintptr_t)info->lpBaseOfImage;
  look->teb = (uintptr_t)info->lpThreadLocalBase;
  look->entry_point = (uintptr_t)info->lpStartAddress;
  if (read(look, base, &dos, sizeof dos) && read(look, base + dos.e_lfanew, &headers, sizeof headers))
    look->entry_point = base + headers.OptionalHeader.AddressOfEntryPoint;
  if (info->hFile) CloseHandle(info->hFile);
}

static void watch(struct look *look, DWORD timeout) {
  const ULONGLONG end = GetTickCount64() + timeout;
  for (int goes_on = 1; goes_on;) {
    DEBUG_EVENT event;
    const ULONGLONG now = GetTickCount64();
    if (now >= end || !WaitForDebugEvent(&event, (DWORD)(end - now))) {
      say(look, L"timeout\n");
      return;
    }
    DWORD answer = DBG_CONTINUE;
    switch (event.dwDebugEventCode) {
    case CREATE_PROCESS_DEBUG_EVENT: see_start(look, &event.u.CreateProcessInfo); break;
    case LOAD_DLL_DEBUG_EVENT:
      if (event.u.LoadDll.hFile) CloseHandle(event.u.LoadDll.hFile);
      /* When the loader fails, nothing can be read any more: what came before is told on the way. */
      if (!look->was_stopped) tell_modules(look);
      break;
    case EXCEPTION_DEBUG_EVENT: goes_on = on_exception(look, &event, &answer); break;
    case EXIT_PROCESS_DEBUG_EVENT:
      say(look, L"exit\t%lx\n", event.u.ExitProcess.dwExitCode);
      goes_on = 0;
    }
    /* A program that has been seen must not run on. */
    if (!goes_on) TerminateProcess(look->process.hProcess, 0);
    ContinueDebugEvent(event.dwProcessId, event.dwThreadId, answer);
  }
}

/* Writes the report and returns its length in characters. `loads`: flags and name, each with its zero, and an empty one at the end. */
EXPORT int32_t list_modules(const WCHAR *application, const WCHAR *directory, WCHAR *environment, const WCHAR *loads, DWORD timeout,
                            WCHAR *report, int32_t room) {
  static struct look look;
  STARTUPINFOW startup = { .cb = sizeof startup };
  ZeroMemory(&look, sizeof look);
  look.report = report;
  look.room = room;
  look.next = loads;
  SetErrorMode(GetErrorMode() | SEM_FAILCRITICALERRORS | SEM_NOGPFAULTERRORBOX | SEM_NOOPENFILEERRORBOX);
  const DWORD error =
    create_process(application, NULL, FALSE, DEBUG_PROCESS | DEBUG_ONLY_THIS_PROCESS | CREATE_UNICODE_ENVIRONMENT | CREATE_NO_WINDOW,
                   environment, directory, &startup, &look.process);
  if (error) {
    say(&look, L"start\t%lx\n", error);
    return look.used;
  }
  watch(&look, timeout);
  TerminateProcess(look.process.hProcess, 0);
  WaitForSingleObject(look.process.hProcess, 2000);
  CloseHandle(look.process.hThread);
  CloseHandle(look.process.hProcess);
  return look.used;
}
