// What a DLL can do to the memory that it shares with the host, in a call, after it and for ever.
#include <windows.h>
#include <stdint.h>

#define EXPORT __declspec(dllexport)

/* The first word of the memory: DLLP. */
static const uint32_t magic = 0x504c4c44;
static uint8_t *wire;
static size_t wire_bytes;

static int find_wire(void) {
  MEMORY_BASIC_INFORMATION region;
  for (uint8_t *at = NULL; !wire && VirtualQuery(at, &region, sizeof region);) {
    const int shared = region.Type == MEM_MAPPED && region.State == MEM_COMMIT && region.Protect == PAGE_READWRITE;
    if (shared && region.BaseAddress == region.AllocationBase && region.RegionSize >= 65536 && *(uint32_t *)region.BaseAddress == magic) {
      wire = region.BaseAddress;
      wire_bytes = region.RegionSize;
    }
    uint8_t *next = (uint8_t *)region.BaseAddress + region.RegionSize;
    if (next <= at) break;
    at = next;
  }
  return wire != NULL;
}

/* Bytes of it, or 0 when it was not found. */
EXPORT int64_t wire_size(void) { return find_wire() ? (int64_t)wire_bytes : 0; }

EXPORT uint32_t peek(uint32_t offset) { return find_wire() ? *(volatile uint32_t *)(wire + offset) : 0; }

/* Once. */
EXPORT void poke(uint32_t offset, uint32_t value) {
  if (find_wire()) *(volatile uint32_t *)(wire + offset) = value;
}

static uint64_t next_random(uint64_t *state) {
  *state ^= *state << 13;
  *state ^= *state >> 7;
  *state ^= *state << 17;
  return *state * 0x2545f4914f6cdd1d;
}

static uint32_t random_word(uint64_t *state) {
  // The numbers that hurt are small, negative, or just beyond an end.
  const uint64_t random = next_random(state);
  switch (random >> 62) {
    case 0: return (uint32_t)(random & 0xff);
    case 1: return (uint32_t)-(int32_t)(random & 0xff);
    case 2: return (uint32_t)(random & (wire_bytes * 2 - 1));
    default: return (uint32_t)random;
  }
}

/* Random words at random places of [first, end): the same ones for the same seed. */
EXPORT void scribble(uint64_t seed, uint32_t first, uint32_t end, int words) {
  if (!find_wire()) return;
  uint64_t state = seed * 0x9e3779b97f4a7c15 | 1;
  for (int i = 0; i < words; i++) {
    const uint32_t word = (uint32_t)(next_random(&state) % ((end - first) / 4));
    *(volatile uint32_t *)(wire + first + word * 4) = random_word(&state);
  }
}

struct work {
  uint64_t seed;
  uint32_t first, end, value;
  int random, milliseconds, pause;
};
static struct work work;

static DWORD WINAPI keep_writing(void *unused) {
  const struct work mine = work;
  const DWORD start = GetTickCount();
  (void)unused;
  for (uint64_t round = 0; GetTickCount() - start < (DWORD)mine.milliseconds; round++) {
    if (mine.random) scribble(mine.seed + round, mine.first, mine.end, 1);
    else for (uint32_t at = mine.first; at < mine.end; at += 4) *(volatile uint32_t *)(wire + at) = mine.value + (uint32_t)round;
    if (mine.pause >= 0) Sleep(mine.pause);
  }
  return 0;
}

static void start(struct work what) {
  if (!find_wire()) return;
  work = what;
  CloseHandle(CreateThread(NULL, 0, keep_writing, NULL, 0, NULL));
  Sleep(1);
}

/* A thread that writes random words there for so long, during this call and after it. `pause` milliseconds after each; -1: none. */
EXPORT void keep_scribbling(uint64_t seed, uint32_t first, uint32_t end, int milliseconds, int pause) {
  start((struct work){.seed = seed, .first = first, .end = end, .random = 1, .milliseconds = milliseconds, .pause = pause});
}

/* A thread that raises all words there, from `value` on. */
EXPORT void keep_counting(uint32_t first, uint32_t end, uint32_t value, int milliseconds, int pause) {
  start((struct work){.first = first, .end = end, .value = value, .milliseconds = milliseconds, .pause = pause});
}

/* The same, in a call that never returns. */
EXPORT void hang_counting(uint32_t first, uint32_t end, uint32_t value, int pause) {
  keep_counting(first, end, value, 0x7fffffff, pause);
  Sleep(INFINITE);
}

EXPORT int hang_scribbling(uint64_t seed, uint32_t first, uint32_t end, int pause) {
  keep_scribbling(seed, first, end, 0x7fffffff, pause);
  Sleep(INFINITE);
  return 0;
}

EXPORT int flood_callbacks(int (*callback)(int)) {
  for (int i = 0;; i++) callback(i);
}

static DWORD WINAPI call_for_ever(void *callback) {
  return (DWORD)flood_callbacks((int (*)(int))callback);
}

/* Threads that do so, and a call that waits for them, or returns at once. */
EXPORT int flood_from_threads(int (*callback)(int), int threads, int wait) {
  for (int i = 0; i < threads; i++) CloseHandle(CreateThread(NULL, 0, call_for_ever, (void *)callback, 0, NULL));
  if (wait) Sleep(INFINITE);
  return threads;
}

/* A callback whose callback calls back, to any depth: each is a call of the DLL in mid-callback. */
EXPORT int recurse(int depth, int (*callback)(int)) { return depth > 0 ? callback(depth - 1) : 0; }

/* A text of so many letters, in chunks of 16 MiB that are the same memory. NULL when there is no room. */
EXPORT const char *huge_text(uint64_t bytes) {
  const size_t chunk = 16 << 20;
  const uint32_t chunks = (uint32_t)((bytes + chunk - 1) / chunk);
  const HANDLE letters = CreateFileMappingA(INVALID_HANDLE_VALUE, NULL, PAGE_READWRITE, 0, chunk, NULL);
  const HANDLE zeros = CreateFileMappingA(INVALID_HANDLE_VALUE, NULL, PAGE_READWRITE, 0, 65536, NULL);
  char *const text = VirtualAlloc(NULL, chunks * chunk + 65536, MEM_RESERVE, PAGE_NOACCESS);
  if (!text || !letters || !zeros) return NULL;
  VirtualFree(text, 0, MEM_RELEASE);
  for (uint32_t i = 0; i < chunks; i++)
    if (!MapViewOfFileEx(letters, FILE_MAP_WRITE, 0, 0, chunk, text + i * chunk)) return NULL;
  if (!MapViewOfFileEx(zeros, FILE_MAP_WRITE, 0, 0, 65536, text + chunks * chunk)) return NULL;
  FillMemory(text, chunk, 'a');
  return text;
}
