// What importing.dll imports.
#include <windows.h>

#define EXPORT __declspec(dllexport)

EXPORT int imported_sum(int a, int b) { return a + b; }

// Where this very DLL was loaded from.
EXPORT const wchar_t *imported_path(void) {
  static wchar_t path[MAX_PATH];
  HMODULE self = NULL;
  GetModuleHandleExW(GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS | GET_MODULE_HANDLE_EX_FLAG_UNCHANGED_REFCOUNT,
                     (const wchar_t *)(void *)imported_path, &self);
  GetModuleFileNameW(self, path, MAX_PATH);
  return path;
}
