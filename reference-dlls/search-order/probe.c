/* The program of a search-order scenario: makes the calls that a file lists, and writes to its standard output what came of each.
 *
 * probe.exe <file of calls>
 *
 * The file is UTF-16: a line for each call, its parts set apart by tabs. A text begins with '=', a lone '-' is a null pointer;
 * numbers are hexadecimal. Each line of the answer begins with "@dllparity" and is UTF-8. Whatever else is printed there is of
 * no concern: DLLs and debuggers write to the same place.
 */
#include "marker.h"

#include "transcript.h"
#include "modules.h"
#include "imports.h"

enum { MAX_CALLS = 256, MAX_PARTS = 8, CALLS_BYTES = 1 << 18 };

__attribute__((used, section(".data"))) volatile DWORD imports __asm__("task") = 0;
__attribute__((used, aligned(16))) struct marker marker __asm__("marker") = { MAGIC, "probe" };

__asm__(".section .rdata, \"dr\"\n"
        "  .balign 16\n"
        "  .asciz \"dllparity places\"\n"
        "  .balign 4\n"
        "  .rva wanted_file, wanted_second_name, wanted_second_address, task, marker\n"
        ".text\n");

static WCHAR calls[CALLS_BYTES / sizeof(WCHAR)];
/* What calls gave, for those that refer to them. */
static void *given[MAX_CALLS];
static HANDLE contexts[MAX_CALLS];
static ULONG_PTR cookies[MAX_CALLS];
static unsigned active;

static BOOL equal(const WCHAR *one, const char *other) {
  for (; *one && *one == (unsigned char)*other; one++, other++) continue;
  return *one == (unsigned char)*other;
}

static const WCHAR *text(const WCHAR *part) { return *part == '=' ? part + 1 : NULL; }

static DWORD number(const WCHAR *part) {
  DWORD value = 0;
  for (; *part; part++) value = value * 16 + (*part <= '9' ? *part - '0' : *part - 'a' + 10);
  return value;
}

static void *of(const WCHAR *part) {
  const DWORD index = number(part);
  return index < MAX_CALLS ? given[index] : NULL;
}

static void tell_load(unsigned index, HMODULE module, DWORD flags) {
  if (!module) {
    say_error(index);
    return;
  }
  given[index] = module;
  /* The handle says how it was mapped (libloaderapi.h, LDR_IS_DATAFILE, LDR_IS_IMAGEMAPPING): what is loaded already is a module,
   * whatever the flags. That an image is unresolved no handle says. */
  const ULONG_PTR mark = (ULONG_PTR)module & 3;
  const char *const what = mark & 1 ? "data" : mark ? "image" : flags & DONT_RESOLVE_DLL_REFERENCES ? "unresolved" : "module";
  begin_line(index, what);
  if (mark || flags & DONT_RESOLVE_DLL_REFERENCES) put_mapping(module);
  else put_module(module);
  end_line();
}

static void tell(unsigned index, BOOL succeeded) {
  if (!succeeded) say_error(index);
}

static void get_proc_address(unsigned index, HMODULE module, const WCHAR *name) {
  static char narrow[512];
  WideCharToMultiByte(CP_ACP, 0, name, -1, narrow, sizeof narrow, NULL, NULL);
  const FARPROC function = GetProcAddress(module, narrow);
  if (!function) {
    say_error(index);
    return;
  }
  begin_line(index, "call");
  /* Of what is no variant nothing is known that could be called. */
  if (equal(name, "which") && put_called((which_function)(void *)function)) {
    end_line();
    return;
  }
  put_inside(function);
  end_line();
}

static void search_path(unsigned index, WCHAR **parts) {
  static WCHAR found[32768];
  if (!SearchPathW(text(parts[1]), text(parts[2]), text(parts[3]), 32768, found, NULL)) {
    say_error(index);
    return;
  }
  begin_line(index, "found");
  put_text(found);
  end_line();
}

static void activate(unsigned index, WCHAR **parts) {
  ACTCTXW context = { .cbSize = sizeof context, .lpSource = text(parts[1]) };
  if (text(parts[2])) {
    context.dwFlags |= ACTCTX_FLAG_ASSEMBLY_DIRECTORY_VALID;
    context.lpAssemblyDirectory = text(parts[2]);
  }
  if (*parts[3] != '-') {
    context.dwFlags |= ACTCTX_FLAG_RESOURCE_NAME_VALID;
    context.lpResourceName = MAKEINTRESOURCEW(number(parts[3]));
  }
  const HANDLE handle = CreateActCtxW(&context);
  if (handle == INVALID_HANDLE_VALUE || !ActivateActCtx(handle, &cookies[active])) {
    say_error(index);
    return;
  }
  contexts[active++] = handle;
}

static void deactivate(unsigned index) {
  if (active == 0) {
    SetLastError(ERROR_INVALID_PARAMETER);
    say_error(index);
    return;
  }
  tell(index, DeactivateActCtx(0, cookies[--active]));
  ReleaseActCtx(contexts[active]);
}

