/* A DLL of a search-order scenario. It says which one it is; the host writes that into it, and what else it is to do, at the
 * places that the table below names. One file serves for all: a compiler is not needed where scenarios are run. */
#include "marker.h"

enum { SUCCEEDS, FAILS, LOADS };

struct task {
  DWORD dll_main;
  DWORD imports;
  WCHAR loads[262];
};

/* Volatile: what the compiler sees here is not what will be there. */
__attribute__((used, aligned(16))) struct marker marker __asm__("marker") = { MAGIC, "" };
__attribute__((used, section(".data"))) volatile struct task task __asm__("task") = { SUCCEEDS, 0, L"" };
static HMODULE loaded;
static DWORD load_error;

/* Where the host writes, as addresses relative to the image. probe.c has the same, without the last three. */
__asm__(".section .rdata, \"dr\"\n"
        "  .balign 16\n"
        "  .asciz \"dllparity places\"\n"
        "  .balign 4\n"
        "  .rva wanted_file, wanted_second_name, wanted_second_address, task, marker, which_slot, forward\n"
        ".text\n");

/* The host lets `which` name the forwarder instead of the function. */
__asm__(".section .edata, \"dr\"\n"
        "  .long 0, 0, 0\n  .rva file_name\n  .long 1, 4, 4\n  .rva slots, names, ordinals\n"
        "slots:\n  .rva call_import, get_dependency, get_marker\n"
        "which_slot:\n  .rva which\n"
        "names:\n  .rva name_call, name_dependency, name_marker, name_which\n"
        "ordinals:\n  .short 0, 1, 2, 3\n"
        "name_call:\n  .asciz \"dllparity_call\"\n"
        "name_dependency:\n  .asciz \"dllparity_dependency\"\n"
        "name_marker:\n  .asciz \"dllparity_marker\"\n"
        "name_which:\n  .asciz \"which\"\n"
        "file_name:\n  .asciz \"variant.dll\"\n"
        "forward:\n  .space 280\n"
        ".text\n");

__attribute__((used)) const char *which(void) __asm__("which");
const char *which(void) { return marker.variant; }

__attribute__((used)) const struct marker *get_marker(void) __asm__("get_marker");
const struct marker *get_marker(void) { return &marker; }

/* An address in the DLL that this one imports or loads; none and no error when it does neither. */
__attribute__((used)) void get_dependency(const void **inside, DWORD *error) __asm__("get_dependency");
void get_dependency(const void **inside, DWORD *error) {
  *inside = task.imports ? *(const void *volatile *)wanted_addresses : loaded;
  *error = load_error;
}

/* Calls what this DLL imports, through its own table: `which`, or the symbol that no variant has. NULL when it imports none such. */
__attribute__((used)) const char *call_import(DWORD missing) __asm__("call_import");
const char *call_import(DWORD missing) { return task.imports ? call_slot(missing) : NULL; }

BOOL WINAPI entry(HINSTANCE instance, DWORD reason, void *reserved) __asm__("entry");
BOOL WINAPI entry(HINSTANCE instance, DWORD reason, void *reserved) {
  (void)instance, (void)reserved;
  if (reason != DLL_PROCESS_ATTACH) return TRUE;
  if (task.dll_main == FAILS) return FALSE;
  if (task.dll_main == LOADS) {
    loaded = LoadLibraryW((const WCHAR *)task.loads);
    load_error = loaded ? 0 : GetLastError();
  }
  return TRUE;
}
