// What programs of Windows ordinarily do, and Wine asks Linux for in ways of its own. Each returns 1, or the negative line where it failed.
#include <winsock2.h>
#include <windows.h>
#include <tlhelp32.h>
#include <stdint.h>
#include <string.h>

#define EXPORT __declspec(dllexport)
#define NEED(condition) \
  if (!(condition)) { \
    result = -__LINE__; \
    goto end; \
  }

static int start(PROCESS_INFORMATION *child, DWORD flags) {
  wchar_t command[] = L"rundll32.exe";
  STARTUPINFOW info = {.cb = sizeof info};
  return CreateProcessW(L"C:\\windows\\system32\\rundll32.exe", command, NULL, NULL, FALSE, flags, NULL, NULL, &info, child);
}

static void stop(PROCESS_INFORMATION *child) {
  if (child->hProcess) {
    TerminateProcess(child->hProcess, 0);
    WaitForSingleObject(child->hProcess, 5000);
    CloseHandle(child->hProcess);
    CloseHandle(child->hThread);
  }
}

/* Reads, writes and protects the memory of another process. */
EXPORT int child_memory(void) {
  PROCESS_INFORMATION child = {0};
  MEMORY_BASIC_INFORMATION region;
  const char text[] = "written from outside";
  char back[sizeof text] = {0};
  SIZE_T done = 0;
  DWORD old = 0;
  int result = 1;
  NEED(start(&child, CREATE_SUSPENDED));
  void *const place = VirtualAllocEx(child.hProcess, NULL, 65536, MEM_COMMIT | MEM_RESERVE, PAGE_READWRITE);
  NEED(place);
  NEED(WriteProcessMemory(child.hProcess, place, text, sizeof text, &done) && done == sizeof text);
  NEED(ReadProcessMemory(child.hProcess, place, back, sizeof back, &done) && done == sizeof back);
  NEED(memcmp(text, back, sizeof text) == 0);
  NEED(VirtualProtectEx(child.hProcess, place, 4096, PAGE_EXECUTE_READ, &old) && old == PAGE_READWRITE);
  NEED(VirtualQueryEx(child.hProcess, place, &region, sizeof region) && region.RegionSize == 4096);
end:
  stop(&child);
  return result;
}

/* Registers of a thread of another process, those for debuggers too. */
EXPORT int child_registers(void) {
  PROCESS_INFORMATION child = {0};
  CONTEXT context = {.ContextFlags = CONTEXT_FULL | CONTEXT_DEBUG_REGISTERS};
  int result = 1;
  NEED(start(&child, CREATE_SUSPENDED));
  NEED(GetThreadContext(child.hThread, &context));
  context.ContextFlags = CONTEXT_DEBUG_REGISTERS;
  context.Dr0 = 0x10000;
  context.Dr7 = 1;
  NEED(SetThreadContext(child.hThread, &context));
  context.Dr0 = 0;
  NEED(GetThreadContext(child.hThread, &context) && context.Dr0 == 0x10000);
end:
  stop(&child);
  return result;
}

/* A thread in another process, and one's own suspended and looked at. */
EXPORT int remote_thread(void) {
  PROCESS_INFORMATION child = {0};
  DWORD code = 0;
  int result = 1;
  NEED(start(&child, CREATE_SUSPENDED));
  const HANDLE thread = CreateRemoteThread(child.hProcess, NULL, 0, (LPTHREAD_START_ROUTINE)(void *)GetProcAddress(GetModuleHandleA("kernel32"), "Sleep"), (void *)1, 0, NULL);
  NEED(thread);
  NEED(WaitForSingleObject(thread, 5000) == WAIT_OBJECT_0);
  NEED(GetExitCodeThread(thread, &code) && code != STILL_ACTIVE);
end:
  stop(&child);
  return result;
}

static DWORD WINAPI wait_a_while(void *event) { return WaitForSingleObject(event, 10000); }

EXPORT int own_thread(void) {
  const HANDLE event = CreateEventW(NULL, TRUE, FALSE, NULL);
  const HANDLE thread = CreateThread(NULL, 0, wait_a_while, event, 0, NULL);
  CONTEXT context = {.ContextFlags = CONTEXT_FULL};
  DWORD code = 1;
  int result = 1;
  NEED(thread && SuspendThread(thread) != (DWORD)-1);
  NEED(GetThreadContext(thread, &context));
  NEED(ResumeThread(thread) == 1);
  SetEvent(event);
  NEED(WaitForSingleObject(thread, 5000) == WAIT_OBJECT_0 && GetExitCodeThread(thread, &code) && code == 0);
end:
  return result;
}

