// The reference DLLs as libraries. Built by set-up from reference-dlls/. Without vitest: programs use them too.
import { join } from 'node:path';
import { library, struct } from '../agent.ts';
import { readInstallation } from '../machines/installation.ts';

/** The runtime that the tests are run on. */
export const installation = readInstallation(process.env['DLLPARITY_RUNTIME'] || undefined);
export const { referenceDlls } = installation;

/** Path of a reference DLL. */
export function referenceDll(name: string): string {
  return join(referenceDlls, name);
}

export const basics = library(
  referenceDll('basics.dll'),
  {
    add: 'int add(int a, int b)',
    addDouble: 'double add_double(double a, double b)',
    int8: 'int8_t echo_int8(int8_t value)',
    uint8: 'uint8_t echo_uint8(uint8_t value)',
    int16: 'int16_t echo_int16(int16_t value)',
    uint16: 'uint16_t echo_uint16(uint16_t value)',
    int32: 'int32_t echo_int32(int32_t value)',
    uint32: 'uint32_t echo_uint32(uint32_t value)',
    int64: 'int64_t echo_int64(int64_t value)',
    uint64: 'uint64_t echo_uint64(uint64_t value)',
    float: 'float echo_float(float value)',
    double: 'double echo_double(double value)',
    wchar: 'wchar_t echo_wchar(wchar_t value)',
    sum: 'int sum_variadic(int count, ...)',
    mix: 'double mix_variadic(const char *kinds, ...)',
    callBack: 'int call_back(int (*callback)(int), int n)',
    nested: 'int nested(int depth, int (*callback)(int))',
    length: 'unsigned length(const char *text)',
    wideLength: 'unsigned wide_length(const wchar_t *text)',
    upper: 'void upper_in_place(char *text)',
    greeting: 'const char *greeting(void)',
    fillInts: 'void fill_ints(int *numbers, int n)',
    outInt: 'void out_int(_Out_ int *result)',
    into: 'int *into(int *base, int index)',
    divide: 'division divide(int numerator, int denominator)',
    setErrno: 'int set_errno_like(int value)',
    sleep: 'void sleep_ms(unsigned milliseconds)',
    crash: 'int crash_null(void)',
    exit: 'int exit_process(int code)',
    hang: 'void hang(void)',
  },
  { errno: 'own_errno', types: { division: struct('division', { quot: 'int', rem: 'int' }) } },
);

const pair = struct('pair', { first: 'int16_t', second: 'int16_t' });
const record = struct('record', { weight: 'double', count: 'int32_t', letter: 'int8_t', factor: 'float' });

