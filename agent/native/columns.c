/* HOT: many calls of a function of numbers alone, behind one guard. Benchmark: native-batch-add.
 *
 * Columns become rows of argument slots, some hundred at a time, so that they stay in the processor's nearest cache; a loop
 * in assembly calls with one row after the other and puts each result straight into its column.
 */
#include "columns.h"

#include <malloc.h>
#include <stddef.h>
#include <string.h>

#define BUFFER_BYTES 16384

/* On x64 looking at the floating-point control words costs more than a row, so it is done once for so many. */
#ifdef __i386__
#define ROWS_BETWEEN_CHECKS INT32_MAX
#else
#define ROWS_BETWEEN_CHECKS 128
#endif

_Static_assert(offsetof(struct columns_loop, result.fpu_changed) == LOOP_FPU_CHANGED, "");
_Static_assert(offsetof(struct columns_loop, result.popped) == LOOP_POPPED, "");
_Static_assert(offsetof(struct columns_loop, to) == LOOP_TO, "");
_Static_assert(offsetof(struct columns_loop, store) == LOOP_STORE, "");
_Static_assert(offsetof(struct columns_loop, journal) == LOOP_JOURNAL, "");
_Static_assert(offsetof(struct columns_loop, errno_address) == LOOP_ERRNO, "");
_Static_assert(offsetof(struct columns_loop, index) == LOOP_INDEX, "");
_Static_assert(offsetof(struct columns_loop, end) == LOOP_END, "");
_Static_assert(offsetof(struct columns_loop, row_bytes) == LOOP_ROW_BYTES, "");
_Static_assert(offsetof(struct columns_loop, result_bytes) == LOOP_RESULT_BYTES, "");

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

/* Called for the guard frame of columns_run, as fault_note is for that of invoke. The next row finds the last error as the
 * fault has left it, whatever recording does to it. */
void columns_note(const EXCEPTION_RECORD *record, struct columns_loop *loop) {
  const DWORD last_error = GetLastError();
  fault_note(record, &loop->result);
  SetLastError(last_error);
}

#ifndef __i386__
extern char columns_recover[];

/* The dispatcher's handler for the frame of columns_run; on ia32 columns-ia32.S has it. */
EXCEPTION_DISPOSITION columns_handler(EXCEPTION_RECORD *record, void *frame, CONTEXT *context, DISPATCHER_CONTEXT *dispatcher) {
  if (record->ExceptionFlags & (EXCEPTION_UNWINDING | EXCEPTION_EXIT_UNWIND)) return ExceptionContinueSearch;
  const uint8_t *saved = frame; /* 0xa0 MXCSR, 0xa4 x87 control word, 0xa8 loop */
  struct columns_loop *loop = *(struct columns_loop **)(saved + 0xa8);
  columns_note(record, loop);
  /* It is the rows before this one that are in doubt: they were not looked at yet. */
  loop->result.fpu_changed = ((context->MxCsr ^ *(const uint32_t *)(saved + 0xa0)) & 0xffc0) != 0 ||
                             context->FltSave.ControlWord != *(const uint16_t *)(saved + 0xa4);
  CONTEXT scratch;
  RtlUnwindEx(frame, columns_recover, record, NULL, &scratch, dispatcher->HistoryTable);
  return ExceptionContinueSearch;
}
#endif

/* Row loop->index faulted: says so, and goes on to the next. */
static void note_fault(uint8_t *head, struct columns_loop *loop, uint8_t *result) {
  uint8_t *pair = head + COLUMNS_FAULTED_ROWS + (*(int32_t *)(head + COLUMNS_FAULTS))++ % FAULT_COUNT * 8;
  ((int32_t *)pair)[0] = loop->index;
  ((int32_t *)pair)[1] = loop->result.faulted;
  memset(result, 0, loop->result_bytes);
  ((uint32_t *)(share + (uint32_t)word(head + COLUMNS_CODES)))[loop->index] = loop->result.fault_code;
  (share + (uint32_t)word(head + COLUMNS_STATUSES))[loop->index] = FRAME_STATUS_FAULTED;
  loop->index++;
}

/* The row before loop->index left other floating-point control words; columns_run has restored them. */
static void note_fpu_change(uint8_t *head, const struct columns_loop *loop) {
  ++*(int32_t *)(head + COLUMNS_FPU_CHANGES);
  (share + (uint32_t)word(head + COLUMNS_STATUSES))[loop->index - 1] |= COLUMN_FLAG_FPU_CHANGED;
}

