// Asks the system: through its imports, through what GetProcAddress gave it when it was loaded and later, and not at all.
#include <stdint.h>
#include <windows.h>

#define EXPORT __declspec(dllexport)

static UINT(WINAPI *early_code_page)(void);

BOOL WINAPI DllMain(HINSTANCE instance, DWORD reason, void *reserved) {
  (void)instance;
  (void)reserved;
  if (reason == DLL_PROCESS_ATTACH) early_code_page = (UINT(WINAPI *)(void))(void *)GetProcAddress(GetModuleHandleA("kernel32.dll"), "GetOEMCP");
  return TRUE;
}

EXPORT int twice(int value) { return 2 * value; }
// Asks only where the value is negative.
EXPORT int twice_or_code_page(int value) { return value < 0 ? (int)GetACP() : 2 * value; }
EXPORT int own_memory(int value) {
  int *memory = HeapAlloc(GetProcessHeap(), 0, sizeof *memory);
  if (!memory) return -1;
  *memory = value;
  const int kept = *memory;
  HeapFree(GetProcessHeap(), 0, memory);
  return kept;
}
EXPORT unsigned code_page(void) { return GetACP(); }
EXPORT unsigned code_page_found_early(void) { return early_code_page(); }
EXPORT unsigned code_page_found_late(void) {
  UINT(WINAPI * find)(void) = (UINT(WINAPI *)(void))(void *)GetProcAddress(GetModuleHandleA("kernel32.dll"), "GetConsoleCP");
  return find();
}
EXPORT void end_after_code_page(void) { TerminateProcess(GetCurrentProcess(), 7 + (GetACP() == 1)); }

// Says where its argument lies.
EXPORT uint32_t low_address(const int *numbers) { return (uint32_t)(uintptr_t)numbers; }
// Every call gives another number.
EXPORT int count_up(void) {
  static int count;
  return ++count;
}
