/* The messages of the host. The calling thread takes one after the other, for as long as the process lives.
 *
 * It is a thread of its own and not the first one: it has a stack of a known size, whatever the program's header says, and it may
 * end without the process.
 */
#include "agent.h"
#include "wineboot.h"

#include <string.h>

DWORD calling_thread;

/* HOT: the frames of a CALL, or the rows of COLUMNS. The thread has the turn before and after, and not while they run.
 * Benchmark: sync-add. */
static void call(struct runner *runner, int32_t kind) {
  const int32_t plan = WORD32(HEADER_TO_AGENT_PLAN), count = WORD32(HEADER_TO_AGENT_COUNT);
  uint8_t *frame = share + (uint32_t)WORD32(HEADER_TO_AGENT_FRAME);
  const int32_t outer_plan = WORD32(HEADER_JOURNAL_PLAN), outer_index = WORD32(HEADER_JOURNAL_INDEX);
  /* As it is now: once the turn is given up, a callback of another thread may have the host call by the same plan. */
  uint8_t own_plan[PLAN_BYTES] __attribute__((aligned(8)));
  memcpy(own_plan, share + PLAN_TABLE + plan * PLAN_BYTES, PLAN_BYTES);
  WORD32(HEADER_JOURNAL_PLAN) = plan;
  const int32_t level = turn_release_for_call();
  const int32_t ran = kind == TO_AGENT_COLUMNS
                          ? run_columns(runner, own_plan, frame, count, &WORD32(HEADER_JOURNAL_INDEX))
                          : run_frames(runner, own_plan, plan == 0, frame, count, &WORD32(HEADER_JOURNAL_INDEX));
  turn_take(level);
  WORD32(HEADER_JOURNAL_DEPTH) = level - 1;
  WORD32(HEADER_JOURNAL_PLAN) = outer_plan;
  WORD32(HEADER_JOURNAL_INDEX) = outer_index;
  WORD32(HEADER_TO_HOST_COUNT) = ran;
}

/* HOT: memory of the DLL that a callback of the host looks at. The thread keeps the turn: nothing of the DLL runs meanwhile.
 * Benchmark: image-filter-structs. */
static void copy_for_host(int reads) {
  uint8_t *const shared = share + (uint32_t)WORD32(HEADER_TO_AGENT_FRAME);
  uint8_t *const own = (uint8_t *)(uintptr_t)WORD64(HEADER_MEMORY_ADDRESS);
  const uint32_t bytes = (uint32_t)WORD32(HEADER_TO_AGENT_COUNT);
  WORD32(HEADER_TO_HOST_COUNT) = (int32_t)(reads ? copy_memory(shared, own, bytes) : copy_memory(own, shared, bytes));
}

static int take_message(struct runner *runner) {
  const int32_t kind = wire_await();
  switch (kind) {
  case TO_AGENT_CALL:
  case TO_AGENT_COLUMNS:
    call(runner, kind);
    break;
  case TO_AGENT_START:
    WORD32(HEADER_TO_HOST_COUNT) =
        async_start(WORD32(HEADER_TO_AGENT_PLAN), (uint32_t)WORD32(HEADER_TO_AGENT_FRAME), WORD32(HEADER_TO_AGENT_COUNT));
    break;
  case TO_AGENT_READ_MEMORY:
  case TO_AGENT_WRITE_MEMORY:
    copy_for_host(kind == TO_AGENT_READ_MEMORY);
    break;
  case TO_AGENT_CALLBACK_RETURN:
    return 0;
  default:
    WORD32(HEADER_AGENT_STATE) = AGENT_STATE_EXITING;
    TerminateProcess(GetCurrentProcess(), 0);
    return 0;
  }
  wire_post(TO_HOST_RETURNED);
  return 1;
}

/* On whatever thread calls back: the calls that the callback makes run there too. */
void serve_until_callback_return(struct runner *runner) {
  while (take_message(runner)) continue;
}

static ENTRY DWORD WINAPI serve(void *unused) {
  (void)unused;
  struct runner runner = {0, 0};
  calling_thread = GetCurrentThreadId();
  stack_reserve();
  WORD32(HEADER_AGENT_STATE) = AGENT_STATE_READY;
  wire_post(TO_HOST_RETURNED);
  for (;;) take_message(&runner);
  return 0;
}

/* Maps the memory and opens the doorbells. Returns 0, or the step that failed: one of wire_open, or ATTACH_. */
int agent_attach(const WCHAR *file, const WCHAR *bell_in, const WCHAR *bell_out,
                 const WCHAR *bell_of_inspector) {
  const int failed = wire_open(file, bell_in, bell_out);
  if (failed) return failed;
  if (!inspect_open(bell_of_inspector)) return ATTACH_NO_INSPECTOR;
  WORD32(HEADER_AGENT_PROTOCOL) = LAYOUT_PROTOCOL_VERSION;
  WORD32(HEADER_AGENT_LAYOUT) = (int32_t)LAYOUT_FINGERPRINT;
  return WORD32(HEADER_MAGIC) == LAYOUT_MAGIC && WORD32(HEADER_PROTOCOL) == LAYOUT_PROTOCOL_VERSION ? 0 : ATTACH_OTHER_PROTOCOL;
}

/* Says that the agent could not start; IDENTITY holds why. */
void agent_failed(void) {
  WORD32(HEADER_AGENT_STATE) = AGENT_STATE_FAILED;
  wire_post(TO_HOST_RETURNED);
}

/* Starts the calling thread. From here on the host may call. Returns 0 or the Windows error code. */
uint32_t agent_start(void) {
  shared_data_fill();
  modules_watch();
  if (!guard_prepare()) return ERROR_NO_SYSTEM_RESOURCES;
  faults_watch();
  let_others_start();
  WORD32(HEADER_POINTER_BYTES) = sizeof(void *);
  WORD64(HEADER_BASE_ADDRESS) = (uintptr_t)share;
  WORD64(HEADER_CALLBACK_STUBS) = callbacks_prepare();
  WORD64(HEADER_LOAD_LIBRARY) = (uintptr_t)LoadLibraryExW;
  WORD64(HEADER_GET_PROC_ADDRESS) = (uintptr_t)GetProcAddress;
  WORD64(HEADER_FREE_LIBRARY) = (uintptr_t)FreeLibrary;
  WORD64(HEADER_GET_MODULE_FILE_NAME) = (uintptr_t)GetModuleFileNameW;
  WORD64(HEADER_PUMP) = (uintptr_t)turn_pump;
  WORD32(HEADER_PROCESS_ID) = (int32_t)GetCurrentProcessId();
  if (!WORD64(HEADER_CALLBACK_STUBS)) return GetLastError();
  HANDLE thread = CreateThread(NULL, 8 << 20, serve, NULL, STACK_SIZE_PARAM_IS_A_RESERVATION, NULL);
  /* Its handle is kept: others look at it. */
  return thread && inspect_start(thread) && threads_watch(thread) ? 0 : GetLastError();
}
