import { library, pointer, prototype, struct, out } from 'dllparity';

/** Pasted from Microsoft's reference pages as they are. */
export const kernel32 = library(
  'kernel32.dll',
  {
    getVariable: `DWORD GetEnvironmentVariableW(
  [in, optional]  LPCWSTR lpName,
  [out, optional] LPWSTR  lpBuffer,
  [in]            DWORD   nSize
);`,
    mulDiv: `int MulDiv(
  [in] int nNumber,
  [in] int nNumerator,
  [in] int nDenominator
);`,
  },
  // These pages leave out the convention, which only 32-bit DLLs notice.
  { convention: 'stdcall' },
);

const point = struct('point', { x: 'int32_t', y: 'int32_t' });

export const exported = library(
  'exported.dll',
  {
    // Variables: no parentheses.
    counter: 'extern int counter',
    origin: 'extern point origin',
    numbers: 'extern int numbers[3]',
    operation: 'extern int (*operation)(int a, int b)',
    // By ordinal: see `exports` below.
    atSeven: 'int at_seven(int value)',
    // The name to be called, and that in the DLL.
    sum: 'int sum_numbers(void)',
    operate: 'int operate(int a, int b)',
    functionNamed: 'void *function_named(const char *name)',
    describe: 'int describe(_Out_writes_(size) char *out, int size, const char *kinds, ...)',
    divideInto: 'int divide_into(int n, ...)',
  },
  { types: { point }, exports: { atSeven: 7 } },
);

export const conventions = library(
  'conventions.dll',
  {
    // On ia32 the DLL exports stdcall_add@8 and @fastcall_add@8.
    stdcall: 'int __stdcall stdcall_add(int a, int b)',
    fastcall: 'int __fastcall fastcall_add(int a, int b)',
    counterAt: 'counter *counter_at(int value)',
    counterAdd: 'int __thiscall counter_add(counter *self, int by, int8_t times)',
    // The same function by its decorated name, taken for a cdecl one.
    mistaken: 'int stdcall_add(int a, int b)',
  },
  {
    types: { counter: struct('counter', { value: 'int32_t' }) },
    exports: { mistaken: 'stdcall_add@8' },
  },
);

/** Without C: `out` and `inout` say what a pointer is for. */
export const memory = library('memory.dll', {
  divmod: prototype({
    name: 'divmod',
    result: 'int',
    parameters: [
      ['a', 'int'],
      ['b', 'int'],
      ['remainder', out(pointer('int'))],
    ],
  }),
});
