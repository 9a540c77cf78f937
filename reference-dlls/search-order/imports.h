/* Calls of imported functions: of imports at load time, and of delayed ones. */
#pragma once

/* As many as there can be calls. */
enum { MAX_DELAYED = 256 };

/* What a function of a variant has returned, and where that lies. */
static void tell_call(unsigned index, const char *said) {
  if (!said) {
    SetLastError(ERROR_PROC_NOT_FOUND);
    say_error(index);
    return;
  }
  begin_line(index, "call");
  part();
  put("-");
  part();
  put(said);
  put_path(module_around(said));
  end_line();
}

/* A DLL calls what it imports. */
static void call_import_of(unsigned index, HMODULE module, DWORD missing) {
  const call_function call = (call_function)(void *)GetProcAddress(module, "dllparity_call");
  if (call) tell_call(index, call(missing));
  else say_error(index);
}

static void raise(DWORD error) {
  /* VcppException(ERROR_SEVERITY_ERROR, error) of delayimp.h. */
  RaiseException(0xc0000000 | 0x6d << 16 | error, 0, 0, NULL);
}

/* A call of a delayed import, as the linker's helper makes it: it keeps the handle, calls LoadLibrary and GetProcAddress, or raises an
 * exception (Microsoft, Understand the delay load helper function; Error handling and notification). */
static void call_delayed(unsigned index, const WCHAR *file, const WCHAR *symbol) {
  static struct { const WCHAR *file; HMODULE module; } loaded[MAX_DELAYED];
  static unsigned count;
  static char narrow[512];
  unsigned at = 0;
  while (at < count && lstrcmpiW(loaded[at].file, file)) at++;
  if (at == count) {
    WideCharToMultiByte(CP_ACP, 0, file, -1, narrow, sizeof narrow, NULL, NULL);
    const HMODULE module = LoadLibraryExA(narrow, NULL, 0);
    if (!module) raise(ERROR_MOD_NOT_FOUND);
    loaded[at].file = file;
    loaded[at].module = module;
    count++;
  }
  WideCharToMultiByte(CP_ACP, 0, symbol, -1, narrow, sizeof narrow, NULL, NULL);
  const which_function function = (which_function)(void *)GetProcAddress(loaded[at].module, narrow);
  if (!function) raise(ERROR_PROC_NOT_FOUND);
  tell_call(index, function());
}
