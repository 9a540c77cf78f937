import { library, struct } from 'dllparity';
import { referenceDll } from '../reference-dlls.ts';

const types = {
  small: struct('small', { x: 'int16_t', y: 'int16_t' }),
  point: struct('point', { x: 'int32_t', y: 'int32_t' }),
  record: struct('record', { weight: 'double', count: 'int32_t', tag: 'int8_t' }),
  counter: struct('counter', { value: 'int32_t' }),
};

/** The same functions in each of these conventions. */
export const CONVENTIONS = ['cdecl', 'stdcall', 'fastcall'] as const;
type Convention = (typeof CONVENTIONS)[number];

/** The functions of one convention, under names without it. */
export function functionsOf<C extends Convention>(convention: C) {
  return library(
    referenceDll('conventions.dll'),
    {
      nothing: `int __${convention} ${convention}_nothing(void)`,
      one: `int __${convention} ${convention}_one(int a)`,
      add: `int __${convention} ${convention}_add(int a, int b)`,
      ints: `int64_t __${convention} ${convention}_ints(int a, int b, int c, int d, int e)`,
      small: `int64_t __${convention} ${convention}_small(int8_t a, uint16_t b, bool c, int16_t d, uint8_t e)`,
      wide: `int64_t __${convention} ${convention}_wide(int64_t a, int b, int64_t c, int d)`,
      mixed: `double __${convention} ${convention}_mixed(double a, int b, float c, int64_t d, int e, int f)`,
      half: `float __${convention} ${convention}_half(float value)`,
      out: `void __${convention} ${convention}_out(_Out_ int *out, int value)`,
      structs: `int64_t __${convention} ${convention}_structs(int a, small b, point c, int d, record e, int f)`,
      makeSmall: `small __${convention} ${convention}_make_small(int x, int y)`,
      makePoint: `point __${convention} ${convention}_make_point(int x, int y)`,
      makeRecord: `record __${convention} ${convention}_make_record(int count, double weight, int8_t tag)`,
    },
    { types },
  );
}

export const conventions = library(
  referenceDll('conventions.dll'),
  {
    counterAt: 'counter *counter_at(int value)',
    counterValue: 'int __thiscall counter_value(const counter *this)',
    counterAdd: 'int __thiscall counter_add(counter *this, int by, int8_t times)',
    counterMixed: 'double __thiscall counter_mixed(const counter *this, double a, int64_t b, float c)',
    counterStructs: 'int64_t __thiscall counter_structs(const counter *this, small a, record b, point c)',
    counterRecord: 'record __thiscall counter_record(const counter *this, double weight, int8_t tag)',
    variadicMix: 'double variadic_mix(int n, ...)',
    variadicStdcall: 'double __stdcall variadic_mix(int n, ...)',
    ecx: 'uint32_t __fastcall ecx_at_entry(uint32_t a, uint32_t b)',
    edx: 'uint32_t __fastcall edx_at_entry(uint32_t a, uint32_t b)',
    ecxOfThiscall: 'uint32_t __thiscall ecx_at_entry(uint32_t a)',
    stackAtEntry: 'uint32_t stack_at_entry(void)',
    pops8: 'int pops_8(void)',
    pops8Rightly: 'int __stdcall pops_8(int a, int b)',
    pops0: 'int __stdcall pops_0(int a, int b)',
    withUnderscore: 'int __stdcall with_underscore(int a, int b)',
    undecorated: 'int __stdcall undecorated(int a, int b)',
    leadingUnderscore: 'int leading_underscore(int a, int b)',
    // A stdcall function, taken for a cdecl one.
    mistaken: 'int stdcall_add(int a, int b)',
    notThere: 'int __stdcall nowhere(int a)',
  },
  { types, exports: { mistaken: 'stdcall_add@8' } },
);

/** The same with decorated names, as ia32 DLLs have them. */
export const decorated = library(
  referenceDll('conventions.dll'),
  { add: 'int __stdcall sum(int a, int b)', fast: 'int __fastcall sum(int a, int b)' },
  { exports: { add: 'stdcall_add@8', fast: '@fastcall_add@8' } },
);
