/* HOT: the frames of one plan, one guarded call each. Benchmarks: sync-add, batch-pow. */
#include "agent.h"

#include <malloc.h>

static int32_t capture(const uint8_t *plan, uint8_t *frame, uint64_t pointer) {
  const int32_t kind = *(const int32_t *)(plan + PLAN_CAPTURE);
  const int32_t room = *(const int32_t *)(plan + PLAN_CAPTURE_BYTES);
  const int32_t stride = *(const int32_t *)(plan + PLAN_STRIDE);
  if (!pointer) return 0;
  return copy_text(frame + stride - room, (const uint8_t *)(uintptr_t)pointer, room, kind == CAPTURE_WIDE_CHARACTERS ? 2 : 1);
}

/* A stack overflow uses the guard page up; without a new one the next overflow would run into other memory. */
static void after_fault(int32_t number) {
  const uint8_t *fault = share + FAULT_RING + (number - 1) % FAULT_COUNT * FAULT_BYTES;
  if (*(const uint32_t *)(fault + FAULT_CODE) == (uint32_t)STATUS_STACK_OVERFLOW) _resetstkoflw();
}

static DWORD last_error; /* the function's own, kept from what waiting for messages does to it */

/* Returns how many frames were run: fewer than `count` when the room for records of faults is used up. */
int32_t run_frames(int32_t plan_index, uint32_t frame_offset, int32_t count) {
  const uint8_t *plan = share + PLAN_TABLE + plan_index * PLAN_BYTES;
  const uint64_t function = *(const uint64_t *)(plan + PLAN_FUNCTION);
  const int32_t slots = *(const int32_t *)(plan + PLAN_SLOTS);
  const int32_t stride = *(const int32_t *)(plan + PLAN_STRIDE);
  int32_t *errno_address = (int32_t *)(uintptr_t) * (const uint64_t *)(plan + PLAN_ERRNO_ADDRESS);
  const int captures = *(const int32_t *)(plan + PLAN_CAPTURE) != CAPTURE_NONE;
  const int32_t outer_plan = WORD32(HEADER_JOURNAL_PLAN), outer_index = WORD32(HEADER_JOURNAL_INDEX);

  WORD32(HEADER_JOURNAL_PLAN) = plan_index;
  WORD32(HEADER_JOURNAL_DEPTH)++;
  uint8_t *frame = share + frame_offset;
  int32_t index = 0;
  for (int32_t faults = 0; index < count && faults < FAULT_COUNT; index++, frame += stride) {
    struct invoke_result result = {0, 0, 0, 0};
    WORD32(HEADER_JOURNAL_INDEX) = index;
    *(volatile int32_t *)(frame + FRAME_STATUS) = FRAME_STATUS_RUNNING;
    if (errno_address) *errno_address = *(int32_t *)(frame + FRAME_ERRNO);
    SetLastError(last_error);
    invoke(function, (const uint64_t *)(frame + FRAME_SLOTS), slots, &result);
    *(uint32_t *)(frame + FRAME_LAST_ERROR) = last_error = GetLastError();
    if (errno_address) *(int32_t *)(frame + FRAME_ERRNO) = *errno_address;
    *(uint64_t *)(frame + FRAME_INTEGER) = result.integer;
    *(uint64_t *)(frame + FRAME_FLOAT) = result.floating;
    *(int32_t *)(frame + FRAME_FAULT) = result.faulted;
    if (result.faulted) {
      faults++;
      after_fault(result.faulted);
    }
    *(int32_t *)(frame + FRAME_FLAGS) = result.fpu_changed ? FRAME_FLAG_FPU_CHANGED : 0;
    if (captures) *(int32_t *)(frame + FRAME_CAPTURED) = result.faulted ? -1 : capture(plan, frame, result.integer);
    *(volatile int32_t *)(frame + FRAME_STATUS) = result.faulted ? FRAME_STATUS_FAULTED : FRAME_STATUS_RETURNED;
  }
  WORD32(HEADER_JOURNAL_DEPTH)--;
  WORD32(HEADER_JOURNAL_PLAN) = outer_plan;
  WORD32(HEADER_JOURNAL_INDEX) = outer_index;
  return index;
}