static void make(unsigned index, WCHAR **parts) {
  const WCHAR *call = parts[0];
  /* Calls that leave the last error alone are not to tell that of others. */
  SetLastError(0);
  if (equal(call, "LoadLibrary")) tell_load(index, LoadLibraryW(text(parts[1])), 0);
  else if (equal(call, "LoadLibraryEx")) {
    const DWORD flags = number(parts[2]);
    tell_load(index, LoadLibraryExW(text(parts[1]), NULL, flags), flags);
  } else if (equal(call, "GetModuleHandle")) {
    const HMODULE module = GetModuleHandleW(text(parts[1]));
    tell_load(index, module, 0);
  } else if (equal(call, "SetDllDirectory")) tell(index, SetDllDirectoryW(text(parts[1])));
  else if (equal(call, "AddDllDirectory")) tell(index, (given[index] = AddDllDirectory(text(parts[1]))) != NULL);
  else if (equal(call, "RemoveDllDirectory")) tell(index, RemoveDllDirectory(of(parts[1])));
  else if (equal(call, "SetDefaultDllDirectories")) tell(index, SetDefaultDllDirectories(number(parts[1])));
  else if (equal(call, "FreeLibrary")) tell(index, FreeLibrary(of(parts[1])));
  else if (equal(call, "GetProcAddress")) get_proc_address(index, of(parts[1]), text(parts[2]));
  else if (equal(call, "CallImport")) {
    const DWORD missing = equal(text(parts[2]), "missing");
    if (*parts[1] == '-') tell_call(index, imports ? call_slot(missing) : NULL);
    else call_import_of(index, of(parts[1]), missing);
  } else if (equal(call, "CallDelayed")) call_delayed(index, text(parts[1]), text(parts[2]));
  else if (equal(call, "same")) {
    const void *one = of(parts[1]);
    begin_line(index, one && one == of(parts[2]) ? "same" : "different");
    end_line();
  } else if (equal(call, "SearchPath")) search_path(index, parts);
  else if (equal(call, "ActivateActCtx")) activate(index, parts);
  else if (equal(call, "DeactivateActCtx")) deactivate(index);
  else if (equal(call, "SetEnvironmentVariable")) tell(index, SetEnvironmentVariableW(text(parts[1]), text(parts[2])));
  else if (equal(call, "SetCurrentDirectory")) tell(index, SetCurrentDirectoryW(text(parts[1])));
  else if (equal(call, "lock")) {
    const HANDLE file = CreateFileW(text(parts[1]), GENERIC_READ, 0, NULL, OPEN_EXISTING, 0, NULL);
    tell(index, file != INVALID_HANDLE_VALUE);
  } else if (equal(call, "CreateHardLink")) tell(index, CreateHardLinkW(text(parts[1]), text(parts[2]), NULL));
  else {
    begin_line(index, "unknown");
    end_line();
  }
}

/* Ends `line` and returns where the next begins, or NULL. */
static WCHAR *make_line(unsigned index, WCHAR *line) {
  WCHAR *parts[MAX_PARTS];
  unsigned count = 0;
  WCHAR *at = line;
  parts[count++] = at;
  for (; *at && *at != '\n'; at++) {
    if (*at != '\t') continue;
    *at = 0;
    if (count < MAX_PARTS) parts[count++] = at + 1;
  }
  WCHAR *next = *at == '\n' && at[1] ? at + 1 : NULL;
  *at = 0;
  while (count < MAX_PARTS) parts[count++] = at;
  if (parts[0][0]) make(index, parts);
  return next;
}

static BOOL read_calls(void) {
  const WCHAR *last = NULL;
  DWORD bytes = 0;
  for (const WCHAR *at = GetCommandLineW(); *at; at++)
    if (*at == ' ') last = at + 1;
  if (!last) return FALSE;
  const HANDLE file = CreateFileW(last, GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_DELETE, NULL, OPEN_EXISTING, 0, NULL);
  if (file == INVALID_HANDLE_VALUE) return FALSE;
  const BOOL complete = ReadFile(file, calls, CALLS_BYTES - sizeof(WCHAR), &bytes, NULL);
  CloseHandle(file);
  calls[bytes / sizeof(WCHAR)] = 0;
  return complete;
}

/* The code is what counts: a debugger would only take its time. */
static LONG WINAPI end_with_code(EXCEPTION_POINTERS *fault) {
  TerminateProcess(GetCurrentProcess(), fault->ExceptionRecord->ExceptionCode);
  return EXCEPTION_EXECUTE_HANDLER;
}

void WINAPI entry(void) __asm__("entry");
void WINAPI entry(void) {
  SetUnhandledExceptionFilter(end_with_code);
  if (!read_calls()) ExitProcess(66);
  if (imports) {
    begin_line(IMPORTS, "module");
    put_inside(*(const void *volatile *)wanted_addresses);
    end_line();
  }
  /* As programs in C have them: DLLs of the system need one or the other, and not every search leads to it. */
  LoadLibraryW(L"msvcrt.dll");
  LoadLibraryW(L"ucrtbase.dll");
  WCHAR *line = calls[0] ? calls : NULL;
  for (unsigned index = 0; line && index < MAX_CALLS; index++) line = make_line(index, line);
  begin_line(DONE, "done");
  end_line();
  ExitProcess(0);
}
