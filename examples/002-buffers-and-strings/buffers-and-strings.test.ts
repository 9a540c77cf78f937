import { as, describe, expect, library, Pointer, struct, test } from 'dllparity';

const crt = library(
  'msvcr120.dll',
  {
    strlen: 'size_t strlen(const char *string)',
    wcslen: 'size_t wcslen(const wchar_t *string)',
    strerror: 'char *strerror(int error)',
    memset: 'void *memset(void *to, int value, size_t count)',
    _snprintf: 'int _snprintf(char *buffer, size_t count, const char *format, ...)',
    strtol: 'long strtol(const char *string, _Out_ char **end, int base)',
    strchr: 'void *strchr(const char *string, int character)',
    frexp: 'double frexp(double x, _Out_ int *exponent)',
    div: 'div_t div(int numerator, int denominator)',
    _abs64: '__int64 _abs64(__int64 n)',
  },
  {
    types: { div_t: struct('div_t', { quot: 'int', rem: 'int' }) },
    errno: '_errno',
  },
);

describe('strings', () => {
  test('go in as they are: UTF-8 for char, UTF-16 for wchar_t', ({ load }) => {
    const { strlen, wcslen } = load(crt);
    expect(strlen('grün')).toBe(5);
    expect(wcslen('grün')).toBe(4);
  });

  test('come back as strings', ({ load }) => {
    expect(load(crt).strerror(2)).toBe('No such file or directory');
  });
});

describe('memory', () => {
  test('a Buffer is written to in place', ({ load }) => {
    const buffer = Buffer.alloc(8);
    load(crt).memset(buffer, 0x41, 3);
    expect(buffer.toString('latin1')).toBe('AAA\0\0\0\0\0');
  });

  test('an array of one is an out parameter', ({ load }) => {
    const exponent = [0];
    expect(load(crt).frexp(8, exponent)).toBe(0.5);
    expect(exponent).toEqual([4]);
  });

  test('a pointer that comes back can be read', ({ load }) => {
    const end: (Pointer | null)[] = [null];
    expect(load(crt).strtol('42 apples', end, 10)).toBe(42);
    expect(end[0]?.text()).toBe(' apples');
  });

  test('a pointer result is a Pointer, or null', ({ load }) => {
    const { strchr } = load(crt);
    const found = strchr('parity', 0x72);
    expect(found).toBeInstanceOf(Pointer);
    expect(strchr('parity', 0x7a)).toBeNull();
  });
});

test('arguments of a variadic function carry their type', ({ load }) => {
  const buffer = Buffer.alloc(32);
  const written = load(crt)._snprintf(
    buffer,
    32,
    '%d %s %.2f',
    as(7, 'int'),
    as('days', 'const char *'),
    as(1.5, 'double'),
  );
  expect(buffer.toString('latin1', 0, written)).toBe('7 days 1.50');
});

test('a struct is an object', ({ load }) => {
  expect(load(crt).div(17, 5)).toEqual({ quot: 3, rem: 2 });
});

test('a 64-bit integer is a number while that is exact, and a bigint beyond', ({ load }) => {
  const { _abs64 } = load(crt);
  expect(_abs64(-3)).toBe(3);
  expect(_abs64(-(2n ** 60n))).toBe(2n ** 60n);
});

test('errno and GetLastError() are part of the outcome', ({ load }) => {
  const outcome = load(crt).strtol.outcome('99999999999', [null], 10);
  expect(outcome).toMatchObject({ kind: 'returned', result: 2147483647, errno: 34 });
});
