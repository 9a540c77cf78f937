// Where the drop-in differs from koffi on Windows: what it refuses, what it does better. docs/koffi.md lists the same.
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import * as koffi from '../../koffi.ts';
import { installation } from '../reference-dlls.ts';

const lib = koffi.load(join(installation.referenceDlls, 'koffi_parity.dll'));
type Untyped = (...args: unknown[]) => unknown;

describe('refused', () => {
  test('a view of memory that is not of koffi.alloc()', () => {
    expect(() => koffi.view(lib.symbol('my_int'), 4)).toThrow(
      /^A view of the 4 bytes at 0x[0-9a-f]+ is not possible with dllparity\/koffi on this system: .* Use koffi\.decode\(\)/,
    );
  });

  test('koffi.node', () => {
    expect(() => koffi.node.env).toThrow(/^koffi\.node\.env is not possible with dllparity\/koffi/);
    expect(() => koffi.node.poll(0, () => undefined)).toThrow(/^koffi\.node\.poll\(\) is not possible/);
    expect(() => new koffi.node.PollHandle()).toThrow(/^koffi\.node\.poll\(\) is not possible/);
  });

  test('more than 1,024 callbacks', () => {
    const type = koffi.pointer(koffi.proto('int', ['int']));
    const made: bigint[] = [];
    try {
      expect(() => {
        for (;;) made.push(koffi.register(() => 0, type));
      }).toThrow('Too many callbacks are in use (max = 1024)');
    } finally {
      for (const callback of made) koffi.unregister(callback);
    }
    expect(koffi.stats().callbacks).toBe(0);
  });

  test('functions that faulted, which end the process on Windows', () => {
    const crash = koffi.decode(8n, koffi.proto('int', [])) as Untyped;
    expect(() => crash()).toThrow(
      /<anonymous> faulted: STATUS_ACCESS_VIOLATION .*executing 0x8.* \[CALL_DID_NOT_RETURN\]/,
    );
    expect(lib.func('int zero_arguments()')()).toBe(42);
  });

  test('memory that is not there', () => {
    expect(() => koffi.decode(8n, 'int') as unknown).toThrow('4 bytes at 0x8 cannot be read');
    expect(() => koffi.decode.string(8n)).toThrow('1 bytes at 0x8 cannot be read');
    expect(() => koffi.encode(8n, 'int', 5)).toThrow('4 bytes at 0x8 cannot be read');
    expect(() => koffi.decode.int64(Buffer.alloc(4))).toThrow('8 bytes at 0 lie outside of the buffer');
  });

  test('a library that was unloaded', () => {
    const other = koffi.load('kernel32.dll');
    const beep = other.func('uint32 __stdcall GetTickCount()');
    other.unload();
    expect(() => other.func('uint32 __stdcall GetTickCount()')).toThrow('The library was unloaded');
    expect(beep()).toBeGreaterThan(0);
  });

  test('a DLL for another architecture', () => {
    const other = installation.architecture === 'x64' ? 'ia32' : 'x64';
    const path = join(installation.referenceDlls, '..', other, 'koffi_parity.dll');
    const names = ['AMD x64', 'Intel 386+'];
    const [dll, process] = other === 'x64' ? names : names.reverse();
    expect(() => koffi.load(path)).toThrow(
      new RegExp(
        `^(Cannot load '${dll?.replace('+', '\\+')}' DLL in '${process?.replace('+', '\\+')}' process|Failed to load)`,
      ),
    );
  });

  test('numbers of structs that are none, which end the process on Windows', () => {
    const type = koffi.struct({ a: 'int' });
    expect(() => koffi.encode(Buffer.alloc(4), type, { a: 'x' })).toThrow(
      new TypeError('Unexpected String value, expected number'),
    );
  });
});

describe('memory of JavaScript', () => {
  const keep = lib.func('void keep(int *at, int value)');

  test('has an address of its own once somebody asks for it', () => {
    const numbers = new Int32Array([1, 2, 3]);
    const address = koffi.address(numbers);
    expect(koffi.address(numbers.subarray(1))).toBe(address + 4n);
    keep(address, 10);
    expect([...numbers]).toEqual([11, 2, 3]);
    numbers[1] = 7;
    expect(koffi.decode(address, 'int', 3)).toEqual(new Int32Array([11, 7, 3]));
    keep(numbers.subarray(1), 1);
    expect([...numbers]).toEqual([11, 8, 3]);
    koffi.encode(address, 'int', 5);
    expect(numbers[0]).toBe(5);
  });

  test('shows callbacks what the function has written, and the function what they write', () => {
    const callback = koffi.pointer(koffi.proto('int', ['void *', 'void *']));
    const sort = lib.func('sort', 'void', ['void *', 'size_t', 'size_t', callback]);
    const numbers = new Int32Array([3, 1, 2]);
    const seen: number[] = [];
    sort(numbers, 3, 4, (first: bigint, second: bigint) => {
      seen.push(numbers.reduce((sum, number) => sum + number));
      return koffi.decode.int(first) - koffi.decode.int(second);
    });
    expect([...numbers]).toEqual([1, 2, 3]);
    expect(seen.length).toBeGreaterThan(1);
  });

  test('a view of koffi.alloc() is the memory itself, and can be passed on', () => {
    const at: unknown = koffi.alloc('int', 2);
    const view = new Int32Array(koffi.view(at, 8));
    keep(view, 5);
    keep(at, 5);
    expect([...view]).toEqual([10, 0]);
    koffi.free(at);
  });

  test('what encode() leaves behind pointers stays', () => {
    const at: unknown = koffi.alloc('str', 2);
    koffi.encode(at, koffi.array('str', 2), ['kept', 'text']);
    for (let i = 0; i < 100; i++) lib.func('int length8(str)')(`other ${i.toString()}`);
    expect(koffi.decode(at, 'str', 2)).toEqual(['kept', 'text']);
    koffi.free(at);
  });
});

test('the process may end: the next call starts another', () => {
  const end = koffi.load('kernel32.dll').func('void __stdcall ExitProcess(uint32 code)');
  expect(() => end(3) as unknown).toThrow(/the process ended while ExitProcess ran \[CALL_DID_NOT_RETURN\]/);
  expect(lib.func('int zero_arguments()')()).toBe(42);
  expect(lib.func('int __stdcall std_add(int, int)')(1, 2)).toBe(3);
});

test('settings change before the first library only', () => {
  expect(() => koffi.config({ max_type_size: 64 })).toThrow(
    'Cannot change Koffi configuration once a library has been loaded',
  );
});
