/* eslint-disable @typescript-eslint/no-deprecated -- koffi's functions return any; its deprecated forms are asked too */
// Page: functions. How they are declared, and what is refused.
import type { Spec } from './record.ts';

export const prototypes: Spec = ({ koffi, loose, lib, check }) => {
  const func = lib.func.bind(lib) as (...args: unknown[]) => unknown;
  koffi.struct('Pair', { first: 'int16_t', second: 'int32_t' });
  koffi.opaque('Opaque');
  koffi.proto('int Callback(int value)');
  koffi.alias('UINT', 'unsigned int');

  for (const text of [
    'int zero_arguments()',
    'int zero_arguments(void)',
    'int zero_arguments(void);',
    '  int   zero_arguments ( ) ; ',
    'const char *greeting8(void)',
    'unsigned long echo_ulong(unsigned long value)',
    'unsigned long echo_ulong(unsigned long)',
    'long long echo_i64(long long)',
    'int __stdcall std_add(int a, int b)',
    'int __cdecl echo_i32(int)',
    'void nothing(void)',
    'Pair echo_pair(Pair value)',
    'void copy_pair(const Pair *in, _Out_ Pair *out)',
    'void copy_pair(_In_ Pair *in, _Inout_ Pair *out)',
    'int call_int(Callback *callback, int value)',
    'int print(_Out_ char *out, const char *format, ...)',
    'str! new_text(str text)',
    'char *! new_text(const char *text)',
    'void *echo_pointer(Opaque *pointer)',
    'UINT echo_u32(UINT)',
    'int\nadd_int\n(int *number,\tint add)',
  ]) {
    check(text, () => (func(text) as { info: unknown }).info);
  }
  for (const text of [
    '',
    'int',
    'int zero_arguments',
    'int zero_arguments(',
    'int zero_arguments()x',
    'int zero_arguments() {',
    'nope zero_arguments()',
    'int zero_arguments(nope a)',
    'int zero_arguments(int a',
    'int zero_arguments(int a,)',
    'int zero_arguments(int a b)',
    'int zero_arguments(int[3] a)',
    'int zero_arguments(int a[3])',
    'int zero_arguments(void a)',
    'int zero_arguments(Opaque a)',
    'int zero_arguments(Callback a)',
    'Opaque zero_arguments()',
    'Callback zero_arguments()',
    'int zero_arguments(_Out_ int a)',
    'int zero_arguments(_Out_ Pair a)',
    'int (*pointer)(int)',
    'int zero_arguments(int (*f)(int))',
    'int 5zero()',
    'int does_not_exist(void)',
    'int zero_arguments(..., int)',
    '(int)',
    'struct Pair echo_pair(struct Pair value)',
    'int zero_arguments(int a) const',
  ]) {
    check(`refused: ${text}`, () => func(text));
  }
  const classic: Record<string, unknown[]> = {
    plain: ['echo_i32', 'int', ['int']],
    'no arguments': ['zero_arguments', 'int', []],
    convention: ['__stdcall', 'std_add', 'int', ['int', 'int']],
    variadic: ['print', 'int', ['str', 'str', '...']],
    out: ['add_int', 'void', [koffi.inout(koffi.pointer('int')), 'int']],
    'out in text': ['add_int', 'void', ['_Inout_ int *', 'int']],
    struct: ['echo_pair', 'Pair', ['Pair']],
    'by pointer type': ['echo_pointer', koffi.pointer('Opaque'), [koffi.pointer('Opaque')]],
    missing: ['does_not_exist', 'int', []],
    'arguments missing': ['zero_arguments', 'int'],
    'arguments null': ['zero_arguments', 'int', null],
    'arguments text': ['zero_arguments', 'int', 'int'],
    'name null': [null, 'int', []],
    'name object': [{}, 'int', []],
    'result missing': ['zero_arguments', undefined, []],
    'result nope': ['zero_arguments', 'nope', []],
    'result array': ['zero_arguments', koffi.array('int', 3), []],
    'result opaque': ['zero_arguments', 'Opaque', []],
    'parameter nope': ['zero_arguments', 'int', ['nope']],
    'parameter void': ['zero_arguments', 'int', ['void']],
    'parameter array': ['zero_arguments', 'int', [koffi.array('int', 3)]],
    'parameter proto': ['zero_arguments', 'int', ['Callback']],
    'parameter number': ['zero_arguments', 'int', [5]],
    'parameter null': ['zero_arguments', 'int', [null]],
    'convention only': ['__stdcall', 'int'],
    'counted pointer': ['zero_arguments', 'int', [koffi.pointer(null, 'int', 'n')]],
    '65 parameters': ['zero_arguments', 'int', Array<string>(65).fill('int')],
  };
  for (const [name, args] of Object.entries(classic)) {
    check(`classic: ${name}`, () => (func(...args) as { info: unknown }).info);
  }
  check('func()', () => func());
  check('func(5)', () => func(5));
  check('func(null)', () => func(null));
  check('name of a function', () => (func('int echo_i32(int)') as () => unknown).name);
  check('length of a function', () => (func('int echo_i32(int)') as () => unknown).length);
  check('keys of a function', () => Object.keys(func('int echo_i32(int)') as object));
  check('keys of a variadic function', () =>
    Object.keys(func('int print(char *out, const char *format, ...)') as object),
  );
  check('async is a function', () => (func('int echo_i32(int)') as { async: unknown }).async);
  check('ordinal 1', () => typeof func(1, 'int', ['int']));
  check('ordinal 60000', () => func(60000, 'int', ['int']));
  check('keys of a library', () => Object.keys(lib));
  check('class of a library', () => lib.constructor.name);
  check('tag of a library', () => Object.prototype.toString.call(lib));
  check('symbol()', () => (lib.symbol as (...args: unknown[]) => unknown)());
  check('symbol(5)', () => (lib.symbol as (...args: unknown[]) => unknown)(5));
  check('symbol nope', () => lib.symbol('nope'));
  check('symbol', () => typeof lib.symbol('my_int'));
  check('load()', () => loose['load']!());
  check('load(5)', () => loose['load']!(5));
  check('load nope', () => {
    try {
      return koffi.load('does_not_exist_anywhere.dll');
    } catch (error) {
      return `${(error as Error).name} ${(error as Error).message.split(':')[0] ?? ''}`;
    }
  });
  check('load options 5', () => loose['load']!('kernel32.dll', 5));
  check('load options', () => koffi.load('kernel32.dll', { lazy: true }).constructor.name);
  for (const option of ['lazy', 'global', 'deep', 'nope']) {
    check(`load option ${option}`, () => koffi.load('kernel32.dll', { [option]: true }).constructor.name);
  }
  for (const [name, value] of Object.entries<unknown>({ null: null, undefined, empty: '' })) {
    check(`load ${name}`, () => {
      const program = loose['load']!(value) as ReturnType<typeof koffi.load>;
      return program.constructor.name;
    });
  }
  check('load null: a function that the program lacks', () => koffi.load(null).func('int GetTickCount()'));
  check('load null: unload', () => {
    koffi.load(null).unload();
    return koffi.load(null).constructor.name;
  });
  check('load without extension', () => koffi.load('kernel32').constructor.name);
  check(
    'GetCurrentProcessId',
    () => typeof koffi.load('kernel32.dll').func('uint32 __stdcall GetCurrentProcessId()')(),
  );
};
