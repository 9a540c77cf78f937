/* Functions that a DLL can call and the host answers. */
#include "agent.h"

#include <string.h>

static int32_t depth;

/* A stub is `mov r11, number; movabs rax, callback_entry; jmp rax`. They are all written once: handing one out costs nothing. */
uint64_t callbacks_prepare(void) {
  uint8_t *stubs = VirtualAlloc(NULL, CALLBACK_STUBS * CALLBACK_STUB_BYTES, MEM_COMMIT | MEM_RESERVE, PAGE_READWRITE);
  if (!stubs) return 0;
  for (uint64_t number = 0; number < CALLBACK_STUBS; number++) {
    uint8_t *stub = stubs + number * CALLBACK_STUB_BYTES;
    const uint64_t entry = (uintptr_t)callback_entry;
    memcpy(stub, "\x49\xbb", 2);
    memcpy(stub + 2, &number, 8);
    memcpy(stub + 10, "\x48\xb8", 2);
    memcpy(stub + 12, &entry, 8);
    memcpy(stub + 20, "\xff\xe0", 2);
  }
  DWORD old;
  VirtualProtect(stubs, CALLBACK_STUBS * CALLBACK_STUB_BYTES, PAGE_EXECUTE_READ, &old);
  return (uintptr_t)stubs;
}

void callback_run(int32_t number, uint64_t *registers, const uint64_t *stack) {
  if (GetCurrentThreadId() != calling_thread || depth >= CALLBACK_DEPTH) {
    /* Only the calling thread may talk on the wire. The host sees the count and says what happened. */
    InterlockedIncrement((LONG volatile *)(share + HEADER_FOREIGN_CALLBACKS));
    registers[0] = registers[1] = 0;
    return;
  }
  const uint32_t offset = CALLBACK_FRAMES + depth * CALLBACK_BYTES;
  uint8_t *frame = share + offset;
  const int32_t index = WORD32(HEADER_JOURNAL_INDEX), plan = WORD32(HEADER_JOURNAL_PLAN);
  memcpy(frame + CALLBACK_INTEGERS, registers, 64);
  memcpy(frame + CALLBACK_STACK, stack, CALLBACK_STACK_SLOTS * 8);
  depth++;
  WORD32(HEADER_TO_HOST_CALLBACK) = number;
  WORD32(HEADER_TO_HOST_FRAME) = offset;
  wire_post(TO_HOST_CALLBACK);
  serve_until_callback_return();
  depth--;
  WORD32(HEADER_JOURNAL_INDEX) = index;
  WORD32(HEADER_JOURNAL_PLAN) = plan;
  registers[0] = *(uint64_t *)(frame + CALLBACK_RESULT_INTEGER);
  registers[1] = *(uint64_t *)(frame + CALLBACK_RESULT_FLOAT);
}
