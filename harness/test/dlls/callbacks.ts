import { library, struct } from 'dllparity';
import { referenceDll } from '../reference-dlls.ts';

const operations = struct('operations', {
  add: 'int (*)(int a, int b)',
  scale: 'double (*)(double value, void *user)',
  user: 'void *',
  step: 'int (__stdcall *)(int value, int by)',
});
const pairOfCallbacks = struct('pair_of_callbacks', { at: 'void *[2]' });
const small = struct('small', { x: 'int16_t', y: 'int16_t' });
const point = struct('point', { x: 'int32_t', y: 'int32_t' });
const vector = struct('vector', { x: 'float', y: 'float', z: 'float' });
export const record = struct('record', { weight: 'double', id: 'int64_t', name: 'char[8]' });
const answers = struct('answers', {
  whole: 'int[3]',
  single: 'float',
  wide: 'int64_t',
  real: 'double',
  pointer: 'void *',
  both: point,
  many: record,
});

export const callbacks = library(
  referenceDll('callbacks.dll'),
  {
    callOr: 'int call_or(int (*callback)(int), int value, int otherwise)',
    sumOfCalls: 'int sum_of_calls(int (*callback)(int), int n)',
    deepen: 'int deepen(int depth, int (*callback)(int depth))',
    runOperations: 'double run_operations(const operations *operations, int value)',
    runOperationsValue: 'double run_operations_value(operations operations, int value)',
    callOneOf: 'int call_one_of(const pair_of_callbacks *callbacks, int index, int value)',
    callEach: 'int call_each(_In_reads_(n) void **callbacks, int n, int value)',
    callEachFunction: 'int call_each(_In_reads_(n) int (**callbacks)(int), int n, int value)',
    callCdecl: 'int call_cdecl(int (__cdecl *callback)(int a, int b, int c), int value)',
    callStdcall: 'int call_stdcall(int (__stdcall *callback)(int a, int b, int c), int value)',
    callFastcall: 'int call_fastcall(int (__fastcall *callback)(int a, int b, int c), int value)',
    callThiscall: 'int call_thiscall(int (__thiscall *callback)(int *self, int b, int c), int *self)',
    callStdcallWide: 'double call_stdcall_wide(double (__stdcall *callback)(int8_t a, double b, int64_t c, float d))',
    call12:
      'double call_12(double (*callback)(int8_t, int16_t, int, int64_t, float, double, uint8_t, uint16_t, unsigned, uint64_t, const char *, double *))',
    callFloat: 'float call_float(float (*callback)(float), float value)',
    callDouble: 'double call_double(double (*callback)(double), double value)',
    callInt64: 'int64_t call_int64(int64_t (*callback)(int64_t), int64_t value)',
    callInt8: 'int8_t call_int8(int8_t (*callback)(int8_t), int8_t value)',
    callUint16: 'uint16_t call_uint16(uint16_t (*callback)(uint16_t), uint16_t value)',
    callBool: 'bool call_bool(bool (*callback)(bool), bool value)',
    callVoid: 'void call_void(void (*callback)(void), int n)',
    callPointer: 'void *call_pointer(void *(*callback)(void *), void *value)',
    callSmall: 'int call_small(small (*callback)(small value), small value)',
    callPoint: 'point call_point(point (*callback)(point value), point value)',
    callVector: 'vector call_vector(vector (*callback)(vector value, float by), vector value, float by)',
    callRecord: 'record call_record(record (*callback)(int before, record value, double after), record value)',
    callBeyond:
      'record call_beyond(record (*callback)(int, int, int, int, int, int, int, int, int, int, int, int, int, int, int, int, record, float, small, vector), record value)',
    callStdcallVector: 'vector call_stdcall_vector(vector (__stdcall *callback)(vector value), vector value)',
    callInOut: 'int call_in_out(void (*callback)(int *value), int value)',
    callWithPoint: 'point call_with_point(void (*callback)(point *value), int x, int y)',
    callWithArrays:
      'int64_t call_with_arrays(void (*callback)(_In_reads_(n) const int16_t *in, _Out_writes_(n) int64_t *out, int n), int n)',
    callWithTexts:
      'int call_with_texts(int (*callback)(_In_z_ const char *text, _In_z_ const wchar_t *wide, _In_opt_z_ const char *none))',
    callWithBuffer: 'int call_with_buffer(int (*callback)(char *buffer, int size))',
    eachWindow: 'int each_window(BOOL (__stdcall *callback)(HWND window, LPARAM user), LPARAM user)',
    sortTexts: 'void sort_texts(const char **texts, size_t n, int (*compare)(const char **a, const char **b))',
    filterImage:
      'void filter_image(_In_reads_(width * height) const int16_t *image, _Out_writes_(width * height) int16_t *result, int width, int height, int16_t (*filter)(_In_reads_(n) const int16_t *window, int n))',
    keep: 'void keep_callback(int (*callback)(int))',
    callKept: 'int call_kept(int value)',
    callKeptAnd: 'int call_kept_and(int (*callback)(int), int value)',
    makeNumber: '_Ret_writes_(1) int *make_number(int value)',
    freeNumber: 'void free_number(int *number)',
    ownCallback: 'void *own_callback(void)',
    ownStdcallCallback: 'void *own_stdcall_callback(void)',
    isOwnCallback: 'int is_own_callback(int (*callback)(int))',
    ownOperations: 'operations own_operations(void)',
    stepsTaken: 'int steps_taken(void)',
    stepCallStep: 'int step_call_step(int (*callback)(int))',
    lastErrorAround: 'int last_error_around(int (*callback)(int))',
    faultInBetween: 'int fault_in_between(int (*callback)(int))',
    forgetAnswers: 'void forget_answers(void)',
    lastAnswers: 'answers last_answers(void)',
    askInt: 'void ask_int(int (*callback)(int))',
    askFloat: 'void ask_float(float (*callback)(void))',
    askInt64: 'void ask_int64(int64_t (*callback)(void))',
    askDouble: 'void ask_double(double (*callback)(void))',
    askPointer: 'void ask_pointer(void *(*callback)(void))',
    askPoint: 'void ask_point(point (*callback)(void))',
    askRecord: 'void ask_record(record (*callback)(void))',
  },
  {
    types: { operations, pair_of_callbacks: pairOfCallbacks, small, point, vector, record, answers },
    releases: { makeNumber: 'freeNumber' },
  },
);
