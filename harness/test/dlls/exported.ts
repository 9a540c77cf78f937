import { enumeration, library, struct } from 'dllparity';
import { referenceDll } from '../reference-dlls.ts';

const point = struct('point', { x: 'int32_t', y: 'int32_t' });
export const color = enumeration('color', { RED: 0, GREEN: 1, BLUE: 7, NONE: -1 });
export const functions = struct('functions', { first: 'int (*)(int a, int b)', second: 'double (*)(double value)' });

export const exported = library(
  referenceDll('exported.dll'),
  {
    counter: 'extern int counter',
    ratio: 'extern double ratio',
    flag: 'extern uint8_t flag',
    big: 'extern int64_t big',
    title: 'extern const char *title',
    room: 'extern char room[8]',
    numbers: 'extern int numbers[3]',
    origin: 'extern point origin',
    names: 'extern const char *names[3]',
    operation: 'extern int (*operation)(int a, int b)',
    missing: 'extern int missing',
    counterInside: 'int counter_inside(void)',
    countUp: 'int count_up(void)',
    ratioInside: 'double ratio_inside(void)',
    bigInside: 'int64_t big_inside(void)',
    titleInside: 'const char *title_inside(void)',
    sumNumbers: 'int sum_numbers(void)',
    originInside: 'point origin_inside(void)',
    operate: 'int operate(int a, int b)',
    roomInside: 'const char *room_inside(void)',
    atSeven: 'int at_seven(int value)',
    atHundred: 'int at_hundred(int value)',
    atNine: 'int at_nine(int value)',
    renamed: 'int renamed_counter_inside(void)',
    forwardedProcess: 'DWORD __stdcall forwarded_process(void)',
    functionNamed: 'void *function_named(const char *name)',
    functionInto: 'void function_into(_Out_ void **place)',
    callFunction: 'int call_function(int (*function)(int a, int b), int a, int b)',
    functionTable: 'const functions *function_table(void)',
    describe: 'int describe(_Out_writes_(size) char *out, int size, const char *kinds, ...)',
    divideInto: 'int divide_into(int n, ...)',
    nextColor: 'color next_color(color value)',
    nextColors: 'void next_colors(_Inout_updates_(n) color *colors, int n)',
    dirtyFalse: 'bool dirty_false(void)',
    dirtyTrue: 'bool dirty_true(void)',
    dirtyInt8: 'int8_t dirty_int8(void)',
    dirtyUint8: 'uint8_t dirty_uint8(void)',
    dirtyInt16: 'int16_t dirty_int16(void)',
    dirtyUint16: 'uint16_t dirty_uint16(void)',
    dirtyInt32: 'int32_t dirty_int32(void)',
    dirtyWchar: 'wchar_t dirty_wchar(void)',
    callDirtyBool: 'int call_dirty_bool(bool (*callback)(bool value))',
    callDirtyInt8: 'int call_dirty_int8(int8_t (*callback)(int8_t value))',
  },
  { types: { point, color, functions }, exports: { atSeven: 7, atHundred: 100, atNine: 99 } },
);

/** What exported.dll takes from basics.dll: Wine finds that only when it is loaded already. */
export const forwarded = library(referenceDll('exported.dll'), { add: 'int forwarded_add(int a, int b)' });
