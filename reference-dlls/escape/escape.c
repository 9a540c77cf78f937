// Attempts to reach what lies outside, each on request and each within a bound. Errors are the negative of Windows's codes.
#include <winsock2.h>
#include <windows.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#define EXPORT __declspec(dllexport)

static int64_t failed(void) {
  const DWORD error = GetLastError();
  return error ? -(int64_t)error : -1;
}

// Files.

// Bytes that were read.
EXPORT int64_t read_file(const wchar_t *path, char *bytes, unsigned n) {
  const HANDLE file = CreateFileW(path, GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_WRITE, NULL, OPEN_EXISTING, 0, NULL);
  if (file == INVALID_HANDLE_VALUE) return failed();
  DWORD read = 0;
  const int64_t result = ReadFile(file, bytes, n, &read, NULL) ? (int64_t)read : failed();
  CloseHandle(file);
  return result;
}

// Entries that a pattern such as C:\* finds.
EXPORT int64_t list_folder(const wchar_t *pattern) {
  WIN32_FIND_DATAW entry;
  const HANDLE search = FindFirstFileW(pattern, &entry);
  if (search == INVALID_HANDLE_VALUE) return failed();
  int64_t entries = 0;
  do entries++;
  while (FindNextFileW(search, &entry));
  FindClose(search);
  return entries;
}

// `how`: CREATE_NEW 1, CREATE_ALWAYS 2, OPEN_EXISTING 3, OPEN_ALWAYS 4. A negative offset is one from the end of the file.
EXPORT int64_t write_file(const wchar_t *path, unsigned how, int64_t offset, const char *bytes, unsigned n) {
  const HANDLE file = CreateFileW(path, GENERIC_WRITE, FILE_SHARE_READ | FILE_SHARE_WRITE, NULL, how, 0, NULL);
  if (file == INVALID_HANDLE_VALUE) return failed();
  LARGE_INTEGER at;
  DWORD written = 0;
  at.QuadPart = offset < 0 ? offset + 1 : offset;
  SetFilePointerEx(file, at, NULL, offset < 0 ? FILE_END : FILE_BEGIN);
  const int64_t result = WriteFile(file, bytes, n, &written, NULL) ? (int64_t)written : failed();
  CloseHandle(file);
  return result;
}

EXPORT int64_t delete_file(const wchar_t *path) { return DeleteFileW(path) ? 0 : failed(); }
EXPORT int64_t make_folder(const wchar_t *path) { return CreateDirectoryW(path, NULL) ? 0 : failed(); }

// The environment and the network.

EXPORT int64_t read_variable(const wchar_t *name, wchar_t *text, unsigned n) {
  SetLastError(0);
  const DWORD length = GetEnvironmentVariableW(name, text, n);
  return length ? (int64_t)length : failed();
}

typedef int WSAAPI startup(WORD, WSADATA *);
typedef SOCKET WSAAPI create(int, int, int);
typedef int WSAAPI link_up(SOCKET, const struct sockaddr *, int);
typedef int WSAAPI close_down(SOCKET);

// 0 when something listens there and lets us in. The bytes of the address are in the order of the network: 0x0100007f.
EXPORT int64_t connect_to(uint32_t address, unsigned port) {
  WSADATA data;
  // Looked up, because nothing else of the DLL needs it.
  const HMODULE sockets = LoadLibraryW(L"ws2_32.dll");
  if (!sockets) return failed();
  if (((startup *)(void *)GetProcAddress(sockets, "WSAStartup"))(MAKEWORD(2, 2), &data) != 0) return failed();
  const SOCKET one = ((create *)(void *)GetProcAddress(sockets, "socket"))(AF_INET, SOCK_STREAM, IPPROTO_TCP);
  if (one == INVALID_SOCKET) return failed();
  struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = (u_short)(port >> 8 | port << 8)};
  to.sin_addr.s_addr = address;
  const int refused = ((link_up *)(void *)GetProcAddress(sockets, "connect"))(one, (struct sockaddr *)&to, sizeof to);
  const int64_t result = refused ? failed() : 0;
  ((close_down *)(void *)GetProcAddress(sockets, "closesocket"))(one);
  return result;
}

// Processes.

