// Functions of koffi_parity.dll that take or give functions.

// Functions as values.

typedef int binary(int, int);
static int add(int a, int b) { return a + b; }
static int subtract(int a, int b) { return a - b; }
EXPORT binary *function_named(const char *name) {
  return !strcmp(name, "add") ? add : !strcmp(name, "subtract") ? subtract : NULL;
}
EXPORT int apply(binary *function, int a, int b) { return function ? function(a, b) : -1000; }
struct operations { binary *first; binary *second; int32_t seed; };
EXPORT struct operations operations(void) { return (struct operations){add, subtract, 5}; }
EXPORT int apply_operations(const struct operations *operations, int value) {
  return operations->second(operations->first(operations->seed, value), value);
}
EXPORT int apply_all(binary *const functions[], int n, int a, int b) {
  int result = 0;
  for (int i = 0; i < n; i++) result = result * 100 + functions[i](a, b);
  return result;
}

// Callbacks.

EXPORT int call_int(int (*callback)(int), int value) { return callback ? callback(value) : -1; }
EXPORT void call_void(void (*callback)(int), int value) { callback(value); }
EXPORT int call_text(int (*callback)(const char *, int), const char *name, int age) {
  char text[64];
  snprintf(text, sizeof text, "Hello %s!", name);
  return callback(text, age);
}
EXPORT int call_text16(int (*callback)(const wchar_t *)) { return callback(L"w\u00efde"); }
EXPORT int length_from(const char *(*callback)(void)) {
  const char *text = callback();
  return text ? (int)strlen(text) : -1;
}
EXPORT int length_from16(const wchar_t *(*callback)(void)) {
  const wchar_t *text = callback();
  return text ? (int)wcslen(text) : -1;
}
EXPORT double call_nine(double (*callback)(int, double, int8_t, float, int64_t, uint8_t, double, int16_t, const char *)) {
  return callback(1, 2.5, -3, 4.5f, INT64_C(5000000000), 6, 7.25, -8, "nine");
}
EXPORT int64_t call_wide(int64_t (*callback)(uint64_t, int64_t, uint32_t)) {
  return callback(UINT64_C(0xfffffffffffffff0), INT64_MIN, 0xfffffff0u);
}
EXPORT void *call_pointer(void *(*callback)(void *), void *value) { return callback(value); }
EXPORT int nested(int depth, int (*callback)(int)) { return depth > 0 ? callback(depth) + 1 : 0; }
EXPORT int call_many(int (*callback)(int), int n) {
  int sum = 0;
  for (int i = 0; i < n; i++) sum += callback(i);
  return sum;
}
EXPORT void sort(void *items, size_t n, size_t size, int (*compare)(const void *, const void *)) {
  qsort(items, n, size, compare);
}
static const char *(*stored_get)(const char *);
static void (*stored_print)(const char *);
EXPORT void store(const char *(*get)(const char *), void (*print)(const char *)) {
  stored_get = get;
  stored_print = print;
}
EXPORT void say(const char *name) { stored_print(stored_get(name)); }
EXPORT int fill_from(int (*callback)(int *, int), int n) {
  int numbers[16] = {0};
  int given_back = callback(numbers, n), sum = 0;
  for (int i = 0; i < n; i++) sum += numbers[i];
  return sum * 1000 + given_back;
}

struct threaded { int (*callback)(int); int value; int result; };
static DWORD WINAPI run_threaded(void *argument) {
  struct threaded *threaded = argument;
  threaded->result = threaded->callback(threaded->value);
  return 0;
}
EXPORT int call_from_thread(int (*callback)(int), int value) {
  struct threaded threaded = {callback, value, -1};
  HANDLE thread = CreateThread(NULL, 0, run_threaded, &threaded, 0, NULL);
  WaitForSingleObject(thread, INFINITE);
  CloseHandle(thread);
  return threaded.result;
}
