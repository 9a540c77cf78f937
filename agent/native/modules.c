/* Which module an address lies in, and what it is called. A table of our own, kept by the loader's notifications: asking
 * the loader takes its lock, which a thread that hangs or has crashed may hold for ever, and costs microseconds. */
#include "agent.h"

#include <psapi.h>
#include <string.h>
#include <winternl.h>

#define MAX_MODULES 1024

static struct module modules[MAX_MODULES];
static int32_t count;
static uintptr_t ntdll, kernelbase, kernel32;
static SRWLOCK lock = SRWLOCK_INIT;

struct notification {
  ULONG flags;
  const UNICODE_STRING *path;
  const UNICODE_STRING *name;
  void *base;
  ULONG bytes;
};
typedef VOID(CALLBACK *notified)(ULONG reason, const struct notification *data, void *context);
NTSTATUS NTAPI LdrRegisterDllNotification(ULONG flags, notified notify, void *context, void **cookie);
enum { LOADED = 1, UNLOADED = 2 };

/* With the lock held. Returns the index, or -1. */
static int32_t find(uintptr_t address) {
  for (int32_t i = 0; i < count; i++)
    if (address - modules[i].base < modules[i].bytes) return i;
  return -1;
}

static int is_win32u(const WCHAR *path, uint32_t length) {
  static const WCHAR name[] = L"\\win32u.dll";
  const uint32_t characters = sizeof name / sizeof *name - 1;
  if (length < characters) return 0;
  for (uint32_t i = 0; i < characters; i++) {
    const WCHAR each = path[length - characters + i];
    if (name[i] != (each >= 'A' && each <= 'Z' ? each + ('a' - 'A') : each)) return 0;
  }
  return 1;
}

/* With the lock held. The end of a path tells more than its beginning. */
static void add(uintptr_t base, uintptr_t bytes, const WCHAR *path, uint32_t length) {
  if (find(base) >= 0 || count == MAX_MODULES) return;
  struct module *module = &modules[count++];
  const uint32_t room = FAULT_MODULE_NAME_CHARACTERS - 1;
  const uint32_t from = length > room ? length - room : 0;
  module->base = base;
  module->bytes = bytes;
  module->is_ntdll = base == ntdll;
  module->is_system = base == ntdll || base == kernelbase || base == kernel32;
  module->enters_system = base == ntdll || is_win32u(path, length);
  memset(module->name, 0, sizeof module->name);
  memcpy(module->name, path + from, (length - from) * sizeof *path);
}

static ENTRY VOID CALLBACK on_notification(ULONG reason, const struct notification *data, void *context) {
  (void)context;
  AcquireSRWLockExclusive(&lock);
  if (reason == LOADED) {
    add((uintptr_t)data->base, data->bytes, data->path->Buffer, data->path->Length / sizeof(WCHAR));
  } else if (reason == UNLOADED) {
    const int32_t index = find((uintptr_t)data->base);
    if (index >= 0) modules[index] = modules[--count];
  }
  ReleaseSRWLockExclusive(&lock);
  if (reason == LOADED) watch_imports(data->base);
}

static uintptr_t bytes_of(uintptr_t base) {
  const IMAGE_NT_HEADERS *headers = (const IMAGE_NT_HEADERS *)(base + ((const IMAGE_DOS_HEADER *)base)->e_lfanew);
  return headers->OptionalHeader.SizeOfImage;
}

void modules_watch(void) {
  static HMODULE present[MAX_MODULES];
  DWORD bytes = 0;
  void *cookie;
  ntdll = (uintptr_t)GetModuleHandleW(L"ntdll.dll");
  kernelbase = (uintptr_t)GetModuleHandleW(L"kernelbase.dll");
  kernel32 = (uintptr_t)GetModuleHandleW(L"kernel32.dll");
  LdrRegisterDllNotification(0, on_notification, NULL, &cookie);
  if (!K32EnumProcessModules(GetCurrentProcess(), present, sizeof present, &bytes)) return;
  for (DWORD i = 0; i < bytes / sizeof *present && i < MAX_MODULES; i++) {
    WCHAR path[MAX_PATH];
    const DWORD length = GetModuleFileNameW(present[i], path, MAX_PATH);
    AcquireSRWLockExclusive(&lock);
    add((uintptr_t)present[i], bytes_of((uintptr_t)present[i]), path, length < MAX_PATH ? length : MAX_PATH - 1);
    ReleaseSRWLockExclusive(&lock);
  }
}

/* Copies what is known of the module at `address`. Returns 0 when there is none. */
int module_at(uintptr_t address, struct module *copy) {
  AcquireSRWLockShared(&lock);
  const int32_t index = find(address);
  if (index >= 0) *copy = modules[index];
  ReleaseSRWLockShared(&lock);
  return index >= 0;
}
