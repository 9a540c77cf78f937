// What lies behind pointers: arrays and buffers in and out, pointers to pointers, memory that the DLL allocates and frees, writes
// that come later, and writes beyond the end.
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <windows.h>

#define EXPORT __declspec(dllexport)

// What has been allocated and freed by this DLL.
static volatile LONG allocations, releases;

static void *take(size_t size) {
  void *memory = malloc(size);
  if (memory) InterlockedIncrement(&allocations);
  return memory;
}
EXPORT void give_back(void *memory) {
  if (memory) InterlockedIncrement(&releases);
  free(memory);
}
EXPORT int allocated(void) { return allocations; }
EXPORT int released(void) { return releases; }

// Arrays: length by one argument, by several, by what a pointer points to, by a member.

EXPORT void fill(int *numbers, int n) {
  for (int i = 0; i < n; i++) numbers[i] = i * i;
}
EXPORT int sum(const int *numbers, int n) {
  int result = 0;
  for (int i = 0; i < n; i++) result += numbers[i];
  return result;
}
EXPORT void bubblesort(float *values, int n) {
  for (int end = n - 1; end > 0; end--)
    for (int i = 0; i < end; i++)
      if (values[i] > values[i + 1]) {
        const float larger = values[i];
        values[i] = values[i + 1];
        values[i + 1] = larger;
      }
}
EXPORT void transpose(const double *matrix, double *result, int u, int v) {
  for (int row = 0; row < u; row++)
    for (int column = 0; column < v; column++) result[column * u + row] = matrix[row * v + column];
}
// One more than n, twice: 2 * (n + 1) in all.
EXPORT void fill_pairs(int16_t *pairs, int n) {
  for (int i = 0; i <= n; i++) {
    pairs[2 * i] = (int16_t)i;
    pairs[2 * i + 1] = (int16_t)-i;
  }
}
// In: the room. Out: how many there are, of which as many as fit are written.
EXPORT int primes(int *numbers, int *n) {
  static const int all[] = {2, 3, 5, 7, 11, 13, 17, 19};
  const int room = *n;
  *n = 8;
  for (int i = 0; i < room && i < 8; i++) numbers[i] = all[i];
  return room >= 8;
}
struct info {
  int8_t tag;
  int32_t count;
};
EXPORT void fill_by_info(const struct info *info, int *numbers) { fill(numbers, info->count); }

EXPORT int divmod(int a, int b, int *remainder) {
  *remainder = a % b;
  return a / b;
}
// Writes although its parameter says const.
EXPORT void write_through_const(const int *numbers, int n) { fill((int *)numbers, n); }
EXPORT void increment(int64_t *value) {
  if (value) ++*value;
}

#define LIMITS(name, type) \
  EXPORT type swap_##name(type *place, type value) { \
    const type before = *place; \
    *place = value; \
    return before; \
  }
LIMITS(int8, int8_t)
LIMITS(uint8, uint8_t)
LIMITS(int16, int16_t)
LIMITS(uint16, uint16_t)
LIMITS(int32, int32_t)
LIMITS(uint32, uint32_t)
LIMITS(int64, int64_t)
LIMITS(uint64, uint64_t)
LIMITS(float, float)
LIMITS(double, double)
LIMITS(bool, _Bool)
LIMITS(wchar, wchar_t)

// Two dimensions.

EXPORT int sum_grid(int grid[][4], int rows) { return sum(&grid[0][0], 4 * rows); }
EXPORT void fill_grid(int (*grid)[4], int rows) { fill(&grid[0][0], 4 * rows); }
EXPORT int sum_rows(int **rows, int n, int columns) {
  int result = 0;
  for (int i = 0; i < n; i++)
    if (rows[i]) result += sum(rows[i], columns);
  return result;
}
EXPORT void fill_rows(int **rows, int n, int columns) {
  for (int i = 0; i < n; i++)
    if (rows[i]) fill(rows[i], columns);
}

// Memory of the DLL: as result, behind a pointer to a pointer, behind members.

