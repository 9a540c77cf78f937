// stdlib.h: integers

export const INTEGERS = {
  abs: 'int abs(int n)',
  div: 'div_t div(int numerator, int denominator)',
  labs: 'long labs(long n)',
  ldiv: 'ldiv_t ldiv(long numerator, long denominator)',
  rand: 'int rand(void)',
  srand: 'void srand(unsigned int seed)',
  _abs64: '__int64 _abs64(__int64 n)',
  _byteswap_uint64: 'unsigned __int64 _byteswap_uint64(unsigned __int64 value)',
  _byteswap_ulong: 'unsigned long _byteswap_ulong(unsigned long value)',
  _byteswap_ushort: 'unsigned short _byteswap_ushort(unsigned short value)',
  _lrotl: 'unsigned long _lrotl(unsigned long value, int shift)',
  _lrotr: 'unsigned long _lrotr(unsigned long value, int shift)',
  _rotl: 'unsigned int _rotl(unsigned int value, int shift)',
  _rotl64: 'unsigned __int64 _rotl64(unsigned __int64 value, int shift)',
  _rotr: 'unsigned int _rotr(unsigned int value, int shift)',
  _rotr64: 'unsigned __int64 _rotr64(unsigned __int64 value, int shift)',
} as const;

export const C99_INTEGERS = {
  imaxabs: '__int64 imaxabs(__int64 n)',
  imaxdiv: 'lldiv_t imaxdiv(__int64 numerator, __int64 denominator)',
  llabs: 'long long llabs(long long n)',
  lldiv: 'lldiv_t lldiv(long long numerator, long long denominator)',
} as const;
