/* eslint-disable @typescript-eslint/no-unsafe-return -- koffi's functions return any; its deprecated forms are asked too */
// Page: values. Decoding and encoding of memory.
import type { Spec } from './record.ts';

export const values: Spec = ({ koffi, loose, lib, check }) => {
  const bytes = Buffer.from([0x81, 0x82, 0x83, 0x84, 0x85, 0x86, 0x87, 0x88, 0x41, 0xc3, 0xbc, 0, 0x43, 0, 0, 0]);
  const decode = koffi.decode as unknown as ((...args: unknown[]) => unknown) &
    Record<string, (...args: unknown[]) => unknown>;
  const at = koffi.alloc('uint8_t', 64) as bigint;
  koffi.encode(at, koffi.array('uint8_t', 16), bytes);

  check('names of decode', () => Object.keys(decode));
  for (const name of Object.keys(decode)) {
    if (name.includes('string')) continue;
    check(`decode.${name}`, () => decode[name]!(bytes));
    check(`decode.${name} of a pointer`, () => decode[name]!(at));
    check(`decode.${name} name`, () => decode[name]!.name);
  }
  check('decode.int()', () => decode['int']!());
  check("decode.int('x')", () => decode['int']!('x'));
  check('decode.int({})', () => decode['int']!({}));
  check('decode.int of typed array', () => decode['int']!(new Int32Array([7])));
  check('decode.double of a typed array', () => decode['double']!(new Float64Array([-0.1])));
  check('decode.float of a typed array', () => decode['float']!(new Float32Array([0.1])));

  const text = Buffer.from('Grüß\0rest\0\0\0', 'utf8');
  check('decode.string', () => decode['string']!(text));
  check('decode.string of 2', () => decode['string']!(text, 2));
  check('decode.string of 8', () => decode['string']!(text, 8));
  check('decode.string of bigint', () => decode['string']!(text, 3n));
  check('decode.string of text', () => decode['string']!(text, 'x'));
  check('decode.string null', () => decode['string']!(null));
  check('decode.string()', () => decode['string']!());
  check('decode.string {}', () => decode['string']!({}));
  check('decode.string of zero', () => decode['string']!(text, 0));
  check('decode.string16', () => decode['string16']!(Buffer.from('Grüß\0rest', 'utf16le')));
  check('decode.string16 of 2', () => decode['string16']!(Buffer.from('Grüß\0rest', 'utf16le'), 2));
  check('decode.string32', () => decode['string32']!(new Uint32Array([65, 0x1f600, 0xd800, 0])));
  check('decode.string32 of 1', () => decode['string32']!(new Uint32Array([65, 66, 0]), 1));
  check('decode.wstring', () => decode['wstring']!(Buffer.from('wide\0', 'utf16le')));
  check('decode.string of a pointer', () => decode['string']!(lib.symbol('my_buffer')));
  check('decode.wstring of a pointer', () => decode['wstring']!(lib.symbol('my_wide')));
  check('decode.string of a pointer and 3', () => decode['string']!(lib.symbol('my_buffer'), 3));

  const scalarTypes = [
    'int8_t',
    'uint8_t',
    'char',
    'int16_t',
    'uint16_t',
    'int32_t',
    'uint32_t',
    'int64_t',
    'uint64_t',
    'int16_be_t',
    'uint16_be_t',
    'int32_be_t',
    'uint32_be_t',
    'int64_be_t',
    'uint64_be_t',
    'long',
    'size_t',
    'wchar_t',
    'float',
    'double',
  ];
  for (const type of scalarTypes) {
    check(`decode ${type}`, () => koffi.decode(bytes, type));
    check(`decode ${type} at 4`, () => koffi.decode(bytes, 4, type));
    check(`decode ${type} of a pointer`, () => koffi.decode(at, 1, type));
    check(`decode 2 ${type}`, () => koffi.decode(bytes, type, 2));
    check(`decode 2 ${type} at 2 of a pointer`, () => koffi.decode(at, 2, type, 2));
    check(`encode ${type}`, () => {
      const out = Buffer.alloc(16, 0xee);
      koffi.encode(out, type, 0x1234);
      return out;
    });
    check(`encode 2 ${type} at 2`, () => {
      const out = Buffer.alloc(24, 0xee);
      koffi.encode(out, 2, type, [1, -2, 3], 2);
      return out;
    });
    check(`encode ${type} of a text`, () => koffi.encode(Buffer.alloc(16), type, 'x'));
    for (const hint of ['Array', 'Typed', 'Buffer', 'String'] as const) {
      check(`decode ${type} as ${hint}`, () => koffi.decode(bytes, koffi.array(type, 2, hint)));
    }
  }
  // A byte that is neither 0 nor 1 is undefined behaviour in koffi's bool.
  check('decode bool', () => [koffi.decode(Buffer.from([1]), 'bool'), koffi.decode(Buffer.from([1, 0]), 1, 'bool')]);
  check('decode bools', () => koffi.decode(Buffer.from([1, 0, 1]), 'bool', 3));
  check('encode bools', () => {
    const out = Buffer.alloc(4, 0xee);
    koffi.encode(out, 1, 'bool', [true, false], 2);
    return out;
  });
  check('negative length int8', () => koffi.decode(text, 'char', -1));
  check('negative length uint8', () => koffi.decode(text, 'uint8_t', -1));
  check('negative length int16', () => koffi.decode(Buffer.from('ab\0c', 'utf16le'), 'char16_t', -1));
  check('negative length of a pointer', () => koffi.decode(lib.symbol('my_buffer'), 'char', -1));
  check('negative length wide of a pointer', () => koffi.decode(lib.symbol('my_wide'), 'wchar_t', -1));
  check('negative length int64', () => koffi.decode(text, 'int64_t', -1));
  check('length 0', () => koffi.decode(text, 'uint8_t', 0));
  check('char with a length', () => koffi.decode(text, 'char', 3));
  check('char with a length over NUL', () => koffi.decode(text, 'char', 10));
  check('too long', () => koffi.decode(Buffer.alloc(4), 'int', 8));
  check('too long by offset', () => koffi.decode(Buffer.alloc(4), 2, 'int'));
  check('negative offset', () => koffi.decode(Buffer.alloc(8), -1, 'int8_t'));
  check('decode null', () => koffi.decode(null, 'int'));
  check('decode 0n', () => koffi.decode(0n, 'int'));
  check('decode text', () => koffi.decode('x', 'int'));
  check('decode object', () => koffi.decode({}, 'int'));
  check('decode nope', () => koffi.decode(bytes, 'nope'));
  check('decode void', () => koffi.decode(at, 'void'));
  check('decode()', () => loose['decode']!());
  check('decode(x)', () => loose['decode']!(bytes));
  check('decode(x, 4)', () => loose['decode']!(bytes, 4));
  check('decode ArrayBuffer', () => koffi.decode(new Uint8Array([1, 2, 3, 4]).buffer, 'int'));
  check('decode DataView', () => koffi.decode(new DataView(new Uint8Array([1, 2, 3, 4]).buffer, 1), 'int16_t'));
  check('decode typed array', () => koffi.decode(new Float64Array([1.5]), 'double'));
  check('decode subarray', () => koffi.decode(bytes.subarray(8), 'char'));
  check('decode uneven', () => koffi.decode(bytes, 1, 'int32_t'));

  koffi.struct('ValuePair', { first: 'int16_t', second: 'int32_t', text: koffi.array('char', 4) });
  check('decode struct', () => koffi.decode(bytes, 'ValuePair'));
  check('decode structs', () => koffi.decode(at, 'ValuePair', 2));
  check('decode array type', () => koffi.decode(bytes, koffi.array(koffi.array('int8_t', 2), 2)));
  check('decode pointer', () => koffi.decode(Buffer.alloc(8), 'void *'));
  check('decode pointer value', () => koffi.decode(bytes, 'int *'));
  check('decode null text', () => koffi.decode(Buffer.alloc(8), 'str'));
  check('decode text pointer with length', () => typeof koffi.decode(lib.symbol('my_text'), 'char', 3));
  check('encode struct', () => {
    const out = Buffer.alloc(12, 0xee);
    koffi.encode(out, 'ValuePair', { second: 5, text: 'abcdef' });
    return out;
  });
  check('encode structs', () => {
    const out = Buffer.alloc(24, 0xee);
    koffi.encode(out, 'ValuePair', [{ first: 1 }, { text: 'x' }], 2);
    return out;
  });
  check('encode array of one', () => {
    const out = Buffer.alloc(8, 0xee);
    koffi.encode(out, koffi.array('int16_t', 3), [7]);
    return out;
  });
  check('encode typed array', () => {
    const out = Buffer.alloc(8, 0xee);
    koffi.encode(out, koffi.array('int16_t', 3), new Int16Array([7, 8]));
    return out;
  });
  check('encode endian array', () => {
    const out = Buffer.alloc(8, 0xee);
    koffi.encode(out, koffi.array('int16_be_t', 3), new Int16Array([7, 8]));
    return out;
  });
  check('encode text into chars', () => {
    const out = Buffer.alloc(8, 0xee);
    koffi.encode(out, 'char', 'hello world', 8);
    return out;
  });
  check('encode wide text into chars', () => {
    const out = Buffer.alloc(12, 0xee);
    koffi.encode(out, 'char16_t', 'hello', 6);
    return out;
  });
  check('encode text into char32', () => koffi.encode(Buffer.alloc(16), 'char32_t', 'hello', 4));
  check('encode automatic length', () => {
    const out = Buffer.alloc(8, 0xee);
    koffi.encode(out, 'int16_t', [1, 2], -1);
    return out;
  });
  check('encode automatic length of a pointer', () => koffi.encode(at, 'int16_t', [1, 2], -1));
  check('encode too long', () => koffi.encode(Buffer.alloc(2), 'int', 5));
  check('encode negative offset', () => koffi.encode(Buffer.alloc(2), -1, 'int8_t', 5));
  check('encode null', () => koffi.encode(null, 'int', 5));
  check('encode text', () => koffi.encode('x', 'int', 5));
  check('encode()', () => loose['encode']!());
  check('encode(x, int)', () => loose['encode']!(at, 'int'));
  check('encode(x, 4, int)', () => loose['encode']!(at, 4, 'int'));
  check('encode nope', () => koffi.encode(at, 'nope', 5));
  check('encode returns', () => koffi.encode(at, 'int', 5));
  check('encode struct of a number', () => koffi.encode(at, 'ValuePair', 5));
  check('encode array of a number', () => koffi.encode(at, koffi.array('int', 2), 5));
  check('encode a function', () => {
    koffi.proto('int ValueCallback(int)');
    koffi.encode(at, 'ValueCallback *', () => 1);
  });
  check('encode bool of 1', () => koffi.encode(at, 'bool', 1));
  check('encode text and read', () => {
    koffi.encode(at, 'str', 'first');
    koffi.encode(at, 'str', 'second ü');
    return koffi.decode(at, 'str');
  });
  check('encode texts', () => {
    koffi.encode(at, koffi.array('str', 3), ['a', 'b', null]);
    return koffi.decode(at, 'str', 3);
  });
  check('encode null text', () => {
    koffi.encode(at, 'str', null);
    return koffi.decode(at, 'str');
  });
  check('encode pointer', () => {
    koffi.encode(at, 'void *', 5n);
    return koffi.decode(at, 'void *');
  });
  check('encode float and read', () => {
    koffi.encode(at, 'float', 0.1);
    return koffi.decode(at, 'float');
  });
  koffi.free(at);
};
