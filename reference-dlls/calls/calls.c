// What crosses between caller and DLL beyond plain scalars: many arguments, structs, callbacks of every type, texts.
#include <stdint.h>
#include <windows.h>

#define EXPORT __declspec(dllexport)

EXPORT _Bool echo_bool(_Bool value) { return value; }
EXPORT _Bool negate(_Bool value) { return !value; }

// More arguments than registers. Each has a weight of its own, so that two that change places are noticed.

EXPORT int64_t weigh_ints(int a, int b, int c, int d, int e, int f, int g, int h) {
  return a + 10LL * b + 100LL * c + 1000LL * d + 10000LL * e + 100000LL * f + 1000000LL * g + 10000000LL * h;
}

EXPORT double weigh_mixed(int a, double b, int64_t c, float d, int8_t e, double f, uint16_t g, float h) {
  return a + 10 * b + 100.0 * (double)c + 1000 * d + 10000.0 * e + 100000 * f + 1000000.0 * g + 10000000 * h;
}

// Structs: one that fits in a register, and one that does not.

struct pair {
  int16_t first;
  int16_t second;
};

struct record {
  double weight;
  int32_t count;
  int8_t letter;
  float factor;
};

EXPORT struct pair make_pair(int16_t first, int16_t second) {
  struct pair result = {first, second};
  return result;
}
EXPORT int sum_pair(struct pair pair) { return pair.first + pair.second; }

EXPORT struct record make_record(double weight, int32_t count, int8_t letter, float factor) {
  struct record result = {weight, count, letter, factor};
  return result;
}
EXPORT double weigh_record(struct record record) { return record.weight * record.count * record.factor + record.letter; }
EXPORT void scale_record(struct record *record, double by) { record->weight *= by; }
EXPORT double weigh_records(const struct record *records, int n) {
  double sum = 0;
  for (int i = 0; i < n; i++) sum += weigh_record(records[i]);
  return sum;
}

// Callbacks: one that gets an argument of its type and whose result is handed on, for each type.

#define CALL_BACK(name, type) \
  EXPORT type call_##name(type (*callback)(type), type value) { return callback(value); }

CALL_BACK(int8, int8_t)
CALL_BACK(uint8, uint8_t)
CALL_BACK(int16, int16_t)
CALL_BACK(uint16, uint16_t)
CALL_BACK(int32, int32_t)
CALL_BACK(uint32, uint32_t)
CALL_BACK(int64, int64_t)
CALL_BACK(uint64, uint64_t)
CALL_BACK(float, float)
CALL_BACK(double, double)
CALL_BACK(bool, _Bool)
CALL_BACK(pointer, void *)

EXPORT void call_void(void (*callback)(int), int value) { callback(value); }

EXPORT double call_many(double (*callback)(int, double, int64_t, float, int8_t, double, uint16_t, float, const char *)) {
  return callback(-1, 2.5, 1LL << 40, 0.5f, -8, -3.25, 65535, 1.75f, "ninth");
}

EXPORT int call_two(int (*first)(int), int (*second)(int), int value) { return first(value) * 1000 + second(value); }

EXPORT double call_with_structs(double (*callback)(struct pair, struct record)) {
  struct pair pair = {-3, 4};
  struct record record = {2.5, 3, 'x', 0.5f};
  return callback(pair, record);
}

static DWORD WINAPI on_thread(void *callback) { return (DWORD)((int (*)(int))callback)(1); }

// Calls back from a thread that the caller knows nothing of.
EXPORT int call_from_thread(int (*callback)(int)) {
  HANDLE thread = CreateThread(NULL, 0, on_thread, (void *)callback, 0, NULL);
  DWORD code = 0;
  WaitForSingleObject(thread, INFINITE);
  GetExitCodeThread(thread, &code);
  CloseHandle(thread);
  return (int)code;
}

// Texts

EXPORT const wchar_t *wide_greeting(void) { return L"gr\u00fc\u00dfe \xd83d\xde42"; }
EXPORT const char *utf8_greeting(void) { return "gr\xc3\xbc\xc3\x9f" "e \xf0\x9f\x99\x82"; }
EXPORT const char *no_text(void) { return NULL; }
EXPORT const char *dangling_text(void) { return (const char *)16; }

static char letters[1 << 21];
static wchar_t wide_letters[1 << 20];

EXPORT const char *repeat(char letter, unsigned n) {
  for (unsigned i = 0; i < n; i++) letters[i] = letter;
  letters[n] = 0;
  return letters;
}

EXPORT const wchar_t *repeat_wide(wchar_t letter, unsigned n) {
  for (unsigned i = 0; i < n; i++) wide_letters[i] = letter;
  wide_letters[n] = 0;
  return wide_letters;
}

// A text of n letters that ends where readable memory ends.
EXPORT const char *text_before_the_end(unsigned n) {
  const SIZE_T room = ((n + 1 + 4095) & ~4095u);
  char *pages = VirtualAlloc(NULL, room + 4096, MEM_RESERVE, PAGE_NOACCESS);
  if (!pages || !VirtualAlloc(pages, room, MEM_COMMIT, PAGE_READWRITE)) return NULL;
  char *text = pages + room - n - 1;
  for (unsigned i = 0; i < n; i++) text[i] = 'x';
  text[n] = 0;
  return text;
}

EXPORT int64_t sum_bytes(const uint8_t *bytes, size_t n) {
  int64_t sum = 0;
  for (size_t i = 0; i < n; i++) sum += bytes[i];
  return sum;
}

EXPORT void add_one(uint8_t *bytes, size_t n) {
  for (size_t i = 0; i < n; i++) bytes[i]++;
}

EXPORT double sum_doubles(const double *numbers, int n) {
  double sum = 0;
  for (int i = 0; i < n; i++) sum += numbers[i];
  return sum;
}

EXPORT unsigned count_texts(const char **texts) {
  unsigned n = 0;
  while (texts[n]) n++;
  return n;
}

EXPORT void point_past(const char *text, const char **end) { *end = text + 3; }
EXPORT void point_at_own(const char **text) { *text = "own"; }
EXPORT void swap_ints(int *a, int *b) {
  const int first = *a;
  *a = *b;
  *b = first;
}
EXPORT void out_int64(int64_t *value) { *value = INT64_MIN; }
EXPORT int is_null(const void *pointer) { return pointer == NULL; }
EXPORT const void *echo_pointer(const void *pointer) { return pointer; }
EXPORT void fail_with(unsigned error) { SetLastError(error); }
EXPORT unsigned last_error(void) { return GetLastError(); }
EXPORT void nothing(void) {}
