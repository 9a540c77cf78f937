// Calls that do not return.
#include <stdint.h>

#include "kind.h"

KIND(spin_forever) {
  for (volatile int forever = 1; forever;) continue;
  return DONE;
}
KIND(sleep_forever) { return Sleep(INFINITE), DONE; }
KIND(poll_forever) {
  for (volatile int forever = 1; forever;) Sleep(1);
  return DONE;
}
KIND(wait_forever) { return (int)WaitForSingleObject(CreateEventW(NULL, FALSE, FALSE, NULL), INFINITE); }

// Two threads that each hold what the other wants next.

static CRITICAL_SECTION sections[2];
static HANDLE mutexes[2];
static HANDLE both_hold;

static void meet(void) {
  static volatile LONG held;
  if (InterlockedIncrement(&held) % 2 == 0) SetEvent(both_hold);
  WaitForSingleObject(both_hold, INFINITE);
}

static DWORD WINAPI enter_sections(void *first) {
  const intptr_t index = (intptr_t)first;
  EnterCriticalSection(&sections[index]);
  meet();
  EnterCriticalSection(&sections[1 - index]);
  return 0;
}

static DWORD WINAPI take_mutexes(void *first) {
  const intptr_t index = (intptr_t)first;
  WaitForSingleObject(mutexes[index], INFINITE);
  meet();
  WaitForSingleObject(mutexes[1 - index], INFINITE);
  return 0;
}

static int deadlock(LPTHREAD_START_ROUTINE routine) {
  both_hold = CreateEventW(NULL, TRUE, FALSE, NULL);
  for (int i = 0; i < 2; i++) {
    InitializeCriticalSection(&sections[i]);
    mutexes[i] = CreateMutexW(NULL, FALSE, NULL);
  }
  CreateThread(NULL, 0, routine, (void *)1, 0, NULL);
  routine((void *)0);
  return DONE;
}

KIND(deadlock_sections) { return deadlock(enter_sections); }
KIND(deadlock_mutexes) { return deadlock(take_mutexes); }

// A slim lock is not recursive.
KIND(lock_twice) {
  static SRWLOCK lock = SRWLOCK_INIT;
  AcquireSRWLockExclusive(&lock);
  AcquireSRWLockExclusive(&lock);
  return DONE;
}

// Threads that do not come back to finish the call.

KIND(exit_thread) { ExitThread(3); }
KIND(terminate_own_thread) { return (int)TerminateThread(GetCurrentThread(), 4); }
KIND(suspend_own_thread) { return (int)SuspendThread(GetCurrentThread()); }
