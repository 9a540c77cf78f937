/* Which thread may talk on the wire.
 *
 * A thread has the turn from posting a message until it has taken the host's next one, so whoever asks gets the answer.
 * While code of the DLL runs, nobody has it: any thread may take it to call back. When no call is in flight, the calling
 * thread has it, waiting for the host; so a callback of another thread waits for the next call by itself.
 *
 * Calls nest, and the host answers the innermost only. RETURNED may thus be posted by that call's thread alone: others
 * wait until theirs is the innermost again.
 */
#include "agent.h"

static int32_t taken = 1; /* from the start: the calling thread's first message is that it is ready */

/* Who waits, first come first served: a thread that takes the turn again and again must not keep others from it. */
struct waiter {
  struct waiter *next;
  int32_t level;   /* of the call that wants to return; 0 for a callback */
  int32_t foreign; /* counted in HEADER_WAITING_CALLBACKS */
  DWORD thread;    /* 0: the place is free */
  CONDITION_VARIABLE turn;
};
/* Not on the waiters' stacks: a thread that is ended takes its stack with it, and its place is found here. */
#define MAX_WAITERS 256
static struct waiter places[MAX_WAITERS];
static struct waiter *first, **last = &first;
static int32_t waiters;
static SRWLOCK gate = SRWLOCK_INIT;
static CONDITION_VARIABLE foreign_moved = CONDITION_VARIABLE_INIT;

static int may(int32_t level) { return level == 0 || WORD32(HEADER_JOURNAL_DEPTH) == level; }

/* Called at the gate. */
static struct waiter *place_for(struct waiter *own) {
  for (struct waiter *place = places; place < places + MAX_WAITERS; place++)
    if (!place->thread) return place;
  return own;
}

static void join(struct waiter *self) {
  *last = self;
  last = &self->next;
  __atomic_add_fetch(&waiters, 1, __ATOMIC_SEQ_CST);
}

static void leave(struct waiter *self) {
  struct waiter **link = &first;
  while (*link != self) link = &(*link)->next;
  *link = self->next;
  if (last == &self->next) last = link;
  __atomic_sub_fetch(&waiters, 1, __ATOMIC_SEQ_CST);
  self->thread = 0;
}

/* Called at the gate, and while nobody has the turn: only who has it changes depths. */
static struct waiter *next_waiter(void) {
  struct waiter *waiter = first;
  while (waiter && !may(waiter->level)) waiter = waiter->next;
  return waiter;
}

/* Called at the gate. */
static int take_in_order(const struct waiter *self) {
  if (__atomic_exchange_n(&taken, 1, __ATOMIC_SEQ_CST)) return 0;
  if (next_waiter() == self) return 1;
  __atomic_store_n(&taken, 0, __ATOMIC_SEQ_CST);
  return 0;
}

static int has_ended(DWORD id) {
  HANDLE thread = OpenThread(SYNCHRONIZE, FALSE, id);
  if (!thread) return 1;
  const int ended = WaitForSingleObject(thread, 0) == WAIT_OBJECT_0;
  CloseHandle(thread);
  return ended;
}

/* Called at the gate. A thread that was ended while it waited would be waited for by all others. */
static void forget_the_dead(void) {
  for (struct waiter *each = first, *next; each; each = next) {
    next = each->next;
    if (!has_ended(each->thread)) continue;
    if (each->foreign) WORD32(HEADER_WAITING_CALLBACKS)--;
    leave(each);
  }
  /* The dead one may have been woken in place of the next. */
  struct waiter *waiter = __atomic_load_n(&taken, __ATOMIC_SEQ_CST) ? NULL : next_waiter();
  if (waiter) WakeConditionVariable(&waiter->turn);
}

/* How long to wait before asking whether those in front are alive: of a call that returns somebody is waiting for the answer, while
 * a callback may well wait for minutes until there is a call. */
#define CALL_LOOKS_MILLISECONDS 250
#define CALLBACK_LOOKS_MILLISECONDS 1000

