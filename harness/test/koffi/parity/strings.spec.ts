/* eslint-disable @typescript-eslint/no-unsafe-return -- koffi's functions return any; its deprecated forms are asked too */
// Page: string types, and strings that functions write.
import type { Spec } from './record.ts';

const TEXTS = ['', 'a', 'Grüß Gott', '😀 smile', 'a\0b', '\ud800 alone', 'x'.repeat(5000)];

export const strings: Spec = ({ koffi, lib, check }) => {
  for (const [bits, type] of Object.entries({ 8: 'str', 16: 'str16', 32: 'str32' })) {
    const echo = lib.func(`echo${bits}`, type, [type]);
    const length = lib.func(`length${bits}`, 'int', [type]);
    TEXTS.forEach((text, index) => {
      check(`${type} echo ${index.toString()}`, () => echo(text));
      check(`${type} length ${index.toString()}`, () => length(text));
    });
    for (const [name, value] of Object.entries<unknown>({ null: null, undefined, zero: 0, zeroBig: 0n })) {
      check(`${type} ${name}`, () => [length(value), echo(value)]);
    }
    for (const [name, value] of Object.entries<unknown>({
      true: true,
      object: {},
      symbol: Symbol('s'),
      function: () => 1,
      date: new Date(0),
    })) {
      check(`${type} of a ${name}`, () => length(value));
    }
    check(`${type} of one text in an array`, () => length(['four']));
    check(`${type} of numbers`, () => length([65, 66, 0]));
    check(`${type} of a Buffer`, () => length(Buffer.from('AB\0\0\0\0\0\0', bits === '16' ? 'utf16le' : 'latin1')));
    check(`greeting${bits}`, () => lib.func(`greeting${bits}`, type, [])());
    check(`${type} join`, () => {
      const out = ['\0'.repeat(32)];
      lib.func(`join${bits}`, 'void', [type, type, koffi.out(koffi.pointer(`char${bits === '8' ? '' : bits}`))])(
        'Hello ',
        'Wörld',
        out,
      );
      return out;
    });
    check(`${type} inout`, () => {
      const out = ['kept'];
      lib.func(`length${bits}`, 'int', [koffi.inout(type)])(out);
      return out;
    });
    check(`${type} out of a text`, () => lib.func(`length${bits}`, 'int', [koffi.out(type)])('text'));
  }
  const byteOf = lib.func('int byte_of(const char *text, int index)');
  check('utf-8 of a lone surrogate', () => [0, 1, 2, 3].map((index) => byteOf('\ud800', index) as unknown));
  const unitOf = lib.func('int unit_of(str16 text, int index)');
  check('utf-16 of a lone surrogate', () => [0, 1].map((index) => unitOf('\ud800', index) as unknown));
  const pointOf = lib.func('int point_of(str32 text, int index)');
  check('utf-32', () => [0, 1, 2].map((index) => pointOf('a😀b', index) as unknown));
  check('utf-32 of a low surrogate', () => [0, 1].map((index) => pointOf('\udc00x', index) as unknown));
  check('broken utf-8', () => lib.func('str broken8()')());
  check('broken utf-16', () => lib.func('str16 broken16()')());
  check('no text', () => lib.func('str no_text()')());
  check('empty text', () => lib.func('str empty_text()')());
  check('a text of 8 MiB', () => (lib.func('str long_text(int n)')(8 << 20) as string).length);
  check('passing 3 MiB', () => lib.func('int length8(str text)')('y'.repeat(3 << 20)));
  check('passing 8 MiB', () => lib.func('int length8(str text)')('z'.repeat(8 << 20)));
  check('passing 8 MiB of wide text', () => lib.func('int length16(str16 text)')('z'.repeat(4 << 20)));
  check('text for void *', () => lib.func('int length8(void *text)')('void'));
  check('text for int8_t *', () => lib.func('int length8(int8_t *text)')('bytes'));
  check('text for uint8_t *', () => lib.func('int length8(uint8_t *text)')('bytes'));
  check('text for int16_t *', () => lib.func('int length16(int16_t *text)')('wide'));
  check('text for int *', () => lib.func('int length32(int *text)')('points'));
  check('text for int64_t *', () => lib.func('int length8(int64_t *text)')('x'));
  check('text for an opaque', () => lib.func('length8', 'int', [koffi.pointer(koffi.opaque())])('x'));
  check('wide as wchar_t *', () => lib.func('const wchar_t *echo16(const wchar_t *)')('wide'));
  check('upper in an array', () => {
    const out = ['abc'];
    lib.func('void upper(_Inout_ char *text)')(out);
    return out;
  });
  check('upper in a Buffer', () => {
    const out = Buffer.from('abc\0def\0');
    lib.func('void upper(char *text)')(out);
    return out.toString('latin1');
  });
  check('upper of a text changes nothing', () => {
    const text = 'abc';
    lib.func('void upper(char *text)')(text);
    return text;
  });
  check('out string decodes to the NUL', () => {
    const out = ['0123456789'];
    lib.func('void join8(str, str, _Out_ char *)')('a', 'b', out);
    return out;
  });
  check('out string in str', () => {
    const out = ['0123456789'];
    lib.func('void join8(str, str, _Out_ str)')('a', 'b', out);
    return out;
  });
  check('out string in void *', () => {
    const out = ['0123456789'];
    lib.func('void join8(str, str, _Out_ void *)')('a', 'b', out);
    return out;
  });
  check('out Buffer', () => {
    const out = Buffer.alloc(8, 1);
    lib.func('void join8(str, str, _Out_ char *)')('a', 'b', out);
    return out;
  });
  check('total length', () => lib.func('int64_t total_length(const char **texts)')(['Get', 'Total', 'Length', null]));
  check('out text', () => {
    const out = [null];
    lib.func('void out_text(_Out_ const char **out)')(out);
    return out;
  });
  check('out text 16', () => {
    const out = [null];
    lib.func('void out_text16(_Out_ str16 *out)')(out);
    return out;
  });
  check('swap texts', () => {
    const [first, second] = [['first'], ['second']];
    lib.func('void swap_texts(_Inout_ const char **first, _Inout_ const char **second)')(first, second);
    return [first, second];
  });
};
