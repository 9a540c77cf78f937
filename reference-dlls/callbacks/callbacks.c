// Calls back: through arguments, members and arrays, in every convention, with every kind of parameter and result, at once or later.
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <windows.h>

#define EXPORT __declspec(dllexport)

typedef int (*unary)(int);

EXPORT int call_or(unary callback, int value, int otherwise) { return callback ? callback(value) : otherwise; }
EXPORT int sum_of_calls(unary callback, int n) {
  int sum = 0;
  for (int i = 0; i < n; i++) sum += callback(i);
  return sum;
}
// Down to 0 and up again: DLL, caller, DLL, caller.
EXPORT int deepen(int depth, int (*callback)(int depth)) { return depth <= 0 ? 0 : 1 + callback(depth - 1); }

// In members, some of them NULL.

struct operations {
  int (*add)(int a, int b);
  double (*scale)(double value, void *user);
  void *user;
  int(__stdcall *step)(int value, int by);
};
EXPORT double run_operations(const struct operations *operations, int value) {
  double result = operations->add ? operations->add(value, 1) : -1;
  if (operations->scale) result += operations->scale(value, operations->user);
  if (operations->step) result += 1000 * operations->step(value, 7);
  return result;
}
EXPORT double run_operations_value(struct operations operations, int value) { return run_operations(&operations, value); }

// In arrays.

struct pair_of_callbacks {
  unary at[2];
};
EXPORT int call_one_of(const struct pair_of_callbacks *callbacks, int index, int value) { return callbacks->at[index](value); }
EXPORT int call_each(const unary *callbacks, int n, int value) {
  int sum = 0;
  for (int i = 0; i < n; i++) sum += callbacks[i] ? (i + 1) * callbacks[i](value) : 1000;
  return sum;
}

// Conventions. The sum is weighed, so that arguments that change places are noticed, and added up over many rounds: a stack that
// moves by 4 bytes with each call does not survive them.

#define ROUNDS 1000
EXPORT int call_cdecl(int (*callback)(int a, int b, int c), int value) {
  int sum = 0;
  for (int i = 0; i < ROUNDS; i++) sum += callback(value, 10 * i, 100);
  return sum;
}
EXPORT int call_stdcall(int(__stdcall *callback)(int a, int b, int c), int value) {
  int sum = 0;
  for (int i = 0; i < ROUNDS; i++) sum += callback(value, 10 * i, 100);
  return sum;
}
EXPORT int call_fastcall(int(__fastcall *callback)(int a, int b, int c), int value) {
  int sum = 0;
  for (int i = 0; i < ROUNDS; i++) sum += callback(value, 10 * i, 100);
  return sum;
}
EXPORT int call_thiscall(int(__thiscall *callback)(int *self, int b, int c), int *self) {
  int sum = 0;
  for (int i = 0; i < ROUNDS; i++) sum += callback(self, 10 * i, 100);
  return sum;
}
EXPORT double call_stdcall_wide(double(__stdcall *callback)(int8_t a, double b, int64_t c, float d)) {
  return callback(-1, 2.5, 1LL << 40, 0.25f);
}

// Many parameters.
EXPORT double call_12(double (*callback)(int8_t, int16_t, int, int64_t, float, double, uint8_t, uint16_t, unsigned, uint64_t, const char *, double *)) {
  double twelfth = 12.5;
  const double result =
    callback(-8, -1600, -320000, -(1LL << 40), 0.5f, -2.25, 200, 60000, 4000000000u, 1ULL << 63, "eleven", &twelfth);
  return result + twelfth;
}

// Results.

typedef struct { int16_t x, y; } small;
typedef struct { int32_t x, y; } point;
typedef struct { float x, y, z; } vector;
typedef struct { double weight; int64_t id; char name[8]; } record;

EXPORT float call_float(float (*callback)(float), float value) { return callback(value) / 2; }
EXPORT double call_double(double (*callback)(double), double value) { return callback(value) / 2; }
EXPORT int64_t call_int64(int64_t (*callback)(int64_t), int64_t value) { return callback(value) - 1; }
EXPORT int8_t call_int8(int8_t (*callback)(int8_t), int8_t value) { return callback(value); }
EXPORT uint16_t call_uint16(uint16_t (*callback)(uint16_t), uint16_t value) { return callback(value); }
EXPORT _Bool call_bool(_Bool (*callback)(_Bool), _Bool value) { return !callback(value); }
EXPORT void call_void(void (*callback)(void), int n) {
  while (n-- > 0) callback();
}
EXPORT void *call_pointer(void *(*callback)(void *), void *value) { return callback(value); }
EXPORT int call_small(small (*callback)(small), small value) {
  const small result = callback(value);
  return result.x + 100000 * result.y;
}
EXPORT point call_point(point (*callback)(point), point value) {
  const point result = callback(value);
  return (point){result.y, result.x};
}
EXPORT vector call_vector(vector (*callback)(vector value, float by), vector value, float by) { return callback(value, by); }
EXPORT record call_record(record (*callback)(int before, record value, double after), record value) {
  record result = callback(7, value, 0.5);
  result.id++;
  return result;
}
// More than the frame of a callback copies from the stack, with structs behind: on x64 the first travels by its address.
EXPORT record call_beyond(record (*callback)(int, int, int, int, int, int, int, int, int, int, int, int, int, int, int, int, record, float, small, vector), record value) {
  return callback(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, value, 0.5f, (small){-1, 2}, (vector){1, 2, 3});
}
EXPORT vector call_stdcall_vector(vector(__stdcall *callback)(vector value), vector value) { return callback(value); }

