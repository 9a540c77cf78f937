/* eslint-disable @typescript-eslint/no-unsafe-return -- koffi's functions return any; its deprecated forms are asked too */
// Page: primitive types. What every scalar takes, and what comes back.
import type { Spec } from './record.ts';

const INTEGERS: Record<string, string> = {
  i8: 'int8_t',
  u8: 'uint8_t',
  i16: 'int16_t',
  u16: 'uint16_t',
  i32: 'int32_t',
  u32: 'uint32_t',
  i64: 'int64_t',
  u64: 'uint64_t',
  long: 'long',
  ulong: 'unsigned long',
  size: 'size_t',
  intptr: 'intptr_t',
  wchar: 'wchar_t',
};
const VALUES: readonly unknown[] = [
  0,
  -0,
  1,
  -1,
  127,
  128,
  -128,
  255,
  256,
  32767,
  65535,
  2147483647,
  2147483648,
  -2147483648,
  4294967295,
  4294967296,
  9007199254740991,
  9007199254740992,
  9007199254740994,
  -9007199254740994,
  1e20,
  -1e20,
  1.5,
  -1.9,
  NaN,
  Infinity,
  -Infinity,
  0n,
  -1n,
  200n,
  9223372036854775807n,
  -9223372036854775808n,
  18446744073709551615n,
  1n << 70n,
  -(1n << 70n),
];
const WRONG: readonly unknown[] = [
  undefined,
  null,
  true,
  '1',
  {},
  [],
  [1],
  Symbol('s'),
  () => 1,
  new Date(0),
  Buffer.from([1]),
];

export const scalars: Spec = ({ koffi, lib, check }) => {
  const show = (value: unknown): string =>
    typeof value === 'bigint' ? `${value.toString()}n` : Object.is(value, -0) ? '-0' : String(value);
  for (const [name, type] of Object.entries(INTEGERS)) {
    const echo = lib.func(`echo_${name}`, type, [type]);
    for (const value of VALUES) check(`${type} ${show(value)}`, () => echo(value));
    WRONG.forEach((value, index) => check(`${type} wrong ${index.toString()}`, () => echo(value)));
    const out = lib.func(`out_${name}`, 'void', [type, koffi.out(koffi.pointer(type))]);
    check(`${type} out`, () => {
      const found: unknown[] = [null];
      out(100, found);
      return found;
    });
    const twice = lib.func(`twice_${name}`, type, [koffi.pointer(koffi.proto(type, [type])), type]);
    check(`${type} callback`, () => {
      const seen: unknown[] = [];
      const result: unknown = twice((value: unknown) => {
        seen.push(value);
        return typeof value === 'bigint' ? value - 1n : (value as number) - 1;
      }, 0);
      return [seen, result];
    });
  }
  for (const [name, type] of Object.entries({ f32: 'float', f64: 'double' })) {
    const echo = lib.func(`echo_${name}`, type, [type]);
    for (const value of [...VALUES, 0.1, 5e-324, 1.5e-45, 3.5e38, 1.7976931348623157e308]) {
      check(`${type} ${show(value)}`, () => echo(value));
    }
    WRONG.forEach((value, index) => check(`${type} wrong ${index.toString()}`, () => echo(value)));
    check(`${type} callback`, () =>
      lib.func(`twice_${name}`, type, [koffi.pointer(koffi.proto(type, [type])), type])(
        (value: number) => value * 1.5,
        1,
      ),
    );
    check(`${type} out`, () => {
      const found: unknown[] = [null];
      lib.func(`out_${name}`, 'void', [type, koffi.out(koffi.pointer(type))])(0.1, found);
      return found;
    });
  }
  const echo = lib.func('bool echo_bool(bool value)');
  for (const value of [true, false, 1, 0, null, undefined, 'true', 1n, {}])
    check(`bool of ${typeof value} ${show(value)}`, () => echo(value));
  check('bool out', () => {
    const found: unknown[] = [null];
    lib.func('void out_bool(bool value, _Out_ bool *out)')(true, found);
    return found;
  });
  check('bool callback', () =>
    lib.func('twice_bool', 'bool', [koffi.pointer(koffi.proto('bool', ['bool'])), 'bool'])(
      (value: boolean) => !value,
      true,
    ),
  );
  check('bool callback returns 1', () =>
    lib.func('twice_bool', 'bool', [koffi.pointer(koffi.proto('bool', ['bool'])), 'bool'])(() => 1, true),
  );
  check('dirty bool false', () => lib.func('bool dirty_bool(int)')(0));
  check('dirty bool true', () => lib.func('bool dirty_bool(int)')(1));
  check('void', () => lib.func('void nothing()')());
  check('void with arguments', () => lib.func('void nothing()')(1, 2, 3));
  check('void async', () => typeof lib.func('void nothing()').async);
  check('no argument', () => lib.func('int zero_arguments()')());
  check('too few', () => lib.func('int echo_i32(int)')());
  check('too few of two', () => lib.func('int std_add(int, int)')(1));
  check('too many', () => lib.func('int std_add(int, int)')(1, 2, 3));
  check('narrow result', () => lib.func('int8_t echo_i32(int)')(511));
  check('unsigned narrow result', () => lib.func('uint8_t echo_i32(int)')(-1));
  check('char', () => lib.func('char echo_i8(char)')(200));
  check('uchar', () => lib.func('uchar echo_u8(uchar)')(200));
  check('char16', () => lib.func('char16_t echo_u16(char16_t)')(65535));
  check('char32', () => lib.func('char32_t echo_u32(char32_t)')(4294967295));
  const numbers = [1, 2.5, 3, 4.5, 5, 6, 7.25, 8, 9.5, 10, 11, 12.125];
  const weigh = lib.func(
    'double weigh12(int a, double b, int8_t c, float d, int64_t e, uint8_t f, double g, int16_t h, float i, uint32_t j, int64_t k, double l)',
  );
  check('twelve', () => weigh(...numbers));
  check('twelve negative', () => weigh(...numbers.map((number) => -number)));
  check('ten integers', () =>
    lib.func('int64_t sum10(int8_t, int16_t, int32_t, int64_t, uint8_t, uint16_t, uint32_t, uint64_t, int8_t, int8_t)')(
      -1,
      -2,
      -3,
      -4,
      5,
      6,
      7,
      8n,
      -9,
      -10,
    ),
  );
  for (const [name, bits] of Object.entries({ raw16: 16, raw32: 32, raw64: 64 })) {
    for (const sign of ['int', 'uint'])
      for (const end of ['le', 'be']) {
        const type = `${sign}${bits.toString()}_${end}_t`;
        const plain = `uint${bits.toString()}_t`;
        check(`${type} in`, () => lib.func(name, plain, [type])(0x81));
        check(`${type} out`, () => lib.func(name, type, [plain])(0x81));
        check(`${type} both`, () => lib.func(name, type, [type])(-2));
      }
  }
  const Colour = koffi.enumeration('ScalarColour', { Red: 0, Green: 5, Blue: -2 });
  const next = lib.func('next_colour', Colour, [Colour]);
  check('enum', () => [next(0), next(5), next(-2), next(Colour.values?.['Green'])]);
  check('enum by name', () => next('Red'));
  const Wide = koffi.enumeration('ScalarWide', { One: 1 }, 'int64_t');
  check('wide enum', () => lib.func('echo_wide_enum', Wide, [Wide])(1n << 60n));
  const Small = koffi.enumeration('ScalarSmall', { One: 1 }, 'uint8_t');
  check('small enum', () => lib.func('echo_small_enum', Small, [Small])(257));
};