/* Called at the gate. */
static void wait_for_turn(int32_t level, int32_t foreign) {
  struct waiter own;
  struct waiter *self = place_for(&own);
  *self = (struct waiter){NULL, level, foreign, GetCurrentThreadId(), CONDITION_VARIABLE_INIT};
  join(self);
  /* One who may go before us has been woken, or will be by the next release. */
  const DWORD look_milliseconds = level > 0 ? CALL_LOOKS_MILLISECONDS : CALLBACK_LOOKS_MILLISECONDS;
  while (!take_in_order(self))
    if (!SleepConditionVariableSRW(&self->turn, &gate, look_milliseconds, 0)) forget_the_dead();
  leave(self);
}

/* HOT: takes the turn to call back, or to return from the call with this level. Benchmark: sync-add. */
void turn_take(int32_t level) {
  if (!__atomic_load_n(&waiters, __ATOMIC_RELAXED) && !__atomic_exchange_n(&taken, 1, __ATOMIC_SEQ_CST)) {
    if (may(level)) return;
    turn_release();
  }
  AcquireSRWLockExclusive(&gate);
  wait_for_turn(level, 0);
  ReleaseSRWLockExclusive(&gate);
}

/* The same for a callback of another thread than the calling one, which the host wants to know of. */
void turn_take_as_foreign(void) {
  AcquireSRWLockExclusive(&gate);
  WORD32(HEADER_FOREIGN_CALLBACKS)++;
  WORD32(HEADER_WAITING_CALLBACKS)++;
  WakeAllConditionVariable(&foreign_moved);
  wait_for_turn(0, 1);
  WORD32(HEADER_WAITING_CALLBACKS)--;
  WakeAllConditionVariable(&foreign_moved);
  ReleaseSRWLockExclusive(&gate);
}

/* HOT: gives the turn up, to run code of the DLL. Benchmark: sync-add. */
void turn_release(void) {
  __atomic_exchange_n(&taken, 0, __ATOMIC_SEQ_CST);
  if (!__atomic_load_n(&waiters, __ATOMIC_SEQ_CST)) return;
  AcquireSRWLockExclusive(&gate);
  struct waiter *next = next_waiter();
  if (next) WakeConditionVariable(&next->turn);
  ReleaseSRWLockExclusive(&gate);
}

static int32_t served; /* callbacks of other threads that had had their turn when the latest call came */

/* HOT: gives the turn up to run what the host has called. Benchmark: sync-add. */
int32_t turn_release_for_call(void) {
  const int32_t came = WORD32(HEADER_FOREIGN_CALLBACKS); /* read first: whoever comes in between is not taken for served */
  served = came - WORD32(HEADER_WAITING_CALLBACKS);
  const int32_t level = ++WORD32(HEADER_JOURNAL_DEPTH);
  turn_release();
  return level;
}

#define STUCK_MILLISECONDS 1000

/* The host calls this as it calls any function, so that callbacks of other threads come while it waits: up to
 * `milliseconds` for one, and then until none waits any more. Returns how many came. */
ENTRY int32_t turn_pump(int32_t milliseconds) {
  const ULONGLONG end = GetTickCount64() + (ULONGLONG)milliseconds;
  AcquireSRWLockExclusive(&gate);
  const int32_t before = served;
  while (WORD32(HEADER_FOREIGN_CALLBACKS) == before) {
    const ULONGLONG now = GetTickCount64();
    if (now >= end || !SleepConditionVariableSRW(&foreign_moved, &gate, (DWORD)(end - now), 0)) break;
  }
  /* A thread that was ended while it waited never moves. */
  while (WORD32(HEADER_WAITING_CALLBACKS) && SleepConditionVariableSRW(&foreign_moved, &gate, STUCK_MILLISECONDS, 0)) continue;
  if (WORD32(HEADER_WAITING_CALLBACKS)) forget_the_dead();
  const int32_t came = WORD32(HEADER_FOREIGN_CALLBACKS) - before;
  ReleaseSRWLockExclusive(&gate);
  return came;
}