/* A process under a debugger, to its end. */
EXPORT int debug_child(void) {
  PROCESS_INFORMATION child = {0};
  DEBUG_EVENT event;
  int result = 1, modules = 0, broke = 0;
  NEED(start(&child, DEBUG_ONLY_THIS_PROCESS));
  for (;;) {
    NEED(WaitForDebugEvent(&event, 10000));
    if (event.dwDebugEventCode == EXIT_PROCESS_DEBUG_EVENT) break;
    if (event.dwDebugEventCode == LOAD_DLL_DEBUG_EVENT) modules++;
    if (event.dwDebugEventCode == EXCEPTION_DEBUG_EVENT) broke++;
    ContinueDebugEvent(event.dwProcessId, event.dwThreadId, DBG_CONTINUE);
  }
  ContinueDebugEvent(event.dwProcessId, event.dwThreadId, DBG_CONTINUE);
  NEED(modules > 0 && broke > 0);
end:
  stop(&child);
  return result;
}

/* Processes, threads and modules that there are. */
EXPORT int snapshot(void) {
  const HANDLE all = CreateToolhelp32Snapshot(TH32CS_SNAPALL, 0);
  PROCESSENTRY32W process = {.dwSize = sizeof process};
  MODULEENTRY32W module = {.dwSize = sizeof module};
  int result = 1;
  NEED(all != INVALID_HANDLE_VALUE && Process32FirstW(all, &process) && Module32FirstW(all, &module));
end:
  return result;
}

/* The functions of ws2_32 are looked up: the DLL is to load without it. */
static FARPROC of(const char *dll, const char *name) { return GetProcAddress(LoadLibraryA(dll), name); }
#define FUNCTION(dll, type, name, ...) type(WINAPI *const name##_)(__VA_ARGS__) = (type(WINAPI *)(__VA_ARGS__))(void *)of(dll, #name)

/* A connection to oneself. `family`: AF_INET 2, AF_INET6 23. */
EXPORT int loopback(int family, int kind) {
  FUNCTION("ws2_32", int, WSAStartup, WORD, WSADATA *);
  FUNCTION("ws2_32", SOCKET, socket, int, int, int);
  FUNCTION("ws2_32", int, bind, SOCKET, const struct sockaddr *, int);
  FUNCTION("ws2_32", int, getsockname, SOCKET, struct sockaddr *, int *);
  FUNCTION("ws2_32", int, listen, SOCKET, int);
  FUNCTION("ws2_32", int, connect, SOCKET, const struct sockaddr *, int);
  FUNCTION("ws2_32", int, send, SOCKET, const char *, int, int);
  FUNCTION("ws2_32", int, recv, SOCKET, char *, int, int);
  FUNCTION("ws2_32", SOCKET, accept, SOCKET, struct sockaddr *, int *);
  WSADATA data;
  uint8_t address[28] = {(uint8_t)family};
  int bytes = family == AF_INET ? 16 : 28, result = 1;
  char letter = 0;
  if (family == AF_INET) memcpy(address + 4, "\x7f\0\0\1", 4);
  else address[23] = 1;
  NEED(WSAStartup_(0x202, &data) == 0);
  const SOCKET server = socket_(family, kind, 0), client = socket_(family, kind, 0);
  NEED(server != INVALID_SOCKET && client != INVALID_SOCKET);
  NEED(bind_(server, (struct sockaddr *)address, bytes) == 0 && getsockname_(server, (struct sockaddr *)address, &bytes) == 0);
  if (kind == SOCK_STREAM) NEED(listen_(server, 1) == 0);
  NEED(connect_(client, (struct sockaddr *)address, bytes) == 0);
  const SOCKET other = kind == SOCK_STREAM ? accept_(server, NULL, NULL) : server;
  NEED(send_(client, "x", 1, 0) == 1 && recv_(other, &letter, 1, 0) == 1 && letter == 'x');
end:
  return result;
}

/* Interfaces that iphlpapi knows of: its error, or 0. */
EXPORT int network_tables(void) {
  FUNCTION("iphlpapi", DWORD, GetAdaptersAddresses, ULONG, ULONG, void *, void *, ULONG *);
  static char bytes[65536];
  ULONG size = sizeof bytes;
  return (int)GetAdaptersAddresses_(0, 0, NULL, bytes, &size);
}

/* State of the service control manager: services that there are, or the negative error. */
EXPORT int services(void) {
  FUNCTION("advapi32", SC_HANDLE, OpenSCManagerW, const wchar_t *, const wchar_t *, DWORD);
  return OpenSCManagerW_(NULL, NULL, SC_MANAGER_CONNECT) ? 1 : -(int)GetLastError();
}
