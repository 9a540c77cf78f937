// Memory that may not be touched, the ends of the stack, and the heap.
#include <malloc.h>
#include <stdint.h>
#include <string.h>

#include "kind.h"

#define PAGE 4096

static void execute(uintptr_t address) {
  volatile uintptr_t hidden = address;
  ((void (*)(void))hidden)();
}

// Two pages, of which the second has this protection. They are the same in every call, so that a thousand calls leave no thousand pages.
static char *pages(DWORD protection) {
  static char *volatile made;
  DWORD old;
  if (!made) made = VirtualAlloc(NULL, 2 * PAGE, MEM_COMMIT | MEM_RESERVE, PAGE_READWRITE);
  if (made) VirtualProtect(made + PAGE, PAGE, protection, &old);
  return made;
}

KIND(read_null) { return *place(0); }
KIND(write_null) { return *place(0) = 1; }
KIND(read_wild) { return *place(0xdeadbee0u); }

// x64 addresses have 48 bits, and the rest repeats the highest. On ia32 there are none; the last bytes belong to the system.
KIND(read_non_canonical) {
#ifdef __i386__
  return *place(0xfffffff0u);
#else
  return *place(0x1234567890abcdefull);
#endif
}

KIND(write_past_pages) {
  char *from = pages(PAGE_NOACCESS);
  memset(from, 7, 2 * PAGE);
  return DONE;
}

KIND(write_read_only_page) { return *place((uintptr_t)pages(PAGE_READONLY) + PAGE + 16) = 1; }
KIND(touch_guard_page) { return *place((uintptr_t)pages(PAGE_READWRITE | PAGE_GUARD) + PAGE + 32); }
KIND(write_own_code) { return *place((uintptr_t)misbehave_write_own_code) = 1; }

KIND(read_freed_page) {
  char *page = VirtualAlloc(NULL, PAGE, MEM_COMMIT | MEM_RESERVE, PAGE_READWRITE);
  VirtualFree(page, 0, MEM_RELEASE);
  return *place((uintptr_t)page + 64);
}

KIND(execute_null) { return execute(0), DONE; }
KIND(execute_unmapped) { return execute(0x12340), DONE; }

KIND(execute_data) {
  char *page = pages(PAGE_READWRITE);
  page[PAGE] = (char)0xc3; /* ret */
  return execute((uintptr_t)page + PAGE), DONE;
}

// By a pointer that may change at any time: the compiler cannot make a loop of it.
static int recurse(int depth);
static int (*volatile deeper)(int) = recurse;
static int recurse(int depth) {
  volatile char room[1000];
  room[depth % 1000] = (char)depth;
  return deeper(depth + 1) + room[depth % 1000];
}
KIND(overflow_stack) { return recurse(0); }

// 64 MiB in one frame, which the compiler has probed page by page, as Microsoft's does.
KIND(huge_frame) {
  volatile char room[64 << 20];
  room[0] = 1;
  return room[0] + room[sizeof room - 1];
}

// The heap. Microsoft's ends the process with C0000374 for each of these; Wine's mostly looks away.

KIND(free_twice) {
  void *volatile block = malloc(40);
  void *volatile again = block;
  free(block);
  free(again);
  return DONE;
}

KIND(free_stack_pointer) {
  volatile int64_t room[16] = {0};
  void *volatile block = (void *)&room[4];
  free(block);
  return DONE;
}

KIND(free_wild_pointer) { return HeapFree(GetProcessHeap(), 0, (void *)place(0x123450)) ? DONE - 1 : DONE; }

// Overruns blocks of the process's own heap, and has it trip over the damage.
static int overrun(HANDLE heap) {
  enum { BLOCKS = 16, BYTES = 4000 };
  char *volatile blocks[BLOCKS];
  for (int i = 0; i < BLOCKS; i++) blocks[i] = HeapAlloc(heap, 0, BYTES);
  for (int i = 0; i < BLOCKS; i++)
    if (blocks[i]) memset((void *)place((uintptr_t)blocks[i]), 0x41, BYTES + 96);
  for (int i = 0; i < BLOCKS; i += 2) HeapFree(heap, 0, blocks[i]);
  for (int i = 1; i < BLOCKS; i += 2) HeapFree(heap, 0, blocks[i]);
  for (int i = 0; i < BLOCKS; i++) blocks[i] = HeapAlloc(heap, 0, 3 * BYTES);
  return DONE;
}

KIND(overrun_process_heap) { return overrun(GetProcessHeap()); }

// The same in a heap that nobody else uses.
KIND(overrun_own_heap) { return overrun(HeapCreate(0, 0, 0)); }
