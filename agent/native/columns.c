/* HOT: many calls of a function of numbers alone, behind one guard. Benchmark: native-batch-add.
 *
 * Columns become rows of argument slots, some hundred at a time, so that they stay in the processor's nearest cache; a loop
 * in assembly calls with one row after the other and puts each result straight into its column.
 */
#include "columns.h"

#include <stddef.h>
#include <string.h>

#define BUFFER_BYTES 16384

/* On x64 looking at the floating-point control words costs more than a row, so it is done once for so many. On ia32 it must be
 * done before ST(0) is stored. */
#ifdef __i386__
#define NAMES_EACH_ROW 1
#define ROWS_BETWEEN_CHECKS INT32_MAX
#else
#define NAMES_EACH_ROW 0
#define ROWS_BETWEEN_CHECKS 128
#endif

#define AT(member, offset) _Static_assert(offsetof(struct columns_loop, member) == offset, "columns-*.S know it")
AT(function, LOOP_FUNCTION);
AT(slots, LOOP_SLOTS);
AT(to, LOOP_TO);
AT(store, LOOP_STORE);
AT(journal, LOOP_JOURNAL);
AT(errno_address, LOOP_ERRNO);
AT(stack_slots, LOOP_STACK_SLOTS);
AT(index, LOOP_INDEX);
AT(end, LOOP_END);
AT(row_bytes, LOOP_ROW_BYTES);
AT(result_bytes, LOOP_RESULT_BYTES);
AT(fpu_changed, LOOP_FPU_CHANGED);

/* Bytes of a result, by COLUMN_RESULT. */
static const int32_t result_bytes[] = {0, 1, 2, 4, 8, 1, 4, 8};

static int32_t word(const uint8_t *at) { return *(const int32_t *)at; }

#define SPREAD(type, as)                                                   \
  for (int32_t i = 0; i < count; i++, to += row_bytes, values += step) { \
    type value;                                                            \
    memcpy(&value, values, sizeof value);                                  \
    const as slot = value;                                                 \
    memcpy(to, &slot, sizeof slot);                                        \
  }

/* Copies `count` values of a column, from row `from` on, into the rows of the buffer. Narrow ones fill a slot, with zeros. */
static void spread(const uint8_t *column, uint8_t *to, intptr_t row_bytes, int32_t from, int32_t count) {
  const int32_t width = word(column + COLUMN_WIDTH);
  const intptr_t step = word(column + COLUMN_CONSTANT) ? 0 : width;
  const uint8_t *values = share + (uint32_t)word(column + COLUMN_VALUES) + from * step;
  to += word(column + COLUMN_SLOT);
  switch (width) {
  case 1: SPREAD(uint8_t, uintptr_t) break;
  case 2: SPREAD(uint16_t, uintptr_t) break;
  case 4: SPREAD(uint32_t, uintptr_t) break;
  default: SPREAD(uint64_t, uint64_t) break;
  }
}

#ifndef __i386__
/* The dispatcher's handler for the frame of columns_loop, which decides nothing: the rows before the one that faults were not
 * looked at yet. */
EXCEPTION_DISPOSITION columns_handler(EXCEPTION_RECORD *record, void *frame, CONTEXT *context, void *dispatcher) {
  (void)dispatcher;
  if (record->ExceptionFlags & (EXCEPTION_UNWINDING | EXCEPTION_EXIT_UNWIND)) return ExceptionContinueSearch;
  struct columns_loop *loop = *(struct columns_loop **)((uint8_t *)frame + FRAME_OF_LOOP_X64);
  /* Control bits only: the sticky flags are the callee's to set. */
  loop->fpu_changed = ((context->MxCsr ^ loop->mxcsr) & 0xffc0) != 0 || context->FltSave.ControlWord != loop->x87_control;
  return ExceptionContinueSearch;
}

static void read_control_words(struct columns_loop *loop) {
  __asm__("stmxcsr %0" : "=m"(loop->mxcsr));
  __asm__("fnstcw %0" : "=m"(loop->x87_control));
}
#else
static void read_control_words(struct columns_loop *loop) { (void)loop; }
#endif

/* Row loop->index faulted: says so, and goes on to the next. */
static void note_fault(uint8_t *head, struct columns_loop *loop, const struct invoke_result *result) {
  uint8_t *pair = head + COLUMNS_FAULTED_ROWS + (*(int32_t *)(head + COLUMNS_FAULTS))++ % FAULT_COUNT * 8;
  ((int32_t *)pair)[0] = loop->index;
  ((int32_t *)pair)[1] = result->faulted;
  memset(loop->to, 0, loop->result_bytes);
  ((uint32_t *)(share + (uint32_t)word(head + COLUMNS_CODES)))[loop->index] = result->fault_code;
  (share + (uint32_t)word(head + COLUMNS_STATUSES))[loop->index] = FRAME_STATUS_FAULTED;
  loop->index++;
}

/* The row before loop->index left other floating-point control words; they have been restored. */
static void note_fpu_change(uint8_t *head, const struct columns_loop *loop) {
  ++*(int32_t *)(head + COLUMNS_FPU_CHANGES);
  (share + (uint32_t)word(head + COLUMNS_STATUSES))[loop->index - 1] |= COLUMN_FLAG_FPU_CHANGED;
}

