// A DLL whose DllMain reports failure.
#include <windows.h>

BOOL WINAPI DllMain(HINSTANCE module, DWORD reason, void *reserved) {
  (void)module;
  (void)reserved;
  return reason != DLL_PROCESS_ATTACH;
}

__declspec(dllexport) int one(void) { return 1; }
