// A DLL that gets the function for the service control manager from GetProcAddress, as plug-ins and runtimes of other languages do.
#include <windows.h>

typedef SC_HANDLE(WINAPI *open_manager)(const WCHAR *machine, const WCHAR *database, DWORD access);
typedef BOOL(WINAPI *close_handle)(SC_HANDLE handle);

__declspec(dllexport) int ask_services_by_name(void) {
  const HMODULE module = LoadLibraryA("advapi32.dll");
  const open_manager open = (open_manager)(void *)GetProcAddress(module, "OpenSCManagerW");
  const SC_HANDLE manager = open ? open(NULL, NULL, SC_MANAGER_CONNECT) : NULL;
  if (!manager) return 0;
  const close_handle close = (close_handle)(void *)GetProcAddress(module, "CloseServiceHandle");
  if (close) close(manager);
  return 1;
}
