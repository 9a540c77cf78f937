import { expect, library, test } from 'dllparity';

const crt = library('msvcr120.dll', {
  pow: 'double pow(double x, double y)',
  strlen: 'size_t strlen(const char *string)',
});

test('calls the C runtime of Windows', ({ load }) => {
  const { pow, strlen } = load(crt);
  expect(pow(2, 10)).toBe(1024);
  expect(strlen('parity')).toBe(6);
});
