/* Threads that a DLL ends while the host counts on them: the calling thread, and those of the pool. */
#include "agent.h"

static HANDLE changed, calling;

/* When the whole process is ending, its threads end first; then there is nothing to tell. */
#define PROCESS_ENDS_MILLISECONDS 50

static ENTRY DWORD WINAPI watch(void *unused) {
  (void)unused;
  HANDLE handles[MAXIMUM_WAIT_OBJECTS] = {changed};
  struct worker *workers[MAXIMUM_WAIT_OBJECTS];
  for (;;) {
    int32_t count = 1;
    if (calling) handles[count++] = calling;
    const int32_t first = count;
    count += async_threads(handles + count, workers + count, MAXIMUM_WAIT_OBJECTS - count);
    const int32_t ended = (int32_t)(WaitForMultipleObjects((DWORD)count, handles, FALSE, INFINITE) - WAIT_OBJECT_0);
    if (ended < 1 || ended >= count) continue;
    Sleep(PROCESS_ENDS_MILLISECONDS);
    if (ended >= first) {
      async_thread_ended(workers[ended]);
    } else {
      calling = NULL;
      __atomic_store_n((int32_t *)(share + INSPECTION_CALLING_THREAD_ENDED), 1, __ATOMIC_SEQ_CST);
      wire_wake_host();
    }
  }
  return 0;
}

/* There is another thread in the pool. */
void threads_changed(void) { SetEvent(changed); }

int threads_watch(HANDLE thread) {
  calling = thread;
  changed = CreateEventW(NULL, FALSE, FALSE, NULL);
  if (!changed) return 0;
  HANDLE watcher = CreateThread(NULL, 65536, watch, NULL, 0, NULL);
  if (watcher) CloseHandle(watcher);
  return watcher != NULL;
}
