/* Memory that may not be there: a result of a DLL under test is not to be trusted. The guard that every call has serves
 * here too; asking the system first (VirtualQuery) costs 3 us under Wine. */
#include "agent.h"

/* Runs `function(a, b, c, d)`, cdecl, behind the guard. Returns 0 when it faulted. */
static int attempt(int32_t flags, uintptr_t function, uintptr_t a, uintptr_t b, uintptr_t c, uintptr_t d, intptr_t *result) {
#ifdef __i386__
  const uintptr_t slots[] = {0, 0, a, b, c, d};
#else
  const uintptr_t slots[] = {a, b, c, d};
#endif
  struct invoke_result invoked = {.flags = flags};
  invoke(function, slots, sizeof slots / sizeof *slots, &invoked);
  *result = (intptr_t)invoked.integer;
  return !invoked.faulted;
}

/* The same with a function of ours: an attempt that is no fault of the DLL, and that none of its handlers sees. */
int probe(uintptr_t function, uintptr_t a, uintptr_t b, uintptr_t c, uintptr_t d, intptr_t *result) {
  return attempt(INVOKE_QUIETLY | INVOKE_AS_PROBE, function, a, b, c, d, result);
}

/* HOT for big buffers: what processors copy fastest by themselves. Benchmark: big-buffer. */
static intptr_t copy(uint8_t *to, const uint8_t *from, uintptr_t bytes) {
  const uintptr_t all = bytes;
  __asm__ volatile("rep movsb" : "+D"(to), "+S"(from), "+c"(bytes)::"memory");
  return (intptr_t)all;
}

static intptr_t text(uint8_t *to, const uint8_t *from, intptr_t room, intptr_t unit) {
  intptr_t length = 0;
  for (; length + unit <= room; length += unit) {
    if (from[length] == 0 && (unit == 1 || from[length + 1] == 0)) break;
    to[length] = from[length];
    if (unit == 2) to[length + 1] = from[length + 1];
  }
  return length;
}

/* Copies `bytes` bytes and returns their number, or -1. */
intptr_t copy_memory(uint8_t *to, const uint8_t *from, uintptr_t bytes) {
  intptr_t copied;
  return probe((uintptr_t)copy, (uintptr_t)to, (uintptr_t)from, bytes, 0, &copied) ? copied : -1;
}

/* Copies a NUL-terminated text of 1- or 2-byte units without its terminator. Returns its length in bytes, cut at
 * `room`, or -1 when it runs into memory that cannot be read. */
int32_t copy_text(uint8_t *to, const uint8_t *from, int32_t room, int32_t unit) {
  intptr_t length;
  return probe((uintptr_t)text, (uintptr_t)to, (uintptr_t)from, (uintptr_t)room, (uintptr_t)unit, &length) ? (int32_t)length : -1;
}

/* Where this thread's errno lies, by the function of the C runtime that knows; NULL when there is none. */
int32_t *errno_of_thread(uintptr_t function) {
  intptr_t address;
  return function && attempt(INVOKE_QUIETLY, function, 0, 0, 0, 0, &address) ? (int32_t *)address : NULL;
}