export const calls = library(
  referenceDll('calls.dll'),
  {
    bool: '_Bool echo_bool(_Bool value)',
    negate: 'bool negate(bool value)',
    weighInts: 'int64_t weigh_ints(int a, int b, int c, int d, int e, int f, int g, int h)',
    weighMixed: 'double weigh_mixed(int a, double b, int64_t c, float d, int8_t e, double f, uint16_t g, float h)',
    makePair: 'pair make_pair(int16_t first, int16_t second)',
    sumPair: 'int sum_pair(pair value)',
    makeRecord: 'record make_record(double weight, int32_t count, int8_t letter, float factor)',
    weighRecord: 'double weigh_record(record value)',
    scaleRecord: 'void scale_record(record *value, double by)',
    weighRecords: 'double weigh_records(const record *values, int n)',
    callInt8: 'int8_t call_int8(int8_t (*callback)(int8_t), int8_t value)',
    callUint8: 'uint8_t call_uint8(uint8_t (*callback)(uint8_t), uint8_t value)',
    callInt16: 'int16_t call_int16(int16_t (*callback)(int16_t), int16_t value)',
    callUint16: 'uint16_t call_uint16(uint16_t (*callback)(uint16_t), uint16_t value)',
    callInt32: 'int32_t call_int32(int32_t (*callback)(int32_t), int32_t value)',
    callUint32: 'uint32_t call_uint32(uint32_t (*callback)(uint32_t), uint32_t value)',
    callInt64: 'int64_t call_int64(int64_t (*callback)(int64_t), int64_t value)',
    callUint64: 'uint64_t call_uint64(uint64_t (*callback)(uint64_t), uint64_t value)',
    callFloat: 'float call_float(float (*callback)(float), float value)',
    callDouble: 'double call_double(double (*callback)(double), double value)',
    callBool: '_Bool call_bool(_Bool (*callback)(_Bool), _Bool value)',
    callPointer: 'void *call_pointer(void *(*callback)(void *), void *value)',
    callVoid: 'void call_void(void (*callback)(int), int value)',
    callMany:
      'double call_many(double (*callback)(int, double, int64_t, float, int8_t, double, uint16_t, float, const char *))',
    callWithStructs: 'double call_with_structs(double (*callback)(pair first, record second))',
    callTwo: 'int call_two(int (*first)(int), int (*second)(int), int value)',
    callFromThread: 'int call_from_thread(int (*callback)(int))',
    wideGreeting: 'const wchar_t *wide_greeting(void)',
    utf8Greeting: 'const char *utf8_greeting(void)',
    noText: 'const char *no_text(void)',
    danglingText: 'const char *dangling_text(void)',
    repeat: 'const char *repeat(char letter, unsigned n)',
    repeatWide: 'const wchar_t *repeat_wide(wchar_t letter, unsigned n)',
    textBeforeTheEnd: 'const char *text_before_the_end(unsigned n)',
    sumBytes: 'int64_t sum_bytes(const uint8_t *bytes, size_t n)',
    addOne: 'void add_one(uint8_t *bytes, size_t n)',
    sumDoubles: 'double sum_doubles(const double *numbers, int n)',
    countTexts: 'unsigned count_texts(const char **texts)',
    pointPast: 'void point_past(const char *text, _Out_ const char **end)',
    pointAtOwn: 'void point_at_own(_Out_ const char **text)',
    swap: 'void swap_ints(int *a, int *b)',
    outInt64: 'void out_int64(_Out_ int64_t *value)',
    isNull: 'int is_null(const void *pointer)',
    echoPointer: 'const void *echo_pointer(const void *pointer)',
    failWith: 'void fail_with(unsigned error)',
    lastError: 'unsigned last_error(void)',
    nothing: 'void nothing(void)',
  },
  { types: { pair, record } },
);

export const misbehave = library(referenceDll('misbehave.dll'), {
  crashRead: 'int crash_read(uint64_t address)',
  crashWrite: 'void crash_write(uint64_t address)',
  crashExecute: 'void crash_execute(uint64_t address)',
  illegalInstruction: 'void illegal_instruction(void)',
  breakpoint: 'void breakpoint(void)',
  raiseCode: 'void raise_code(uint32_t code)',
  divideInts: 'int divide_ints(int a, int b)',
  overflowStack: 'int overflow_stack(int depth)',
  writeThenCrash: 'void write_then_crash(int *numbers)',
  endProcess: 'void end_process(unsigned code)',
  terminateProcess: 'void terminate_process(unsigned code)',
  endThread: 'void end_thread(void)',
  maybe: 'int maybe(int value, int how)',
  countUp: 'int count_up(void)',
  roundUp: 'void round_up(void)',
  setPrecision24: 'void set_precision_24(void)',
  quotient: 'double quotient(double a, double b)',
  x87ControlWord: 'unsigned x87_control_word(void)',
  setDirectionFlag: 'void set_direction_flag(void)',
  trashRegisters: 'void trash_registers(void)',
  writeLines: 'void write_lines(unsigned n)',
  arm: 'void arm(void)',
  fire: 'int fire(int value)',
  faultSecondTime: 'int fault_second_time(void)',
  fillSecondTime: 'int fill_second_time(int *numbers)',
  damageHeap: 'void damage_heap(void)',
  useHeap: 'int use_heap(void)',
  takeMemory: 'void take_memory(size_t bytes)',
});

/** What the second argument of `maybe` asks for. */
export const HOW = { return: 0, crash: 1, exit: 2, sleep: 3, loop: 4 } as const;
