/* The stack of a thread, and what becomes of its guard page: handlers of an overflow need room themselves. */
#include "agent.h"

/* Whether a stack pointer is in what is reserved for handlers of its overflow, and has used up half of that. */
int stack_is_nearly_full(uintptr_t stack) {
  ULONG reserved = 0;
  if (!is_on_stack(stack) || !SetThreadStackGuarantee(&reserved) || !reserved) return 0;
#ifdef __i386__
  const uintptr_t bottom = *(const uintptr_t *)((const uint8_t *)thread_block() + 0xe0c); /* DeallocationStack */
#else
  const uintptr_t bottom = *(const uintptr_t *)((const uint8_t *)thread_block() + 0x1478);
#endif
  return stack - bottom < 4096 + reserved / 2;
}

/* Puts the guard page of this thread's stack there. */
static int guard_page_at(uint8_t *page) {
  DWORD before;
  if (!VirtualProtect(page, 4096, PAGE_READWRITE | PAGE_GUARD, &before)) return 0;
  thread_block()->StackLimit = page + 4096; /* Wine looks there before it writes an exception to the stack */
  return 1;
}

/* The same at the lowest page that is there, but for the last one, which is never given out. */
static void guard_lowest_page(void) {
  MEMORY_BASIC_INFORMATION region;
  if (!VirtualQuery(&region, &region, sizeof region)) return;
  uint8_t *const bottom = (uint8_t *)region.AllocationBase;
  uint8_t *page = bottom;
  while (VirtualQuery(page, &region, sizeof region) && region.State != MEM_COMMIT && page < (uint8_t *)&region) page += region.RegionSize;
  if (!(region.Protect & PAGE_GUARD)) guard_page_at(page == bottom ? bottom + 4096 : page);
}

/* Leaves room on this thread's stack for handlers, when it overflows. Costs nothing the second time. */
void stack_reserve(void) {
  ULONG reserved = 0;
  if (SetThreadStackGuarantee(&reserved) && reserved) return;
  MEMORY_BASIC_INFORMATION lowest;
  if (!VirtualQuery(&reserved, &lowest, sizeof lowest)) return;
  uint8_t *bottom = (uint8_t *)lowest.AllocationBase;
  for (ULONG bytes = 65536; bytes >= 16384; bytes >>= 1) {
    ULONG wanted = bytes;
    if ((uintptr_t)&reserved - (uintptr_t)bottom < 4 * bytes || !SetThreadStackGuarantee(&wanted)) continue;
    /* Wine commits a new stack down to its last page but one, and counts on a guard page there: too late by what was reserved. */
    if (VirtualQuery(bottom + 4096, &lowest, sizeof lowest) && lowest.Protect & PAGE_GUARD) guard_page_at(bottom + 4096 + bytes);
    return;
  }
}

/* After an overflow: without a new guard page the next one would run into other memory. */
void stack_rearm(void) {
  MEMORY_BASIC_INFORMATION lowest;
  ULONG reserved = 0;
  if (SetThreadStackGuarantee(&reserved) && reserved && VirtualQuery(&reserved, &lowest, sizeof lowest)) {
    uint8_t *page = (uint8_t *)lowest.AllocationBase + 4096 + reserved;
    /* Where the whole stack is there already, as under Wine, the guard page goes back to where it was: then the way down is as
     * fast as before. */
    if (VirtualQuery(page, &lowest, sizeof lowest) && lowest.State == MEM_COMMIT && (uintptr_t)page + 8192 < (uintptr_t)&reserved &&
        guard_page_at(page))
      return;
  }
  guard_lowest_page();
}
