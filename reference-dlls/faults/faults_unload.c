// Unloads itself during a call. A DLL of its own, since nothing of it is left.
#include "kind.h"

KIND(free_own_library) {
  HMODULE self = NULL;
  const DWORD how = GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS | GET_MODULE_HANDLE_EX_FLAG_UNCHANGED_REFCOUNT;
  GetModuleHandleExW(how, (const wchar_t *)(void *)free_own_library, &self);
  for (int i = 0; i < 100 && self; i++) FreeLibrary(self);
  return DONE;
}