/* A stack overflow has used up the guard page of the stack; without a new one the next would run into other memory. */
static void restore_guard_page(void) {
  const DWORD last_error = GetLastError();
  _resetstkoflw();
  SetLastError(last_error);
}

/* What stays the same for all rows. */
struct run {
  uintptr_t function;
  intptr_t stack_slots;
  uint8_t *head;
  uint8_t *results;
  int32_t checked; /* rows before this one are looked at one by one */
};

/* Runs some of the rows up to `end`, which lie in the buffer from `slots` on. */
static void run_some(struct run *run, struct columns_loop *loop, const uint8_t *slots, int32_t end) {
  const int32_t first = loop->index;
  const int32_t most = first < run->checked ? 1 : ROWS_BETWEEN_CHECKS;
  loop->end = end - first < most ? end : first + most;
  loop->to = run->results + (intptr_t)first * loop->result_bytes;
  loop->result = (struct invoke_result){0};
  columns_run(run->function, slots, run->stack_slots, loop);
  const struct invoke_result *result = &loop->result;
  if (result->faulted && result->fault_code == (uint32_t)STATUS_STACK_OVERFLOW) restore_guard_page();
  if (most == ROWS_BETWEEN_CHECKS && result->fpu_changed && loop->index - first + !!result->faulted > 1 &&
      ROWS_BETWEEN_CHECKS != INT32_MAX) {
    /* One of several, and those after it ran with what it has left: once more, one by one, and so with all that follow. */
    loop->index = first;
    run->checked = INT32_MAX;
  } else if (result->faulted) note_fault(run->head, loop, run->results + (intptr_t)loop->index * loop->result_bytes);
  else if (result->fpu_changed) note_fpu_change(run->head, loop);
}

/* Copies the columns that are `constant`, or the others, into the rows of the buffer. */
static void spread_columns(const uint8_t *head, int32_t constant, uint8_t *buffer, intptr_t row_bytes, int32_t from, int32_t count) {
  const uint8_t *column = head + COLUMNS_RECORDS;
  for (int32_t left = word(head + COLUMNS_COUNT); left > 0; left--, column += COLUMN_BYTES)
    if (word(column + COLUMN_CONSTANT) == constant) spread(column, buffer, row_bytes, from, count);
}

/* Runs all rows and returns their number. `journal` gets the index of the row that is being run. */
int32_t run_columns(struct runner *runner, const uint8_t *plan, uint8_t *head, int32_t rows, volatile int32_t *journal) {
  _Alignas(16) uint8_t buffer[BUFFER_BYTES];
  const int32_t slot_bytes = word(head + COLUMNS_SLOT_BYTES), kind = word(head + COLUMNS_RESULT_KIND);
  const int32_t row_bytes = (slot_bytes + 7) & ~7, room = BUFFER_BYTES / row_bytes;
  int32_t no_errno, *errno_address = errno_of(runner, plan);
  struct run run = {
      .function = (uintptr_t) * (const uint64_t *)(plan + PLAN_FUNCTION),
      .stack_slots = slot_bytes / (intptr_t)sizeof(void *) - (sizeof(void *) == 8 ? 4 : 2),
      .head = head,
      .results = share + (uint32_t)word(head + COLUMNS_RESULTS),
      .checked = word(head + COLUMNS_CHECKED_ROWS),
  };
  struct columns_loop loop = {
      .store = columns_stores[kind],
      .journal = journal,
      .errno_address = errno_address ? errno_address : &no_errno,
      .row_bytes = row_bytes,
      .result_bytes = result_bytes[kind],
  };

  *journal = 0;
  memset(buffer, 0, sizeof buffer);
  spread_columns(head, 1, buffer, row_bytes, 0, rows < room ? rows : room);
  SetLastError(runner->last_error);
  for (int32_t from = 0; from < rows; from += room) {
    const int32_t end = rows - from < room ? rows : from + room;
    spread_columns(head, 0, buffer, row_bytes, from, end - from);
    memset(share + (uint32_t)word(head + COLUMNS_CODES) + from * 4, 0, (size_t)(end - from) * 4);
    memset(share + (uint32_t)word(head + COLUMNS_STATUSES) + from, FRAME_STATUS_RETURNED, end - from);
    while (loop.index < end) run_some(&run, &loop, buffer + (intptr_t)(loop.index - from) * row_bytes, end);
  }
  runner->last_error = GetLastError();
  *(volatile int32_t *)(head + COLUMNS_DONE) = 1; /* what ends the process now is the fault of no row */
  return rows;
}
