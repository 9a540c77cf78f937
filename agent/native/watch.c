/* Which functions of the system the DLLs call that are no builtins of Wine: while Microsoft's code is recorded, Wine answers
 * what it asks. Their imports lead through stubs that count. The loader tells of a DLL before its DllMain runs, so nothing is
 * called before; what a DLL asks GetProcAddress for is counted too.
 */
#include "agent.h"
#include "text.h"

#include <string.h>

#define STUB_BYTES 32
#define STUBS_BYTES 0x10000
#define BUILTIN_MARK "Wine builtin DLL" /* behind the DOS header of a builtin (Wine's tools/winebuild/spec32.c) */
#define CODE (PAGE_EXECUTE | PAGE_EXECUTE_READ | PAGE_EXECUTE_READWRITE | PAGE_EXECUTE_WRITECOPY)

/* The record of a function by its name: processes of one session share them. The last one is for all for which there is no room. */
static int32_t record_of(const char *name) {
  uint8_t *table = share + WATCHED_TABLE;
  for (int32_t i = 0;; i++) {
    const int is_last = i == WATCHED_COUNT - 1;
    char *known = (char *)table + i * WATCHED_BYTES + WATCHED_NAME;
    if (!*known) strncpy(known, is_last ? "(others)" : name, WATCHED_NAME_BYTES - 1);
    if (is_last || !strncmp(known, name, WATCHED_NAME_BYTES - 1)) return i;
  }
}

/* Room for one more stub. They are not given back: whoever has been unloaded may still be called. */
static uint8_t *new_stub(void) {
  static uint8_t *block, *end;
  if (block == end) {
    block = VirtualAlloc(NULL, STUBS_BYTES, MEM_COMMIT | MEM_RESERVE, PAGE_EXECUTE_READWRITE);
    end = block ? block + STUBS_BYTES : NULL;
  }
  uint8_t *stub = block;
  if (block) block += STUB_BYTES;
  return stub;
}

/* Counts, and jumps on: the stack and all registers but r11 and the flags are the caller's, and nothing of it is on the stack. */
static uint8_t *stub_of(int32_t record, uintptr_t function) {
  uint8_t *stub = new_stub(), *to = stub;
  if (!stub) return NULL;
  const uintptr_t calls = (uintptr_t)share + WATCHED_TABLE + record * WATCHED_BYTES + WATCHED_CALLS;
#ifdef __i386__
  memcpy(to, "\xf0\xff\x05", 3); /* lock inc dword [calls] */
  memcpy(to + 3, &calls, 4);
  const uint32_t distance = function - (uintptr_t)(to + 12);
  to[7] = 0xe9; /* jmp function */
  memcpy(to + 8, &distance, 4);
#else
  memcpy(to, "\x49\xbb", 2); /* mov r11, calls */
  memcpy(to + 2, &calls, 8);
  memcpy(to + 10, "\xf0\x41\xff\x03\x49\xbb", 6); /* lock inc dword [r11]; mov r11, function */
  memcpy(to + 16, &function, 8);
  memcpy(to + 24, "\x41\xff\xe3", 3); /* jmp r11 */
#endif
  return stub;
}

static int is_builtin(const uint8_t *module) {
  return !memcmp(module + sizeof(IMAGE_DOS_HEADER), BUILTIN_MARK, sizeof BUILTIN_MARK - 1);
}

/* Whether an address is a function of a builtin. Variables are imported too, and other DLLs of Microsoft's are watched themselves. */
static int is_of_system(uintptr_t address) {
  MEMORY_BASIC_INFORMATION memory;
  return VirtualQuery((const void *)address, &memory, sizeof memory) && memory.Type == MEM_IMAGE && memory.Protect & CODE &&
         is_builtin(memory.AllocationBase);
}

/* The name of a DLL without its folder, in the letters of its own. */
static void name_of_module(HMODULE module, char *name, uint32_t room) {
  struct module found;
  uint32_t from = 0, length = 0;
  if (module_at((uintptr_t)module, &found))
    for (uint32_t i = 0; found.name[i]; i++)
      if (found.name[i] == '\\') from = i + 1;
  for (; length < room - 1 && found.name[from + length]; length++) name[length] = (char)found.name[from + length];
  name[length] = 0;
}

/* "dll!name", or "dll!#ordinal" without one. */
static void name_function(char full[WATCHED_NAME_BYTES], const char *dll, const char *name, uint32_t ordinal) {
  const char *end = full + WATCHED_NAME_BYTES - 1;
  char *to = text_put(full, end, dll);
  to = text_put(to, end, name ? "!" : "!#");
  *(name ? text_put(to, end, name) : text_put_number(to, end, ordinal)) = 0;
}

static ENTRY FARPROC WINAPI watched_get_proc_address(HMODULE module, LPCSTR name) {
  const FARPROC function = GetProcAddress(module, name);
  char dll[64], full[WATCHED_NAME_BYTES];
  const DWORD error = GetLastError();
  uint8_t *stub = NULL;
  if (function && is_of_system((uintptr_t)function)) {
    name_of_module(module, dll, sizeof dll);
    name_function(full, dll, (uintptr_t)name >> 16 ? name : NULL, (uint32_t)(uintptr_t)name);
    stub = stub_of(record_of(full), (uintptr_t)function);
  }
  SetLastError(error);
  return stub ? (FARPROC)(uintptr_t)stub : function;
}

static uintptr_t watched(const char *dll, const uint8_t *base, uintptr_t lookup, uintptr_t function) {
  char full[WATCHED_NAME_BYTES];
  const int has_name = (intptr_t)lookup >= 0;
  const char *name = (const char *)((const IMAGE_IMPORT_BY_NAME *)(base + lookup))->Name;
  if (!is_of_system(function)) return function;
  name_function(full, dll, has_name ? name : NULL, lookup & 0xffff);
  if (has_name && !strcmp(name, "GetProcAddress")) function = (uintptr_t)watched_get_proc_address;
  uint8_t *stub = stub_of(record_of(full), function);
  return stub ? (uintptr_t)stub : function;
}

/* A DLL has come, its imports are bound, and none of its code has run. */
void watch_imports(uint8_t *base) {
  if (!WORD32(HEADER_WATCHES_SYSTEM) || is_builtin(base)) return;
  const IMAGE_NT_HEADERS *headers = (const IMAGE_NT_HEADERS *)(base + ((const IMAGE_DOS_HEADER *)base)->e_lfanew);
  const IMAGE_DATA_DIRECTORY *directory = &headers->OptionalHeader.DataDirectory[IMAGE_DIRECTORY_ENTRY_IMPORT];
  if (!directory->VirtualAddress || !directory->Size) return;
  const IMAGE_IMPORT_DESCRIPTOR *import = (const IMAGE_IMPORT_DESCRIPTOR *)(base + directory->VirtualAddress);
  for (; import->Name && import->FirstThunk; import++) {
    if (!import->OriginalFirstThunk) continue; /* Without it the names are gone once the imports are bound. */
    const uintptr_t *lookup = (const uintptr_t *)(base + import->OriginalFirstThunk);
    uintptr_t *slot = (uintptr_t *)(base + import->FirstThunk);
    for (; *lookup; lookup++, slot++) {
      DWORD before;
      const uintptr_t to = watched((const char *)base + import->Name, base, *lookup, *slot);
      if (to == *slot || !VirtualProtect(slot, sizeof *slot, PAGE_READWRITE, &before)) continue;
      *slot = to;
      VirtualProtect(slot, sizeof *slot, before, &before);
    }
  }
}
