/* HOT: the frames of one plan, one guarded call each. Benchmarks: sync-add, batch-pow. */
#include "agent.h"

static int32_t capture(const uint8_t *plan, uint8_t *frame, uint64_t pointer) {
  const int32_t kind = *(const int32_t *)(plan + PLAN_CAPTURE);
  const int32_t room = *(const int32_t *)(plan + PLAN_CAPTURE_BYTES);
  const int32_t stride = *(const int32_t *)(plan + PLAN_STRIDE);
  const uint8_t *text = (const uint8_t *)(uintptr_t)pointer; /* on ia32 the upper half is what EDX happened to hold */
  if (!text) return 0;
  return copy_text(frame + stride - room, text, room, kind == CAPTURE_WIDE_CHARACTERS ? 2 : 1);
}

/* ST(0) was stored as a double; a function of type float left a float in it, so nothing is lost. */
static uint64_t as_single(uint64_t bits) {
  union { uint64_t bits; double value; } wide = {.bits = bits};
  union { uint32_t bits; float value; } single = {.value = (float)wide.value};
  return single.bits;
}

/* Where errno lies for the thread that runs, or NULL when the plan names none. */
int32_t *errno_of(const struct runner *runner, const uint8_t *plan) {
  if (!runner->foreign) return (int32_t *)(uintptr_t) * (const uint64_t *)(plan + PLAN_ERRNO_ADDRESS);
  return errno_of_thread((uintptr_t) * (const uint64_t *)(plan + PLAN_ERRNO_FUNCTION));
}

/* Returns how many frames were run: fewer than `count` when the room for records of faults is used up, or after a fault
 * that makes the process doubtful, so that the host may replace it. The index of the frame that is being run goes to
 * `journal`. */
int32_t run_frames(struct runner *runner, const uint8_t *plan, int own, uint8_t *frame, int32_t count, volatile int32_t *journal) {
  const uintptr_t function = (uintptr_t) * (const uint64_t *)(plan + PLAN_FUNCTION);
  const int32_t slots = *(const int32_t *)(plan + PLAN_SLOTS);
  const int32_t stride = *(const int32_t *)(plan + PLAN_STRIDE);
  const int32_t flags = *(const int32_t *)(plan + PLAN_FLAGS);
  const int captures = *(const int32_t *)(plan + PLAN_CAPTURE) != CAPTURE_NONE;
  int32_t *errno_address = errno_of(runner, plan);
  /* The harness's `own` calls come between those of the user, who must not notice. */
  DWORD own_error = runner->last_error;
  DWORD *last_error = own ? &own_error : &runner->last_error;

  int32_t index = 0;
  int32_t taint = 0;
  for (int32_t faults = 0; index < count && faults < FAULT_COUNT && !taint; index++, frame += stride) {
    struct invoke_result result = {.flags = flags};
    *journal = index;
    *(volatile int32_t *)(frame + FRAME_STATUS) = FRAME_STATUS_RUNNING;
    if (errno_address) *errno_address = *(int32_t *)(frame + FRAME_ERRNO);
    guard_stay_first();
    SetLastError(*last_error);
    invoke(function, frame + FRAME_SLOTS, slots, &result);
    *(uint32_t *)(frame + FRAME_LAST_ERROR) = *last_error = GetLastError();
    if (errno_address) *(int32_t *)(frame + FRAME_ERRNO) = *errno_address;
    *(uint64_t *)(frame + FRAME_INTEGER) = result.integer;
    *(uint64_t *)(frame + FRAME_FLOAT) = flags & PLAN_FLAG_RESULT_SINGLE ? as_single(result.floating) : result.floating;
    *(int32_t *)(frame + FRAME_FAULT) = result.faulted;
    *(int32_t *)(frame + FRAME_POPPED) = result.popped;
    if (result.faulted) {
      faults++;
      taint = result.taint;
      /* Handlers that have crashed one in the other have used up the stack too. */
      if (taint & (FAULT_TAINT_STACK_OVERFLOW | FAULT_TAINT_HARD)) stack_rearm();
    }
    *(int32_t *)(frame + FRAME_FLAGS) = result.fpu_changed ? FRAME_FLAG_FPU_CHANGED : 0;
    if (captures) *(int32_t *)(frame + FRAME_CAPTURED) = result.faulted ? -1 : capture(plan, frame, result.integer);
    /* Last: the host may be looking at it, when the frame runs on a thread of the pool. */
    const int32_t status = result.faulted ? FRAME_STATUS_FAULTED : FRAME_STATUS_RETURNED;
    __atomic_store_n((int32_t *)(frame + FRAME_STATUS), status, __ATOMIC_RELEASE);
  }
  return index;
}
