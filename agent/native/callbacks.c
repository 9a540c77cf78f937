/* Functions that a DLL can call and the host answers. */
#include "agent.h"

#include <string.h>

/* callback-*.S know these two. */
struct callback_registers {
  uint64_t integers[4];
  uint64_t floats[4];
};
struct callback_answer {
  uint64_t integer;  /* 0 */
  uint64_t floating; /* 8 */
  int32_t pop_bytes; /* 16 */
  int32_t flags;     /* 20 */
};

static int32_t depth; /* callbacks in flight, on whatever threads: the host answers the innermost */

#ifdef __i386__
/* `mov eax, number; jmp callback_entry`: no convention passes arguments in eax. */
static void write_stub(uint8_t *stub, uint32_t number) {
  const uint32_t distance = (uint32_t)(uintptr_t)callback_entry - (uint32_t)(uintptr_t)(stub + 10);
  stub[0] = 0xb8;
  memcpy(stub + 1, &number, 4);
  stub[5] = 0xe9;
  memcpy(stub + 6, &distance, 4);
}
#else
/* `mov r11, number; movabs rax, callback_entry; jmp rax` */
static void write_stub(uint8_t *stub, uint64_t number) {
  const uint64_t entry = (uintptr_t)callback_entry;
  memcpy(stub, "\x49\xbb", 2);
  memcpy(stub + 2, &number, 8);
  memcpy(stub + 10, "\x48\xb8", 2);
  memcpy(stub + 12, &entry, 8);
  memcpy(stub + 20, "\xff\xe0", 2);
}
#endif

/* All stubs are written once: handing one out costs nothing. */
uint64_t callbacks_prepare(void) {
  uint8_t *stubs = VirtualAlloc(NULL, CALLBACK_STUBS * CALLBACK_STUB_BYTES, MEM_COMMIT | MEM_RESERVE, PAGE_READWRITE);
  if (!stubs) return 0;
  for (int32_t number = 0; number < CALLBACK_STUBS; number++) write_stub(stubs + number * CALLBACK_STUB_BYTES, number);
  DWORD old;
  VirtualProtect(stubs, CALLBACK_STUBS * CALLBACK_STUB_BYTES, PAGE_EXECUTE_READ, &old);
  return (uintptr_t)stubs;
}

/* Arguments may be fewer than what is copied, and their caller the first function of its thread: the stack ends there. */
static void copy_stack(uint8_t *to, const uint8_t *stack) {
  const NT_TIB *thread = thread_block();
  const uint8_t *end = thread->StackBase;
  if (stack >= (const uint8_t *)thread->StackLimit && stack < end) {
    const uintptr_t room = (uintptr_t)(end - stack);
    if (room < CALLBACK_STACK_BYTES) memset(to, 0, CALLBACK_STACK_BYTES);
    memcpy(to, stack, room < CALLBACK_STACK_BYTES ? room : CALLBACK_STACK_BYTES);
    return;
  }
  /* A stack that the DLL has made for itself. */
  memset(to, 0, CALLBACK_STACK_BYTES);
  copy_memory(to, stack, CALLBACK_STACK_BYTES);
}

static void ask_host(struct runner *runner, int32_t number, const struct callback_registers *registers, const uint8_t *stack,
                     struct callback_answer *answer) {
  const uint32_t offset = CALLBACK_FRAMES + depth * CALLBACK_BYTES;
  uint8_t *frame = share + offset;
  memcpy(frame + CALLBACK_INTEGERS, registers, sizeof *registers);
  copy_stack(frame + CALLBACK_STACK, stack);
  *(uint64_t *)(frame + CALLBACK_STACK_ADDRESS) = (uintptr_t)stack;
  *(uint32_t *)(frame + CALLBACK_THREAD) = GetCurrentThreadId();
  *(int32_t *)(frame + CALLBACK_FOREIGN) = runner->foreign;
  depth++;
  WORD32(HEADER_TO_HOST_CALLBACK) = number;
  WORD32(HEADER_TO_HOST_FRAME) = offset;
  wire_post(TO_HOST_CALLBACK);
  serve_until_callback_return(runner);
  depth--;
  answer->integer = *(uint64_t *)(frame + CALLBACK_RESULT_INTEGER);
  answer->floating = *(uint64_t *)(frame + CALLBACK_RESULT_FLOAT);
}

/* Runs out of stack now, if that is to be: later the host would already have been told of the callback. */
static void require_stack(void) {
  volatile uint8_t room[32768];
  const NT_TIB *thread = thread_block();
  const uintptr_t lowest = (uintptr_t)room;
  if (lowest >= (uintptr_t)thread->StackLimit || lowest + sizeof room < (uintptr_t)thread->StackLimit) return;
  for (intptr_t at = sizeof room - 1; at >= 0; at -= 4096) room[at] = 0;
}

/* What the DLL has set as its last error it finds again, unless the callback calls something that sets another. */
void callback_run(int32_t number, const struct callback_registers *registers, const uint8_t *stack, struct callback_answer *answer) {
  require_stack();
  struct runner runner = {.last_error = GetLastError(), .foreign = GetCurrentThreadId() != calling_thread};
  /* Read now: while a thread waits for its turn, the host may hand out the stub again. */
  const uint8_t *record = share + CALLBACK_TABLE + number * STUB_RECORD_BYTES;
  answer->pop_bytes = *(const int32_t *)(record + STUB_RECORD_POP_BYTES);
  answer->flags = *(const int32_t *)(record + STUB_RECORD_FLAGS);
  answer->integer = answer->floating = 0;
  if (runner.foreign) {
    stack_reserve();
    turn_take_as_foreign();
  } else turn_take(0);
  if (depth < CALLBACK_DEPTH) ask_host(&runner, number, registers, stack, answer);
  else WORD32(HEADER_REFUSED_CALLBACKS)++;
  turn_release();
  SetLastError(runner.last_error);
}
