/* What columns.c and columns-*.S share. */
#ifndef COLUMNS_H
#define COLUMNS_H

/* Offsets in struct columns_loop; the result of the guard comes first, as invoke has it. */
#define LOOP_FPU_CHANGED 20
#define LOOP_POPPED 24
#define LOOP_TO 40
#define LOOP_STORE 48
#define LOOP_JOURNAL 56
#define LOOP_ERRNO 64
#define LOOP_INDEX 72
#define LOOP_END 76
#define LOOP_ROW_BYTES 80
#define LOOP_RESULT_BYTES 84

#ifndef __ASSEMBLER__
#include "agent.h"

struct columns_loop {
  struct invoke_result result;
  _Alignas(8) uint8_t *to;               /* where the result of the next row goes */
  _Alignas(8) const void *store;         /* code that puts a result there: one of columns_stores */
  _Alignas(8) volatile int32_t *journal; /* gets the index of each row before its call */
  _Alignas(8) int32_t *errno_address;    /* 0 is written there before each call */
  _Alignas(8) int32_t index;             /* of the next row; of the one that faulted, when one did */
  int32_t end;                           /* index of the first row that is not to be run */
  int32_t row_bytes;
  int32_t result_bytes;
};

/* Runs rows from `slots` on, up to loop->end: fewer when one faulted. When one has left other floating-point control words,
 * they are restored and result.fpu_changed is set: on ia32 after that row, on x64 after the last. The arguments lie as invoke's
 * do, so that the guard frames look alike; `stack_slots` are those beyond the registers. */
void columns_run(uintptr_t function, const void *slots, intptr_t stack_slots, struct columns_loop *loop);

/* By COLUMN_RESULT. */
extern const void *const columns_stores[];
#endif

#endif