// Pointers: to what the callback reads, and to what it changes.

EXPORT int call_in_out(void (*callback)(int *value), int value) {
  callback(&value);
  return value;
}
EXPORT point call_with_point(void (*callback)(point *value), int x, int y) {
  point value = {x, y};
  callback(&value);
  return value;
}
EXPORT int64_t call_with_arrays(void (*callback)(const int16_t *in, int64_t *out, int n), int n) {
  int16_t in[16] = {0};
  int64_t out[16] = {0}, sum = 0;
  if (n > 16) return -1;
  for (int i = 0; i < n; i++) {
    in[i] = (int16_t)(i + 1);
    out[i] = -1;
  }
  callback(in, out, n);
  for (int i = 0; i < n; i++) sum = 10 * sum + out[i];
  return sum;
}
EXPORT int call_with_texts(int (*callback)(const char *text, const wchar_t *wide, const char *none)) {
  return callback("gr\xc3\xbc\xc3\x9f" "e", L"\xd83d\xde00", NULL);
}
EXPORT int call_with_buffer(int (*callback)(char *buffer, int size)) {
  char buffer[16] = {0};
  const int n = callback(buffer, (int)sizeof buffer);
  return 1000 * n + (int)strlen(buffer);
}
EXPORT int each_window(BOOL(CALLBACK *callback)(HANDLE window, LPARAM user), LPARAM user) {
  int n = 0;
  for (uintptr_t window = 0x10010; n < 5; window += 2) {
    n++;
    if (!callback((HANDLE)window, user)) break;
  }
  return n;
}
EXPORT void sort_texts(const char **texts, size_t n, int (*compare)(const char **a, const char **b)) {
  qsort((void *)texts, n, sizeof *texts, (int (*)(const void *, const void *))compare);
}

// A filter that sees 3 x 3 values around each one; what lies outside is 0.
EXPORT void filter_image(const int16_t *image, int16_t *result, int width, int height, int16_t (*filter)(const int16_t *window, int n)) {
  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++) {
      int16_t window[9];
      for (int i = 0; i < 9; i++) {
        const int column = x + i % 3 - 1, row = y + i / 3 - 1;
        window[i] = column < 0 || row < 0 || column >= width || row >= height ? 0 : image[row * width + column];
      }
      result[y * width + x] = filter(window, 9);
    }
}

// Kept, and called by a later call. Kept ones may have become invalid: it is the caller's matter.
static unary kept;
EXPORT void keep_callback(unary callback) { kept = callback; }
EXPORT int call_kept(int value) { return kept ? kept(value) : -1; }
// The kept one, while another is passed.
EXPORT int call_kept_and(unary callback, int value) { return 1000 * call_kept(value) + (callback ? callback(value) : 0); }
// Called when the memory that was given out is freed.
EXPORT int *make_number(int value) {
  int *number = malloc(sizeof *number);
  if (number) *number = value;
  return number;
}
EXPORT void free_number(int *number) {
  if (kept) kept(*number);
  free(number);
}
// Called when the DLL goes.
BOOL WINAPI DllMain(HINSTANCE instance, DWORD reason, void *reserved) {
  (void)instance;
  if (reason == DLL_PROCESS_DETACH && !reserved) call_kept(-2);
  return TRUE;
}

// Callbacks that the DLL hands out: to be called, or given back to it.
static int doubled(int value) { return 2 * value; }
static int __stdcall tripled(int value, int more) { return 3 * value + more; }
EXPORT unary own_callback(void) { return doubled; }
EXPORT void *own_stdcall_callback(void) { return (void *)tripled; }
EXPORT int is_own_callback(unary callback) { return callback == doubled; }
EXPORT struct operations own_operations(void) {
  struct operations result = {NULL, NULL, NULL, tripled};
  return result;
}

// A callback whose result is ignored, and state that shows whether the code after it ran.
static int steps;
EXPORT int steps_taken(void) { return steps; }
EXPORT int step_call_step(unary callback) {
  steps++;
  const int result = callback(steps);
  steps++;
  return result;
}
EXPORT int last_error_around(unary callback) {
  SetLastError(1234);
  callback(0);
  return (int)GetLastError();
}
EXPORT int fault_in_between(unary callback) {
  callback(1);
  volatile int *volatile nowhere = NULL;
  return *nowhere;
}

// What callbacks gave, for calls that throw and so give nothing themselves. No field is 0 before a callback has answered.
typedef struct {
  int whole[3];
  float single;
  int64_t wide;
  double real;
  void *pointer;
  point both;
  record many;
} answers;
static const answers no_answers = {{-1, -1, -1}, -1, -1, -1, (void *)-1, {-1, -1}, {-1, -1, "no"}};
static answers given;
EXPORT void forget_answers(void) { given = no_answers; }
EXPORT answers last_answers(void) { return given; }
// Three times, so that it shows what later ones get.
EXPORT void ask_int(unary callback) {
  for (int i = 0; i < 3; i++) given.whole[i] = callback(i);
}
EXPORT void ask_float(float (*callback)(void)) { given.single = callback(); }
EXPORT void ask_int64(int64_t (*callback)(void)) { given.wide = callback(); }
EXPORT void ask_double(double (*callback)(void)) { given.real = callback(); }
EXPORT void ask_pointer(void *(*callback)(void)) { given.pointer = callback(); }
EXPORT void ask_point(point (*callback)(void)) { given.both = callback(); }
EXPORT void ask_record(record (*callback)(void)) { given.many = callback(); }
