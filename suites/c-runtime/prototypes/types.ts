import { struct } from 'dllparity/agent';

/** What the prototypes of the C runtimes name beside the types of C. */
export const TYPES = {
  _complex: struct('_complex', { x: 'double', y: 'double' }),
  _Dcomplex: struct('_Dcomplex', { re: 'double', im: 'double' }),
  _Fcomplex: struct('_Fcomplex', { re: 'float', im: 'float' }),
  div_t: struct('div_t', { quot: 'int', rem: 'int' }),
  ldiv_t: struct('ldiv_t', { quot: 'long', rem: 'long' }),
  lldiv_t: struct('lldiv_t', { quot: 'long long', rem: 'long long' }),
  mbstate_t: struct('mbstate_t', { wchar: 'unsigned long', byte: 'unsigned short', state: 'unsigned short' }),
  tm: struct('tm', {
    tm_sec: 'int',
    tm_min: 'int',
    tm_hour: 'int',
    tm_mday: 'int',
    tm_mon: 'int',
    tm_year: 'int',
    tm_wday: 'int',
    tm_yday: 'int',
    tm_isdst: 'int',
  }),
};
