/* Frames that run on threads of a pool, while the host goes on. */
#include "agent.h"

#include <string.h>

#define MAX_THREADS 62 /* threads.c waits for them and for two others, and Windows for no more than 64 objects */
#define STACK_BYTES (8 << 20)

struct job {
  struct job *next;
  uint8_t *frame;
  int32_t count;
  uint8_t plan[PLAN_BYTES]; /* as it was when the host asked: the table may change while the job waits */
};

struct worker {
  HANDLE thread;           /* NULL: the place is free */
  struct job *volatile job; /* what it runs, or NULL: it is idle */
};
static struct worker workers[MAX_THREADS];

static struct job *first, **last = &first;
static int32_t waiting_jobs, idle_threads, threads;
static SRWLOCK lock = SRWLOCK_INIT;
static CONDITION_VARIABLE work = CONDITION_VARIABLE_INIT;

static struct job *next_job(struct worker *worker) {
  AcquireSRWLockExclusive(&lock);
  idle_threads++;
  while (!first) SleepConditionVariableSRW(&work, &lock, INFINITE, 0);
  idle_threads--;
  waiting_jobs--;
  struct job *job = first;
  first = job->next;
  if (!first) last = &first;
  worker->job = job;
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

static ENTRY DWORD WINAPI serve_pool(void *parameter) {
  struct worker *worker = parameter;
  stack_reserve();
  for (;;) {
    struct job *job = next_job(worker);
    run(job);
    worker->job = NULL;
    HeapFree(GetProcessHeap(), 0, job);
    InterlockedIncrement((LONG volatile *)(share + HEADER_ASYNC_DONE));
  }
  return 0;
}

/* Called with the lock held. Whether there is a thread that will take the job. */
static int find_thread(void) {
  if (idle_threads > waiting_jobs) return 1;
  if (threads == MAX_THREADS) return 1;
  struct worker *worker = workers;
  while (worker->thread) worker++;
  worker->job = NULL;
  worker->thread = CreateThread(NULL, STACK_BYTES, serve_pool, worker, STACK_SIZE_PARAM_IS_A_RESERVATION, NULL);
  if (!worker->thread) return threads > 0;
  threads++;
  threads_changed();
  return 1;
}

/* The threads there are. Returns their number. */
int32_t async_threads(HANDLE *handles, struct worker **of, int32_t room) {
  int32_t count = 0;
  AcquireSRWLockShared(&lock);
  for (struct worker *worker = workers; worker < workers + MAX_THREADS && count < room; worker++) {
    if (!worker->thread) continue;
    handles[count] = worker->thread;
    of[count++] = worker;
  }
  ReleaseSRWLockShared(&lock);
  return count;
}

/* The DLL has ended a thread of the pool: the host is told which frames nobody will run, and another thread takes the rest. */
void async_thread_ended(struct worker *worker) {
  AcquireSRWLockExclusive(&lock);
  struct job *job = worker->job;
  if (job) {
    const int32_t stride = *(const int32_t *)(job->plan + PLAN_STRIDE);
    for (int32_t i = 0; i < job->count; i++) {
      int32_t *status = (int32_t *)(job->frame + (intptr_t)i * stride + FRAME_STATUS);
      if (*status < FRAME_STATUS_RETURNED) __atomic_store_n(status, FRAME_STATUS_THREAD_ENDED, __ATOMIC_RELEASE);
    }
    InterlockedIncrement((LONG volatile *)(share + HEADER_ASYNC_DONE));
    HeapFree(GetProcessHeap(), 0, job);
  } else {
    idle_threads--;
  }
  CloseHandle(worker->thread);
  worker->thread = NULL;
  worker->job = NULL;
  threads--;
  if (waiting_jobs > idle_threads) find_thread();
  ReleaseSRWLockExclusive(&lock);
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
