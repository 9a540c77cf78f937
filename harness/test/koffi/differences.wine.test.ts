// Where the drop-in differs from koffi on Windows, beyond the errors that docs/guides/koffi.md lists: errors.wine.test.ts.
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import * as koffi from '../../koffi.ts';
import { installation } from '../reference-dlls.ts';

const lib = koffi.load(join(installation.referenceDlls, 'koffi_parity.dll'));
type Untyped = (...args: unknown[]) => unknown;

describe('refused', () => {
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
});

describe('a thread of the DLL that calls back', () => {
  const threads = koffi.load(join(installation.referenceDlls, 'threads.dll'));
  const type = koffi.pointer(koffi.proto('int (int)'));
  const startLater = threads.func('start_later', 'int', [type, 'int', 'uint']);
  const endLater = threads.func('int end_later()');
  const seen: number[] = [];
  let callback = 0n;

  beforeEach(() => {
    seen.length = 0;
    callback = koffi.register((value: number) => seen.push(value), type);
  });
  afterEach(() => {
    koffi.unregister(callback);
  });

  test('with no call in flight waits for the next one, whatever the event loop does', async () => {
    expect(startLater(callback, 3, 200)).toBe(1);
    await setTimeout(800);
    expect(seen).toEqual([]);
    expect(endLater()).toBe(1 + 2 + 3);
    expect(seen).toEqual([0, 1, 2]);
  });

  test('is answered by the event loop while an asynchronous call runs', async () => {
    expect(startLater(callback, 3, 20)).toBe(1);
    const later = promisify(endLater.async as (done: (error: unknown, sum: number) => void) => void);
    expect(await later()).toBe(1 + 2 + 3);
    expect(seen).toEqual([0, 1, 2]);
  });
});

test('what follows a struct of 256 KiB arrives, on ia32 too', () => {
  const huge = koffi.struct({ head: 'int32_t', bytes: koffi.array('uint8_t', 262136), tail: 'int32_t' });
  expect(lib.func('behind_huge', 'int64_t', [huge, 'int'])({ tail: 6 }, 7)).toBe(6007);
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
