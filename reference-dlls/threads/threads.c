// Threads of the DLL that call back, during a call and after it; state that belongs to a thread; calls that take their time.
#include <errno.h>
#include <stdint.h>
#include <windows.h>

#define EXPORT __declspec(dllexport)

typedef int (*callback_type)(int value);

struct job {
  callback_type callback;
  int first;
  int rounds;
  unsigned pause;
  volatile LONG sum;
  HANDLE thread;
};

static DWORD WINAPI work(void *parameter) {
  struct job *job = parameter;
  for (int i = 0; i < job->rounds; i++) {
    if (job->pause) Sleep(job->pause);
    job->sum += job->callback(job->first + i);
  }
  return 0;
}
static int start_job(struct job *job) {
  job->thread = CreateThread(NULL, 0, work, job, 0, NULL);
  return job->thread != NULL;
}
static int end_job(struct job *job) {
  WaitForSingleObject(job->thread, INFINITE);
  CloseHandle(job->thread);
  job->thread = NULL;
  return job->sum;
}

// During the call: one thread after the other, each with some rounds; or all at once.
EXPORT int call_from_thread(callback_type callback, int first, int rounds) {
  struct job job = {callback, first, rounds, 0, 0, NULL};
  return start_job(&job) ? end_job(&job) : -1;
}
EXPORT int call_from_new_threads(callback_type callback, int threads) {
  int sum = 0;
  for (int i = 0; i < threads; i++) sum += call_from_thread(callback, i, 1);
  return sum;
}
EXPORT int call_from_threads_at_once(callback_type callback, int threads, int rounds) {
  struct job jobs[16];
  int sum = 0;
  if (threads > 16) return -1;
  for (int i = 0; i < threads; i++) jobs[i] = (struct job){callback, 1000 * i, rounds, 0, 0, NULL};
  for (int i = 0; i < threads; i++) start_job(jobs + i);
  for (int i = 0; i < threads; i++) sum += end_job(jobs + i);
  return sum;
}
// The calling thread calls back too, while another does.
EXPORT int call_from_both(callback_type callback, int rounds) {
  struct job job = {callback, 1000, rounds, 0, 0, NULL};
  int sum = 0;
  if (!start_job(&job)) return -1;
  for (int i = 0; i < rounds; i++) sum += callback(i);
  return sum + end_job(&job);
}

// After the call: started by one, ended by another.
static struct job later;
EXPORT int start_later(callback_type callback, int rounds, unsigned pause) {
  if (later.thread) return 0;
  later = (struct job){callback, 0, rounds, pause, 0, NULL};
  return start_job(&later);
}
EXPORT int later_is_done(void) { return !later.thread || WaitForSingleObject(later.thread, 0) == WAIT_OBJECT_0; }
EXPORT int end_later(void) { return later.thread ? end_job(&later) : -1; }

// Which thread calls.
EXPORT unsigned current_thread(void) { return GetCurrentThreadId(); }
static DWORD WINAPI tell_thread(void *parameter) {
  void (*callback)(unsigned thread) = (void (*)(unsigned))parameter;
  callback(GetCurrentThreadId());
  return 0;
}
EXPORT unsigned thread_of_callback(void (*callback)(unsigned thread)) {
  DWORD id = 0;
  HANDLE thread = CreateThread(NULL, 0, tell_thread, (void *)callback, 0, &id);
  WaitForSingleObject(thread, INFINITE);
  CloseHandle(thread);
  return id;
}

// GetLastError() of a thread: what another thread sets does not change it.
static DWORD WINAPI set_error(void *value) {
  SetLastError((DWORD)(uintptr_t)value);
  return 0;
}
EXPORT void set_error_elsewhere(unsigned error, unsigned elsewhere) {
  SetLastError(error);
  HANDLE thread = CreateThread(NULL, 0, set_error, (void *)(uintptr_t)elsewhere, 0, NULL);
  WaitForSingleObject(thread, INFINITE);
  CloseHandle(thread);
  SetLastError(error);
}

// Slow functions, each with the errors of the thread that runs it. Their sum of milliseconds tells how many run at once.
static volatile LONG running, most_running;
EXPORT int slow(int value, unsigned milliseconds) {
  const LONG now = InterlockedIncrement(&running);
  if (now > most_running) InterlockedExchange(&most_running, now);
  Sleep(milliseconds);
  InterlockedDecrement(&running);
  return value;
}
EXPORT int slow_error(unsigned error, int number, unsigned milliseconds) {
  SetLastError(error);
  errno = number;
  Sleep(milliseconds);
  const int kept = errno == number;
  SetLastError(error);
  return kept;
}
EXPORT int most_at_once(void) { return InterlockedExchange(&most_running, 0); }
EXPORT int *error_number(void) { return &errno; }
EXPORT int open_missing_file(void) {
  HANDLE file = CreateFileA("C:\\there\\is\\none", GENERIC_READ, 0, NULL, OPEN_EXISTING, 0, NULL);
  const int opened = file != INVALID_HANDLE_VALUE;
  if (opened) CloseHandle(file);
  return opened;
}
EXPORT void wait_forever(void) { Sleep(INFINITE); }
EXPORT void slow_fill(uint8_t *bytes, size_t n, uint8_t value, unsigned milliseconds) {
  Sleep(milliseconds);
  for (size_t i = 0; i < n; i++) bytes[i] = value;
}
EXPORT int crash_on_thread(void) {
  HANDLE thread = CreateThread(NULL, 0, (LPTHREAD_START_ROUTINE)(void *)16, NULL, 0, NULL);
  WaitForSingleObject(thread, INFINITE);
  CloseHandle(thread);
  return 1;
}

// Threads that go on when the call has returned, and end the process then.
static volatile LONG armed_threads;
static volatile int *volatile nowhere;
static DWORD WINAPI crash_after(void *milliseconds) {
  Sleep((DWORD)(uintptr_t)milliseconds);
  return (DWORD)*nowhere;
}
static DWORD WINAPI exit_after(void *milliseconds) {
  Sleep((DWORD)(uintptr_t)milliseconds);
  ExitProcess(77);
  return 0;
}
static int start_thread(LPTHREAD_START_ROUTINE routine, unsigned milliseconds) {
  HANDLE thread = CreateThread(NULL, 0, routine, (void *)(uintptr_t)milliseconds, 0, NULL);
  if (!thread) return 0;
  CloseHandle(thread);
  return 1;
}
EXPORT int crash_later(unsigned milliseconds) { return start_thread(crash_after, milliseconds); }
EXPORT int exit_later(unsigned milliseconds) { return start_thread(exit_after, milliseconds); }
// With a filter for unhandled exceptions of its own, which is asked and gives this answer; or ends the process itself, with 78.
static volatile LONG filter_answer;
static LONG WINAPI answering_filter(EXCEPTION_POINTERS *pointers) {
  (void)pointers;
  if (filter_answer == 78) TerminateProcess(GetCurrentProcess(), 78);
  return filter_answer;
}
EXPORT int crash_later_with_filter(int answer, unsigned milliseconds) {
  filter_answer = answer;
  SetUnhandledExceptionFilter(answering_filter);
  return crash_later(milliseconds);
}
// Two calls are needed: each by itself is harmless.
EXPORT void arm_threads(void) { armed_threads = 1; }
EXPORT int crash_later_if_armed(unsigned milliseconds) { return armed_threads && crash_later(milliseconds); }
// Keeps the address, which means nothing to another process.
EXPORT int crash_later_with(const void *memory, unsigned milliseconds) { return memory ? crash_later(milliseconds) : 0; }