static int start(const wchar_t *program, const wchar_t *command, PROCESS_INFORMATION *started) {
  STARTUPINFOW how = {.cb = sizeof how};
  wchar_t line[1024];
  wcsncpy(line, command, 1023);
  line[1023] = 0;
  return CreateProcessW(program, line, NULL, NULL, FALSE, 0, NULL, NULL, &how, started);
}

// Starts a program and does not wait for it. Its id, or 0 for one that is none of Windows.
EXPORT int64_t start_program(const wchar_t *program, const wchar_t *command) {
  PROCESS_INFORMATION started = {0};
  if (!start(program, command, &started)) return failed();
  if (started.hThread) CloseHandle(started.hThread);
  if (started.hProcess) CloseHandle(started.hProcess);
  return (int64_t)started.dwProcessId;
}

// How many of at most `n` could be started.
EXPORT int start_programs(const wchar_t *program, const wchar_t *command, int n) {
  int count = 0;
  while (count < n && start_program(program, command) >= 0) count++;
  return count;
}

// What a child process does: `rundll32 escape.dll,stay`. It never returns to a caller that may have another convention.
EXPORT void stay(void) {
  Sleep(60000);
  ExitProcess(0);
}

// How many of the other processes with ids up to `last` could be ended.
EXPORT int end_others(unsigned last) {
  int ended = 0;
  for (DWORD id = 1; id <= last; id++) {
    if ((id & ~3u) == (GetCurrentProcessId() & ~3u)) continue;
    const HANDLE process = OpenProcess(PROCESS_TERMINATE, FALSE, id);
    if (!process) continue;
    if (TerminateProcess(process, 99)) ended++;
    CloseHandle(process);
  }
  return ended;
}

// Resources.

static DWORD WINAPI sleep_on(void *unused) {
  (void)unused;
  Sleep(INFINITE);
  return 0;
}

// How many of at most `n` threads could be started. They stay.
EXPORT int start_threads(int n) {
  for (int count = 0; count < n; count++) {
    const HANDLE thread = CreateThread(NULL, 65536, sleep_on, NULL, STACK_SIZE_PARAM_IS_A_RESERVATION, NULL);
    if (!thread) return count;
    CloseHandle(thread);
  }
  return n;
}

// How many of at most `limit` bytes the disk takes, which it keeps.
EXPORT int64_t fill_disk(const wchar_t *path, int64_t limit) {
  static char chunk[1 << 20];
  memset(chunk, 'x', sizeof chunk);
  const HANDLE file = CreateFileW(path, GENERIC_WRITE, 0, NULL, CREATE_ALWAYS, 0, NULL);
  if (file == INVALID_HANDLE_VALUE) return failed();
  int64_t bytes = 0;
  DWORD written = 0;
  while (bytes < limit && WriteFile(file, chunk, sizeof chunk, &written, NULL) && written == sizeof chunk) bytes += written;
  CloseHandle(file);
  return bytes;
}

// How many of at most `limit` bytes of memory can be had and used. They are given back.
EXPORT int64_t take_memory(int64_t limit) {
  enum { CHUNK = 16 << 20, MOST = 1024 };
  static char *chunks[MOST];
  int count = 0;
  for (; count < MOST && (int64_t)count * CHUNK < limit; count++) {
    chunks[count] = VirtualAlloc(NULL, CHUNK, MEM_COMMIT | MEM_RESERVE, PAGE_READWRITE);
    if (!chunks[count]) break;
    for (size_t at = 0; at < CHUNK; at += 4096) chunks[count][at] = 1;
  }
  for (int i = 0; i < count; i++) VirtualFree(chunks[i], 0, MEM_RELEASE);
  return (int64_t)count * CHUNK;
}

// How many of at most `n` files can be open at once. They are closed again.
EXPORT int open_files(const wchar_t *path, int n) {
  HANDLE *files = malloc((size_t)n * sizeof *files);
  if (!files) return -1;
  int count = 0;
  for (; count < n; count++) {
    files[count] = CreateFileW(path, GENERIC_READ, FILE_SHARE_READ, NULL, OPEN_EXISTING, 0, NULL);
    if (files[count] == INVALID_HANDLE_VALUE) break;
  }
  for (int i = 0; i < count; i++) CloseHandle(files[i]);
  free(files);
  return count;
}
