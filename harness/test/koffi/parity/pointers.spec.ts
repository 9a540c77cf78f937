/* eslint-disable @typescript-eslint/no-deprecated, @typescript-eslint/no-unsafe-return -- koffi's functions return any; its deprecated forms are asked too */
// Pages: output parameters and pointers.
import type { Spec } from './record.ts';

export const pointers: Spec = ({ koffi, lib, check }) => {
  check('inout int', () => {
    const sum = [36];
    lib.func('void add_int(_Inout_ int *number, int add)')(sum, 6);
    return sum;
  });
  check('array without _Out_', () => {
    const sum = [36];
    lib.func('void add_int(int *number, int add)')(sum, 6);
    return sum;
  });
  check('typed array without _Out_', () => {
    const sum = new Int32Array([36, 5]);
    lib.func('void add_int(int *number, int add)')(sum, 6);
    return sum;
  });
  check('Buffer without _Out_', () => {
    const sum = Buffer.from([36, 0, 0, 0]);
    lib.func('void add_int(void *number, int add)')(sum, 6);
    return sum;
  });
  check('ArrayBuffer', () => {
    const sum = new ArrayBuffer(4);
    lib.func('void add_int(int *number, int add)')(sum, 6);
    return sum;
  });
  check('DataView', () => {
    const sum = new DataView(new ArrayBuffer(8), 4);
    lib.func('void add_int(int *number, int add)')(sum, 6);
    return sum.getInt32(0, true);
  });
  check('subarray', () => {
    const sum = new Int32Array([1, 2, 3]);
    lib.func('void add_int(_Inout_ int *number, int add)')(sum.subarray(1), 6);
    return sum;
  });
  check('the same array twice', () => {
    const bytes = Buffer.from('abcdef');
    lib.func('void *copy_bytes(void *to, const void *from, size_t n)')(bytes, bytes.subarray(3), 3);
    return bytes.toString();
  });
  check('out remainder', () => {
    const out = [null];
    return [lib.func('int div_mod(int a, int b, _Out_ int *remainder)')(17, 5, out), out];
  });
  check('out of nothing', () => lib.func('int div_mod(int a, int b, _Out_ int *remainder)')(17, 5, {}));
  check('out of a number', () => lib.func('int is_null(_Out_ int *)')(0));
  check('fill ints', () => {
    const out = [0, 0, 0, 0];
    lib.func('void fill_ints(_Out_ int *numbers, int n, int start)')(out, 3, 7);
    return out;
  });
  check('out starts at zero', () => {
    const out = [1, 2, 3, 4];
    lib.func('void fill_ints(_Out_ int *numbers, int n, int start)')(out, 2, 7);
    return out;
  });
  check('out keeps length', () => {
    const out = new Array<unknown>(3);
    lib.func('void fill_ints(_Out_ int *numbers, int n, int start)')(out, 3, 7);
    return out;
  });
  check('sum', () => lib.func('int64_t sum_ints(const int *numbers, int n)')([1, 2, 3], 3));
  check('sum typed', () => lib.func('int64_t sum_ints(const int *numbers, int n)')(new Int32Array([1, 2, 3]), 3));
  check('sum of wrong elements', () => lib.func('int64_t sum_ints(const int *numbers, int n)')([1, 'x', 3], 3));
  check('sum of holes', () => lib.func('int64_t sum_ints(const int *numbers, int n)')(new Array<number>(2), 2));
  check('sum of nothing', () => lib.func('int64_t sum_ints(const int *numbers, int n)')([], 0));
  check('sum of a text', () => lib.func('int64_t sum_ints(const int *numbers, int n)')('ab', 2));
  check('sum of bigints', () => lib.func('int64_t sum_i64(const int64_t *numbers, int n)')([1n, 2, 3n], 3));
  check('sum of BigInt64Array', () =>
    lib.func('int64_t sum_i64(const int64_t *numbers, int n)')(new BigInt64Array([5n, -6n]), 2),
  );
  check('sum of doubles', () => lib.func('double sum_doubles(const double *numbers, int n)')([0.5, 1, 2n], 3));
  check('sum of bytes', () => lib.func('int sum_bytes(const uint8_t *bytes, int n)')(Buffer.from([1, 2, 255]), 3));
  check('sum of an object', () => lib.func('int sum_bytes(const uint8_t *bytes, int n)')({}, 0));
  check('sum of true', () => lib.func('int sum_bytes(const uint8_t *bytes, int n)')(true, 0));
  check('endian array', () => {
    const numbers = [0x01020304, -2];
    lib.func('void swap_bytes32(_Inout_ int32_be_t *numbers, int n)')(numbers, 2);
    return numbers;
  });
  check('endian typed array', () => {
    const numbers = new Uint32Array([0x01020304, 5]);
    lib.func('void swap_bytes32(_Inout_ uint32_be_t *numbers, int n)')(numbers, 1);
    return numbers;
  });
  check('endian typed array in', () => {
    const numbers = new Uint32Array([0x01020304, 5]);
    return [lib.func('int64_t sum_ints(const uint32_be_t *numbers, int n)')(numbers, 2), numbers];
  });

  koffi.struct('PointerPair', { first: 'int16_t', second: 'int32_t' });
  check('structs in an array', () =>
    lib.func('double weigh_pairs(const PointerPair *pairs, int n)')([{ first: 1, second: 2 }, { second: 4 }], 2),
  );
  check('fill structs', () => {
    const out = [{}, { first: 5 }, null];
    lib.func('void fill_pairs(_Out_ PointerPair *pairs, int n)')(out, 3);
    return out;
  });
  check('array of a null struct', () => lib.func('double weigh_pairs(const PointerPair *pairs, int n)')([null], 1));

  const echo = lib.func('void *echo_pointer(void *pointer)');
  check('null', () => [echo(null), echo(undefined), echo(0), echo(0n)]);
  check('number', () => echo(0x12345));
  check('bigint', () => echo(0x1234567890n));
  check('negative number', () => echo(-1));
  check('wide bigint', () => echo(0xffffffffffffffffn));
  check('function for void *', () => echo(() => 1));
  check('array for void *', () => echo([1, 2]));
  check('object for void *', () => echo({}));
  check('true for void *', () => echo(true));
  check('out pointer', () => {
    const out: unknown[] = [null];
    lib.func('void out_pointer(void *pointer, _Out_ void **out)')(0x10n, out);
    return out;
  });
  check('out pointer null', () => {
    const out: unknown[] = [1];
    lib.func('void out_pointer(void *pointer, _Out_ void **out)')(null, out);
    return out;
  });
  check('is null', () => {
    const isNull = lib.func('int is_null(const int *pointer)');
    return [isNull(null), isNull(undefined), isNull([1]), isNull(new Int32Array(1)), isNull([])];
  });

  koffi.pointer('HANDLE', koffi.opaque());
  check('handles', () => {
    const handle: unknown = lib.func('HANDLE open_handle()')();
    const use = lib.func('int use_handle(HANDLE handle)');
    const close = lib.func('int close_handle(HANDLE handle)');
    return [typeof handle, use(handle), use(handle), close(handle), use(handle)];
  });
  check('handles out', () => {
    const out: unknown[] = [null];
    const opened: unknown = lib.func('bool open_handle_out(_Out_ HANDLE *out)')(out);
    return [opened, typeof out[0], lib.func('int close_handle(HANDLE handle)')(out[0])];
  });
  check('the same handle compares equal', () => {
    const kept = lib.func('int *kept()');
    return kept() === kept();
  });
  check('opaque for an array', () => lib.func('int close_handle(HANDLE handle)')([1, 2]));
  check('opaque for an object', () => lib.func('int close_handle(HANDLE handle)')({}));

  check('texts', () => {
    const texts: unknown = lib.func('const char **texts()')();
    return [
      typeof texts,
      koffi.decode(texts, 'char *', 3),
      koffi.decode(texts, koffi.array('str', 3)),
      koffi.decode(texts, 8, 'str'),
    ];
  });
  check('texts to the null', () => koffi.decode(lib.func('const char **texts()')(), 'void *', -1).length as unknown);
  check('out texts', () => {
    const out: unknown[] = [null];
    const n = lib.func('int out_texts(_Out_ const char ***out)')(out) as number;
    return [n, koffi.decode(out[0], 'char *', n)];
  });
  check('pointers to pointers in', () =>
    lib.func('int64_t total_length(const char **texts)')(['ab', 'cde', null, 'no']),
  );

  const memcpy = lib.func('void *copy_bytes(_Out_ void *dest, const void *src, size_t size)');
  koffi.struct('Vec3', { x: 'float32', y: 'float32', z: 'float32' });
  check('as struct', () => {
    const dest = Buffer.alloc(koffi.sizeof('Vec3'));
    memcpy(dest, koffi.as({ x: 1, y: 2, z: 3 }, 'Vec3 *'), koffi.sizeof('Vec3'));
    return koffi.decode(dest, 'Vec3');
  });
  check('as out', () => {
    const dest = {};
    memcpy(koffi.as(dest, 'Vec3 *'), koffi.as({ x: 1.5, y: -2 }, 'Vec3 *'), koffi.sizeof('Vec3'));
    return dest;
  });
  check('as array', () => {
    const dest = [0, 0];
    memcpy(koffi.as(dest, 'int *'), koffi.as([7, 8], 'int *'), 8);
    return dest;
  });
  check('as text', () => {
    const dest = Buffer.alloc(6);
    memcpy(dest, koffi.as('abc', 'str16'), 6);
    return dest.toString('utf16le');
  });
  check('as null', () => lib.func('int is_null(void *)')(koffi.as(null, 'int *')));
  check('as a function', () => {
    koffi.proto('int AsCallback(int value)');
    return lib.func('int call_int(void *callback, int value)')(
      koffi.as((value: number) => value * 2, 'AsCallback *'),
      4,
    );
  });
  check('as int', () => koffi.as(5, 'int'));
  check('as()', () => (koffi.as as (...args: unknown[]) => unknown)(5));
  check('typeof as', () => typeof koffi.as(5, 'int *'));
  check('address', () => [koffi.address(5), koffi.address(5n), koffi.address(null)]);
  check('address of a text', () => koffi.address('x'));
  check('address of an object', () => koffi.address({}));
  check('address()', () => (koffi.address as () => unknown)());

  check('variables', () => {
    const at = lib.symbol('my_int') as bigint;
    const before: unknown = koffi.decode(at, 'int');
    koffi.encode(at, 'int', -7);
    const seen: unknown = lib.func('int read_my_int()')();
    koffi.encode(at, 'int', 42);
    return [typeof at, before, seen];
  });
  check('a text variable', () => {
    const at: unknown = lib.symbol('my_text');
    const before: unknown = koffi.decode(at, 'const char *');
    koffi.encode(at, 'const char *', 'Hello World!');
    return [before, koffi.decode(at, 'const char *'), lib.func('int length_of_my_text()')()];
  });
  check('a text variable cleared', () => {
    koffi.encode(lib.symbol('my_text'), 'const char *', null);
    return [koffi.decode(lib.symbol('my_text'), 'const char *'), lib.func('int length_of_my_text()')()];
  });
  check('an array variable', () => koffi.decode(lib.symbol('my_ints'), 'int', 3));
  check('an array variable written', () => {
    koffi.encode(lib.symbol('my_ints'), 'int', [4, 5], 3);
    return koffi.decode(lib.symbol('my_ints'), koffi.array('int', 3, 'Array'));
  });
  check('a double variable', () => koffi.decode(lib.symbol('my_double'), 'double'));
  check('a buffer variable', () => koffi.decode(lib.symbol('my_buffer'), 'char', 16));
  check('a wide buffer variable', () => koffi.decode(lib.symbol('my_wide'), 'wchar_t', 16));
  check('a struct variable', () => koffi.decode(lib.symbol('my_pair'), 'PointerPair'));
  check('a struct variable written', () => {
    koffi.encode(lib.symbol('my_pair'), 'PointerPair', { first: 5 });
    return koffi.decode(lib.symbol('my_pair'), 'PointerPair');
  });
  check('a 64-bit variable', () => koffi.decode(lib.symbol('my_big'), 'int64_t'));
  check('the deprecated form of symbol', () => typeof lib.symbol('my_int', 'int'));
};
