/* Frames that run on threads of a pool, while the host goes on. */
#include "agent.h"

#include <string.h>

#define MOST_THREADS 64
#define STACK_BYTES (8 << 20)

struct job {
  struct job *next;
  uint8_t *frame;
  int32_t count;
  uint8_t plan[PLAN_BYTES]; /* as it was when the host asked: the table may change while the job waits */
};

static struct job *first, **last = &first;
static int32_t waiting_jobs, idle_threads, threads;
static SRWLOCK lock = SRWLOCK_INIT;
static CONDITION_VARIABLE work = CONDITION_VARIABLE_INIT;

static struct job *next_job(void) {
  AcquireSRWLockExclusive(&lock);
  idle_threads++;
  while (!first) SleepConditionVariableSRW(&work, &lock, INFINITE, 0);
  idle_threads--;
  waiting_jobs--;
  struct job *job = first;
  first = job->next;
  if (!first) last = &first;
  ReleaseSRWLockExclusive(&lock);
  return job;
}

static void run(const struct job *job) {
  struct runner runner = {.last_error = 0, .foreign = 1};
  const int32_t stride = *(const int32_t *)(job->plan + PLAN_STRIDE);
  volatile int32_t journal; /* the header's is for the calling thread */
  /* There is nobody to send the rest again when the room for records of faults is used up: older ones are lost. */
  for (int32_t done = 0; done < job->count;)
    done += run_frames(&runner, job->plan, 0, job->frame + (intptr_t)done * stride, job->count - done, &journal);
}

static ENTRY DWORD WINAPI serve_pool(void *unused) {
  (void)unused;
  guard_reserve_stack();
  for (;;) {
    struct job *job = next_job();
    run(job);
    HeapFree(GetProcessHeap(), 0, job);
    InterlockedIncrement((LONG volatile *)(share + HEADER_ASYNC_DONE));
  }
  return 0;
}

/* Called with the lock held. Whether there is a thread that will take the job. */
static int find_thread(void) {
  if (idle_threads > waiting_jobs) return 1;
  if (threads == MOST_THREADS) return 1;
  HANDLE thread = CreateThread(NULL, STACK_BYTES, serve_pool, NULL, STACK_SIZE_PARAM_IS_A_RESERVATION, NULL);
  if (!thread) return threads > 0;
  CloseHandle(thread);
  threads++;
  return 1;
}

/* Hands frames to the pool. Returns how many it has taken: all of them, or none when no thread can be made. */
int32_t async_start(int32_t plan, uint32_t frame, int32_t count) {
  struct job *job = HeapAlloc(GetProcessHeap(), 0, sizeof *job);
  if (!job) return 0;
  job->next = NULL;
  job->frame = share + frame;
  job->count = count;
  memcpy(job->plan, share + PLAN_TABLE + plan * PLAN_BYTES, PLAN_BYTES);
  AcquireSRWLockExclusive(&lock);
  const int found = find_thread();
  if (found) {
    *last = job;
    last = &job->next;
    waiting_jobs++;
    WakeConditionVariable(&work);
  }
  ReleaseSRWLockExclusive(&lock);
  if (!found) HeapFree(GetProcessHeap(), 0, job);
  return found ? count : 0;
}