EXPORT int *make_squares(int n) {
  int *numbers = n < 0 ? NULL : take(sizeof *numbers * (size_t)(n + 1));
  if (numbers) fill(numbers, n);
  return numbers;
}
EXPORT int make_numbers(int **numbers, int *n, int wanted) {
  *numbers = make_squares(wanted);
  *n = *numbers ? wanted : 0;
  return *numbers != NULL;
}
static char *copy(const char *text) {
  char *result = take(strlen(text) + 1);
  return result ? strcpy(result, text) : NULL;
}
EXPORT char *make_text(int n) {
  char *result = n < 0 ? NULL : take((size_t)n + 1);
  if (!result) return NULL;
  for (int i = 0; i < n; i++) result[i] = (char)('a' + i % 26);
  result[n] = 0;
  return result;
}
EXPORT int out_text(char **text) {
  *text = copy("out of the DLL");
  return (int)strlen(*text);
}
EXPORT int out_wide(wchar_t **text) {
  static const wchar_t own[] = L"wide \xd83d\xde00";
  *text = take(sizeof own);
  memcpy(*text, own, sizeof own);
  return (int)(sizeof own / sizeof *own) - 1;
}
// A list of three texts that ends with NULL.
EXPORT void list_names(char ***names) {
  *names = take(4 * sizeof **names);
  (*names)[0] = copy("first");
  (*names)[1] = copy("");
  (*names)[2] = copy("th\xc3\xaerd");
  (*names)[3] = NULL;
}
EXPORT void free_names(char **names) {
  for (char **name = names; *name; name++) give_back(*name);
  give_back(names);
}
EXPORT int count_names(const char **names) {
  int n = 0;
  while (names[n]) n++;
  return n;
}
EXPORT int letters_of(const char **names, int n) {
  int letters = 0;
  for (int i = 0; i < n; i++)
    if (names[i]) letters += (int)strlen(names[i]);
  return letters;
}

struct block {
  int32_t count;
  int16_t *values;
};
EXPORT void make_block(struct block *block, int n) {
  block->count = n;
  block->values = take(sizeof *block->values * (size_t)n + 1);
  for (int i = 0; i < n; i++) block->values[i] = (int16_t)(i * 3);
}
EXPORT struct block *new_block(int n) {
  struct block *block = take(sizeof *block);
  make_block(block, n);
  return block;
}
EXPORT void free_block(struct block *block) {
  give_back(block->values);
  give_back(block);
}
EXPORT int sum_block(const struct block *block) {
  int result = 0;
  for (int i = 0; i < block->count; i++) result += block->values[i];
  return result;
}
EXPORT int sum_blocks(const struct block *blocks, int n) {
  int result = 0;
  for (int i = 0; i < n; i++) result += (i + 1) * sum_block(blocks + i);
  return result;
}
EXPORT void double_block(struct block *block) {
  for (int i = 0; i < block->count; i++) block->values[i] = (int16_t)(block->values[i] * 2);
}
EXPORT void double_blocks(struct block *blocks, int n) {
  for (int i = 0; i < n; i++) double_block(blocks + i);
}
// The count may only become smaller: the memory is the caller's.
EXPORT void drop_negative(struct block *block) {
  int kept = 0;
  for (int i = 0; i < block->count; i++)
    if (block->values[i] >= 0) block->values[kept++] = block->values[i];
  block->count = kept;
}

struct growing {
  int32_t count;
  int32_t values[];
};
static struct growing *grown;
// Each call appends; the struct that is returned belongs to the DLL.
EXPORT const struct growing *grow(int value) {
  const int count = grown ? grown->count : 0;
  grown = realloc(grown, sizeof *grown + sizeof *grown->values * (size_t)(count + 1));
  grown->values[count] = value;
  grown->count = count + 1;
  return grown;
}
EXPORT void forget_grown(void) {
  free(grown);
  grown = NULL;
}

// Handles.

