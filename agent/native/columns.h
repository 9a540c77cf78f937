/* What columns.c and columns-*.S share. */
#ifndef COLUMNS_H
#define COLUMNS_H

/* Offsets in struct columns_loop. */
#define LOOP_FUNCTION 0
#define LOOP_SLOTS 8
#define LOOP_TO 16
#define LOOP_STORE 24
#define LOOP_JOURNAL 32
#define LOOP_ERRNO 40
#define LOOP_STACK_SLOTS 48
#define LOOP_INDEX 52
#define LOOP_END 56
#define LOOP_ROW_BYTES 60
#define LOOP_RESULT_BYTES 64
#define LOOP_FPU_CHANGED 68

#define FRAME_OF_LOOP_X64 0x98 /* where the frame of columns_loop has the address of its loop */

#ifndef __ASSEMBLER__
#include "agent.h"

struct columns_loop {
  _Alignas(8) uintptr_t function;
  _Alignas(8) const uint8_t *slots;      /* of the next row */
  _Alignas(8) uint8_t *to;               /* where the result of the next row goes */
  _Alignas(8) const void *store;         /* code that puts a result there: one of columns_stores */
  _Alignas(8) volatile int32_t *journal; /* gets the index of each row before its call */
  _Alignas(8) int32_t *errno_address;    /* 0 is written there before each call */
  _Alignas(8) int32_t stack_slots;       /* those beyond the registers */
  int32_t index;                         /* of the next row; of the one that faulted, when one did */
  int32_t end;                           /* index of the first row that is not to be run */
  int32_t row_bytes;
  int32_t result_bytes;
  int32_t fpu_changed; /* ia32: the last row left other floating-point control words, or values on the x87 stack.
                        * x64: so did one of those up to the fault. Both are restored by then. */
  uint32_t mxcsr;      /* as they are before the first row */
  uint16_t x87_control;
};

/* Runs rows up to loop->end; invoke calls it, so that all of them are behind one guard. */
void columns_loop(struct columns_loop *loop);

/* By COLUMN_RESULT. */
extern const void *const columns_stores[];
#endif

#endif
