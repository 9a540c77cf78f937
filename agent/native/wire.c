/* The shared memory and the doorbells: whose turn it is, and how to wait for it. */
#include "agent.h"

#include <x86intrin.h>

uint8_t *share;

static HANDLE bell_in, bell_out;
static int32_t host_turn; /* the last turn of the host that was taken */
static uint64_t budget;   /* cycles to spin before blocking: grows and shrinks with what spinning brings */

HANDLE wire_open_path(const WCHAR *path, DWORD access) {
  return CreateFileW(path, access, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, NULL, OPEN_EXISTING, 0, NULL);
}

int wire_open(const WCHAR *file, const WCHAR *in, const WCHAR *out) {
  HANDLE handle = wire_open_path(file, GENERIC_READ | GENERIC_WRITE);
  if (handle == INVALID_HANDLE_VALUE) return 1;
  HANDLE mapping = CreateFileMappingW(handle, NULL, PAGE_READWRITE, 0, 0, NULL);
  if (!mapping) return 2;
  share = MapViewOfFile(mapping, FILE_MAP_READ | FILE_MAP_WRITE, 0, 0, 0);
  if (!share) return 3;
  CloseHandle(mapping);
  CloseHandle(handle);
  bell_in = wire_open_path(in, GENERIC_READ);
  if (bell_in == INVALID_HANDLE_VALUE) return 4;
  bell_out = wire_open_path(out, GENERIC_WRITE);
  if (bell_out == INVALID_HANDLE_VALUE) return 5;
  return 0;
}

void wire_post(int32_t kind) {
  WORD32(HEADER_TO_HOST_KIND) = kind;
  __atomic_store_n((int32_t *)(share + HEADER_AGENT_TURN), WORD32(HEADER_AGENT_TURN) + 1, __ATOMIC_SEQ_CST);
  wire_wake_host();
}

/* Also without a message: the host then looks for what else there is to know. */
void wire_wake_host(void) {
  if (__atomic_exchange_n((int32_t *)(share + HEADER_HOST_SLEEPS), 0, __ATOMIC_SEQ_CST)) {
    DWORD written;
    WriteFile(bell_out, "!", 1, &written, NULL);
  }
}

static int arrived(void) {
  return __atomic_load_n((int32_t *)(share + HEADER_HOST_TURN), __ATOMIC_ACQUIRE) != host_turn;
}

/* One byte is one ring. No byte means that the last writer has gone: the host is dead, and so should we be. */
static void hear_bell(void) {
  char byte;
  DWORD read = 0;
  if (!ReadFile(bell_in, &byte, 1, &read, NULL) || read == 0) TerminateProcess(GetCurrentProcess(), 0);
}

static void sleep_until_bell(void) {
  int32_t *sleeps = (int32_t *)(share + HEADER_AGENT_SLEEPS);
  __atomic_store_n(sleeps, 1, __ATOMIC_SEQ_CST);
  /* The message may have come in between. Whoever resets the word decides whether a ring is on its way. */
  if (arrived() && __atomic_exchange_n(sleeps, 0, __ATOMIC_SEQ_CST)) return;
  hear_bell();
}

int32_t wire_await(void) {
  const uint64_t most = (uint32_t)WORD32(HEADER_SPIN_CYCLES);
  const uint64_t start = __rdtsc();
  if (budget > most) budget = most;
  /* Both sides have to spin for either to gain by it. They count the same turns, so they try again at the same time. */
  const uint64_t limit = (host_turn & (WIRE_RETRY_TURNS - 1)) < WIRE_RETRY_BURST ? most : budget;
  while (!arrived()) {
    if (__rdtsc() - start < limit) {
      _mm_pause();
      continue;
    }
    sleep_until_bell();
    /* Spinning is worth its CPU only when answers come within its bound; on a busy machine they do not. */
    const uint64_t waited = __rdtsc() - start;
    budget = waited < most ? budget * 2 + most / 64 : budget / 2;
    if (budget > most) budget = most;
  }
  if (limit > budget && __rdtsc() - start < limit) budget = most;
  host_turn = __atomic_load_n((int32_t *)(share + HEADER_HOST_TURN), __ATOMIC_ACQUIRE);
  return WORD32(HEADER_TO_AGENT_KIND);
}