struct thing {
  int uses;
};
EXPORT int open_thing(void **thing) {
  struct thing *opened = take(sizeof *opened);
  *thing = opened;
  if (!opened) return 0;
  opened->uses = 0;
  return 1;
}
EXPORT int use_thing(void *thing) { return thing ? ++((struct thing *)thing)->uses : -1; }
EXPORT int close_thing(void **thing) {
  const int uses = ((struct thing *)*thing)->uses;
  give_back(*thing);
  *thing = NULL;
  return uses;
}
EXPORT void *echo_pointer(void *pointer) { return pointer; }
EXPORT HANDLE echo_handle(HANDLE handle) { return handle; }
EXPORT void echo_places(void **places, int n) {
  for (int i = 0; i < n / 2; i++) {
    void *first = places[i];
    places[i] = places[n - 1 - i];
    places[n - 1 - i] = first;
  }
}
EXPORT int is_null(const void *pointer) { return pointer == NULL; }

// The same bytes under two types.
struct whole_and_part {
  int32_t kind;
  union {
    int64_t whole;
    double part;
  };
};
EXPORT double number_of(const void *value) {
  const struct whole_and_part *number = value;
  return number->kind == 0 ? (double)number->whole : number->part;
}

// Arguments that are one memory. Volatile, so that what is written through one is read through the other.

EXPORT intptr_t distance(const char *from, const char *to) { return to - from; }
// In order: where `to` lies one behind `from`, the first value goes on and on.
EXPORT void carry(volatile int *to, const volatile int *from, int n) {
  for (int i = 0; i < n; i++) to[i] = from[i];
}
// The second sees what was written through the first.
EXPORT int set_and_read(volatile int *written, int value, const volatile int *read) {
  *written = value;
  return *read;
}
struct node {
  int value;
  struct node *next;
};
EXPORT int sum_ring(const struct node *first, int n) {
  int sum = 0;
  for (; first && n > 0; n--, first = first->next) sum += first->value;
  return sum;
}
EXPORT void reverse_list(struct node **list) {
  struct node *done = NULL, *left = *list;
  while (left) {
    struct node *next = left->next;
    left->next = done;
    done = left;
    left = next;
  }
  *list = done;
}

// Large buffers.

EXPORT uint64_t checksum(const uint8_t *bytes, size_t n) {
  uint64_t hash = 14695981039346656037u;
  for (size_t i = 0; i < n; i++) hash = (hash ^ bytes[i]) * 1099511628211u;
  return hash;
}
EXPORT void invert(const uint8_t *in, uint8_t *out, size_t n) {
  for (size_t i = 0; i < n; i++) out[i] = (uint8_t)~in[i];
}

// Memory that the DLL keeps: written by later calls, and by a thread after the call has returned.

static char *kept;
static size_t kept_room;
EXPORT void keep_buffer(char *buffer, size_t room) {
  kept = buffer;
  kept_room = room;
}
EXPORT int append(const char *text) {
  if (!kept || strlen(kept) + strlen(text) >= kept_room) return 0;
  strcat(kept, text);
  return 1;
}

static struct {
  uint8_t *buffer;
  size_t n;
  DWORD delay;
  uint8_t value;
} later;
static HANDLE writer;

static DWORD WINAPI write_then(void *unused) {
  (void)unused;
  Sleep(later.delay);
  memset(later.buffer, later.value, later.n);
  return 0;
}
EXPORT int write_later(uint8_t *buffer, size_t n, uint8_t value, unsigned milliseconds) {
  if (writer) return 0;
  later.buffer = buffer;
  later.n = n;
  later.value = value;
  later.delay = milliseconds;
  writer = CreateThread(NULL, 0, write_then, NULL, 0, NULL);
  return writer != NULL;
}
EXPORT void wait_for_writer(void) {
  if (!writer) return;
  WaitForSingleObject(writer, INFINITE);
  CloseHandle(writer);
  writer = NULL;
}

// Beyond the end, and before the start. Volatile, so that each byte is really written, in order.

EXPORT void overrun(volatile uint8_t *buffer, size_t n, size_t by) {
  for (size_t i = 0; i < n + by; i++) buffer[i] = 0xee;
}
EXPORT void underrun(volatile uint8_t *buffer, size_t by) {
  for (size_t i = by; i > 0; i--) *(buffer - i) = 0xee;
}
EXPORT int read_at(const volatile uint8_t *buffer, intptr_t offset) { return buffer[offset]; }