/* Runs some rows behind one guard. The next row finds the last error as a fault has left it, whatever is done about the fault. */
static void run_guarded(struct columns_loop *loop, struct invoke_result *result) {
#ifdef __i386__
  const uintptr_t slots[] = {0, 0, (uintptr_t)loop};
#else
  const uintptr_t slots[] = {(uintptr_t)loop, 0, 0, 0};
#endif
  loop->fpu_changed = 0;
  invoke((uintptr_t)columns_loop, slots, sizeof slots / sizeof *slots, result);
  if (!(result->taint & (FAULT_TAINT_STACK_OVERFLOW | FAULT_TAINT_HARD))) return;
  const DWORD last_error = GetLastError();
  stack_rearm();
  SetLastError(last_error);
}

/* Runs some of the rows up to `end`, which lie in the buffer from `slots` on. Those before `checked` are looked at one by one.
 * Returns whether the process is in doubt after a fault. */
static int32_t run_some(uint8_t *head, struct columns_loop *loop, const uint8_t *slots, int32_t end, int32_t *checked) {
  const int32_t first = loop->index;
  const int32_t most = first < *checked && !NAMES_EACH_ROW ? 1 : ROWS_BETWEEN_CHECKS;
  struct invoke_result result = {0};
  loop->end = end - first < most ? end : first + most;
  loop->slots = slots;
  loop->to = (uint8_t *)share + (uint32_t)word(head + COLUMNS_RESULTS) + (intptr_t)first * loop->result_bytes;
  run_guarded(loop, &result);
  const int32_t ran = loop->index - first + (result.faulted != 0);
  /* On x64 the loop knows of faults alone: where a filter went on after one, the row has had the words at its end in its hand. */
  const int changed = result.faulted ? loop->fpu_changed : result.fpu_changed | (NAMES_EACH_ROW ? loop->fpu_changed : 0);
  if (changed) *checked = INT32_MAX; /* a function that does it once does it again */
  if (changed && ran > 1 && !NAMES_EACH_ROW) {
    loop->index = first; /* one of several, and those after it ran with what it has left: once more, one by one */
  } else if (result.faulted) note_fault(head, loop, &result);
  else if (changed) note_fpu_change(head, loop);
  return result.taint;
}

/* Copies the columns that are `constant`, or the others, into the rows of the buffer. */
static void spread_columns(const uint8_t *head, int32_t constant, uint8_t *buffer, intptr_t row_bytes, int32_t from, int32_t count) {
  const uint8_t *column = head + COLUMNS_RECORDS;
  for (int32_t left = word(head + COLUMNS_COUNT); left > 0; left--, column += COLUMN_BYTES)
    if (word(column + COLUMN_CONSTANT) == constant) spread(column, buffer, row_bytes, from, count);
}

/* Runs the rows and returns how many: fewer than there are after a fault that puts the process in doubt. `journal` gets the index of the row that is being run. */
int32_t run_columns(struct runner *runner, const uint8_t *plan, uint8_t *head, int32_t rows, volatile int32_t *journal) {
  _Alignas(16) uint8_t buffer[BUFFER_BYTES];
  const int32_t slot_bytes = word(head + COLUMNS_SLOT_BYTES), kind = word(head + COLUMNS_RESULT_KIND);
  const int32_t row_bytes = (slot_bytes + 7) & ~7, room = BUFFER_BYTES / row_bytes;
  int32_t no_errno, *errno_address = errno_of(runner, plan);
  int32_t checked = word(head + COLUMNS_CHECKED_ROWS);
  struct columns_loop loop = {
      .function = (uintptr_t) * (const uint64_t *)(plan + PLAN_FUNCTION),
      .store = columns_stores[kind],
      .journal = journal,
      .errno_address = errno_address ? errno_address : &no_errno,
      .stack_slots = slot_bytes / (int32_t)sizeof(void *) - (sizeof(void *) == 8 ? 4 : 2),
      .row_bytes = row_bytes,
      .result_bytes = result_bytes[kind],
  };

  *journal = 0;
  memset(buffer, 0, sizeof buffer);
  spread_columns(head, 1, buffer, row_bytes, 0, rows < room ? rows : room);
  read_control_words(&loop);
  SetLastError(runner->last_error);
  int32_t taint = 0;
  for (int32_t from = 0; from < rows && !taint; from += room) {
    const int32_t end = rows - from < room ? rows : from + room;
    spread_columns(head, 0, buffer, row_bytes, from, end - from);
    memset(share + (uint32_t)word(head + COLUMNS_CODES) + from * 4, 0, (size_t)(end - from) * 4);
    memset(share + (uint32_t)word(head + COLUMNS_STATUSES) + from, FRAME_STATUS_RETURNED, end - from);
    guard_stay_first();
    while (loop.index < end && !taint)
      taint = run_some(head, &loop, buffer + (intptr_t)(loop.index - from) * row_bytes, end, &checked);
  }
  *(uint32_t *)(head + COLUMNS_LAST_ERROR) = runner->last_error = GetLastError();
  *(volatile int32_t *)(head + COLUMNS_DONE) = loop.index == rows; /* what ends the process now is the fault of no row */
  return loop.index;
}
