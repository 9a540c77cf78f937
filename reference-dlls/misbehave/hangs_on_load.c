// A DLL whose DllMain never returns.
#include <windows.h>

BOOL WINAPI DllMain(HINSTANCE module, DWORD reason, void *reserved) {
  (void)module;
  (void)reserved;
  if (reason == DLL_PROCESS_ATTACH) Sleep(INFINITE);
  return TRUE;
}

__declspec(dllexport) int one(void) { return 1; }
