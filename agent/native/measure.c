/* What the guard costs: a guarded call less the same call without a guard. Benchmark: guard-overhead. */
#include "agent.h"

#define BLOCK 10000

static int add(int a, int b) { return a + b; }

static double nanoseconds(const LARGE_INTEGER *from, const LARGE_INTEGER *to) {
  LARGE_INTEGER frequency;
  QueryPerformanceFrequency(&frequency);
  return (double)(to->QuadPart - from->QuadPart) * 1e9 / (double)frequency.QuadPart;
}

/* Fills `overheads` and `guarded`, each with `count` figures: nanoseconds a call, the mean of a block. */
__declspec(dllexport) ENTRY void agent_time_guard(int32_t count, double *overheads, double *guarded) {
  int (*volatile plain)(int, int) = add;
#ifdef __i386__
  const uintptr_t slots[] = {0, 0, 20, 22};
#else
  const uintptr_t slots[] = {20, 22, 0, 0};
#endif
  for (int32_t i = 0; i < count; i++) {
    LARGE_INTEGER start, middle, end;
    volatile int sum = 0;
    QueryPerformanceCounter(&start);
    for (int32_t call = 0; call < BLOCK; call++) sum += plain(20, 22);
    QueryPerformanceCounter(&middle);
    for (int32_t call = 0; call < BLOCK; call++) {
      struct invoke_result result = {.flags = 0};
      guard_stay_first();
      invoke((uintptr_t)add, slots, 4, &result);
      sum += (int)result.integer;
    }
    QueryPerformanceCounter(&end);
    guarded[i] = nanoseconds(&middle, &end) / BLOCK;
    overheads[i] = guarded[i] - nanoseconds(&start, &middle) / BLOCK;
  }
}
