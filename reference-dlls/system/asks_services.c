// A DLL that asks for the service control manager by an import of its own, and says no word of what it was told. (asks_by_name.c asks
// GetProcAddress.)
#include <windows.h>

__declspec(dllexport) int ask_services(int in_earnest) {
  if (!in_earnest) return 0;
  SC_HANDLE manager = OpenSCManagerW(NULL, NULL, SC_MANAGER_CONNECT);
  if (manager) CloseServiceHandle(manager);
  return manager != NULL;
}
