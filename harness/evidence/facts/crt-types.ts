// Types of Microsoft's C runtime that prototypes of facts name, and that no declaration of the project has.
import { struct, union } from '../../types/declare/struct.ts';
import { opaque } from '../../types/declare/type-objects.ts';
import type { CType } from '../../types/declare/types.ts';

const int = 'int';

/** By name. Sources: Microsoft's headers corecrt.h, time.h, complex.h, stdlib.h, inttypes.h and wtypes.h. */
export const CRT_TYPES: Readonly<Record<string, CType>> = {
  tm: struct('tm', {
    tm_sec: int,
    tm_min: int,
    tm_hour: int,
    tm_mday: int,
    tm_mon: int,
    tm_year: int,
    tm_wday: int,
    tm_yday: int,
    tm_isdst: int,
  }),
  // Its members have no names in the header: it is an array of two.
  _Dcomplex: struct('_Dcomplex', { r: 'double', i: 'double' }),
  _Fcomplex: struct('_Fcomplex', { r: 'float', i: 'float' }),
  div_t: struct('div_t', { quot: int, rem: int }),
  ldiv_t: struct('ldiv_t', { quot: int, rem: int }),
  lldiv_t: struct('lldiv_t', { quot: 'int64_t', rem: 'int64_t' }),
  imaxdiv_t: struct('imaxdiv_t', { quot: 'int64_t', rem: 'int64_t' }),
  _CRT_DOUBLE: struct('_CRT_DOUBLE', { x: 'double' }),
  _CRT_FLOAT: struct('_CRT_FLOAT', { f: 'float' }),
  _LDOUBLE: struct('_LDOUBLE', { ld: 'uint8_t[10]' }),
  mbstate_t: struct('mbstate_t', { wchar: 'uint32_t', byte: 'uint16_t', state: 'uint16_t' }),
  CY: union('CY', { int64: 'int64_t', parts: struct('tagCY', { Lo: 'uint32_t', Hi: 'int32_t' }) }),
  FILE: opaque('FILE'),
  _onexit_table_t: opaque('_onexit_table_t'),
};
