/* Reading memory that may not be there: a result of a DLL under test is not to be trusted. The guard that every call
 * has serves here too; asking the system first (VirtualQuery) costs 3 us under Wine. */
#include "agent.h"

#include <string.h>

/* Runs `function(slots...)` behind the guard. Returns its result, or -1 when it touched memory that is not there. */
static int64_t attempt(void *function, uint64_t a, uint64_t b, uint64_t c, uint64_t d) {
  const uint64_t slots[4] = {a, b, c, d};
  const int32_t faults = WORD32(HEADER_FAULT_COUNT);
  struct invoke_result result = {0, 0, 0, 0};
  invoke((uintptr_t)function, slots, 4, &result);
  if (!result.faulted) return (int64_t)result.integer;
  WORD32(HEADER_FAULT_COUNT) = faults; /* our own attempt is no fault of the DLL */
  return -1;
}

static int64_t copy(uint8_t *to, const uint8_t *from, uint64_t bytes) {
  memcpy(to, from, bytes);
  return (int64_t)bytes;
}

static int64_t text(uint8_t *to, const uint8_t *from, int64_t room, int64_t unit) {
  int64_t length = 0;
  for (; length + unit <= room; length += unit) {
    if (from[length] == 0 && (unit == 1 || from[length + 1] == 0)) break;
    to[length] = from[length];
    if (unit == 2) to[length + 1] = from[length + 1];
  }
  return length;
}

/* Copies `bytes` bytes and returns their number, or -1. */
int64_t copy_memory(uint8_t *to, const uint8_t *from, uint64_t bytes) {
  return attempt(copy, (uintptr_t)to, (uintptr_t)from, bytes, 0);
}

/* Copies a NUL-terminated text of 1- or 2-byte units without its terminator. Returns its length in bytes, cut at
 * `room`, or -1 when it runs into memory that cannot be read. */
int32_t copy_text(uint8_t *to, const uint8_t *from, int32_t room, int32_t unit) {
  return (int32_t)attempt(text, (uintptr_t)to, (uintptr_t)from, (uint64_t)room, (uint64_t)unit);
}
