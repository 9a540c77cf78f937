/* What variant.c and probe.c share. Neither has a C runtime: kernel32 is the only DLL that a scenario sees beside its own. */
#pragma once

#define WIN32_LEAN_AND_MEAN
#define _WIN32_WINNT 0x0602
#include <windows.h>

/* Lies at a multiple of 16, in the file as in memory, so that it is found in any mapping of a DLL. */
#define MAGIC "dllparity variant 1\n"
struct marker {
  char magic[24];
  /* UTF-8. */
  char variant[104];
};

/* Exports of a variant beside `which`. */
typedef const struct marker *(*marker_function)(void);
typedef void (*dependency_function)(const void **inside, DWORD *error);
typedef const char *(*call_function)(DWORD missing);
typedef const char *(*which_function)(void);

#ifdef _WIN64
#define THUNK(symbol) "  .rva " symbol "\n  .long 0\n"
#define NO_THUNK "  .quad 0\n"
#define ADDRESS ".quad "
#else
#define THUNK(symbol) "  .rva " symbol "\n"
#define NO_THUNK "  .long 0\n"
#define ADDRESS ".long "
#endif

/* An import of `which` from a DLL whose name the host writes, or which it takes out. */
__asm__(".section .idata$2, \"w\"\n"
        "  .rva wanted_names\n  .long 0\n  .long 0\n  .rva wanted_file\n  .rva wanted_addresses\n"
        ".section .idata$4, \"w\"\n"
        "wanted_names:\n" THUNK("wanted_which") "wanted_second_name:\n" THUNK("wanted_missing") NO_THUNK
        ".section .idata$5, \"w\"\n"
        "wanted_addresses:\n" THUNK("wanted_which") "wanted_second_address:\n" THUNK("wanted_missing") NO_THUNK
        ".section .idata$6, \"w\"\n"
        "wanted_which:\n  .short 0\n  .asciz \"which\"\n"
        "  .balign 2\n"
        "wanted_missing:\n  .short 0\n  .asciz \"which_no_variant_has\"\n"
        "  .balign 2\n"
        ".section .idata$7, \"w\"\n"
        "wanted_file:\n  .space 264\n"
        ".text\n");

extern const which_function wanted_addresses[2] __asm__("wanted_addresses");

/* Calls `which`, or the symbol that no variant has, wherever the loader has led it; NULL when it is not imported. */
static const char *call_slot(DWORD missing) {
  const which_function function = *(const which_function volatile *)&wanted_addresses[missing ? 1 : 0];
  return function ? function() : NULL;
}
