// Each error that docs/guides/koffi.md lists is provoked here, and has the class and the message that stand there.
import { afterEach, describe, expect, test, vi } from 'vitest';
import { createKoffi } from '../../koffi/create.ts';
import { UNSUPPORTED } from '../../koffi/errors.ts';
import * as koffi from '../../koffi.ts';
import { documentedErrors, messagePattern } from '../base/documented-errors.ts';
import { referenceDll } from '../reference-dlls.ts';

type Koffi = typeof import('koffi');
type Untyped = (...args: unknown[]) => unknown;

const lib = koffi.load(referenceDll('koffi_parity.dll'));
const kernel32 = koffi.load('kernel32.dll');
const intCallback = koffi.pointer(koffi.proto('int (int)'));

/** Another koffi, with a process of its own and other options. */
function koffiWith(variables: Readonly<Record<string, string>>): Koffi {
  for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
  return createKoffi() as unknown as Koffi;
}

let small: Koffi | undefined;
/** One with little of everything. */
function smallKoffi(): Koffi {
  if (small) return small;
  small = koffiWith({ DLLPARITY_HEAP_BYTES: '4194304', DLLPARITY_CALL_TIMEOUT_MS: '500' });
  small.config({ max_async_calls: 8 });
  small.load('kernel32.dll');
  return small;
}

function unloaded(): { library: koffi.LibraryHandle; add: Untyped } {
  const library = koffi.load(referenceDll('basics.dll'));
  const add = library.func('int add(int a, int b)');
  expect(add(1, 2)).toBe(3);
  library.unload();
  return { library, add };
}

/** By the first column of the tables. */
const PROVOCATIONS: Readonly<Record<string, () => unknown>> = {
  '`koffi.view()` of memory that is not of `koffi.alloc()` (or a passed buffer)': () =>
    koffi.view(lib.symbol('my_int'), 4),
  '`koffi.node.poll()`': () => koffi.node.poll(0, () => undefined),
  '`new koffi.node.PollHandle()`': () => new koffi.node.PollHandle(),
  '`koffi.node.env`': () => koffi.node.env,

  'a call that faults': () => (koffi.decode(8n, koffi.proto('int ()')) as Untyped)(),
  'a function that Wine has by name only': () => koffi.load('msvcr120.dll').func('int ccos(int z)')(1) as unknown,
  'a call that ends the process': () => kernel32.func('void __stdcall ExitProcess(uint32 code)')(3) as unknown,
  'another call ends the process while an `async` one runs': () =>
    new Promise((_resolve, reject) => {
      kernel32.func('void __stdcall Sleep(uint32 ms)').async(60_000, reject);
      expect(() => kernel32.func('void __stdcall ExitProcess(uint32 code)')(3) as unknown).toThrow();
    }),
  'a call that takes longer than `DLLPARITY_CALL_TIMEOUT_MS`': () =>
    smallKoffi().load('kernel32.dll').func('void __stdcall Sleep(uint32 ms)')(60_000) as unknown,
  'a `DllMain` that does not return': () =>
    koffiWith({ DLLPARITY_BOOT_TIMEOUT_MS: '5000' }).load(referenceDll('hangs_on_load.dll')),
  'a function of an unloaded library that nothing else has loaded': () => unloaded().add(1, 2),
  '`func()` and `symbol()` of an unloaded library': () => unloaded().library.symbol('add') as unknown,
  '`koffi.decode()` of memory that is not there': () => koffi.decode(8n, 'int') as unknown,
  '`koffi.encode()` to memory that can only be read': () => {
    koffi.encode(koffi.decode(lib.symbol('my_text'), 'void *'), 'char', 65);
  },
  '`koffi.decode.int64()` and its like, of a shorter buffer': () => koffi.decode.int64(Buffer.alloc(4)),
  'a struct member of the wrong type': () => {
    koffi.encode(Buffer.alloc(4), koffi.struct({ a: 'int' }), { a: 'x' });
  },
  '`koffi.free()` of what was freed already': () => {
    const at: unknown = koffi.alloc('int', 1);
    koffi.free(at);
    koffi.free(at);
  },
  '`koffi.free()` of a buffer': () => {
    koffi.free(Buffer.alloc(4));
  },
  '`koffi.call()` of a buffer': () => koffi.call(Buffer.alloc(8), koffi.proto('int ()')) as unknown,
  'more than 1,024 callbacks at once': () => {
    const made: bigint[] = [];
    try {
      for (;;) made.push(koffi.register(() => 0, intCallback));
    } finally {
      expect(made).toHaveLength(1024);
      for (const callback of made) koffi.unregister(callback);
      expect(koffi.stats().callbacks).toBe(0);
    }
  },
  'callbacks nested more than 64 deep': () => {
    const nested = lib.func('nested', 'int', ['int', intCallback]);
    const down = (depth: number): unknown => nested(depth - 1, down);
    expect(nested(64, down)).toBe(64);
    return nested(65, down) as unknown;
  },
  'more asynchronous calls at once than `max_async_calls`': () => {
    const sleep = smallKoffi().load('kernel32.dll').func('void __stdcall Sleep(uint32 ms)');
    const started: unknown[] = [];
    try {
      for (;;) started.push(sleep.async(300, () => undefined));
    } finally {
      expect(started).toHaveLength(8);
    }
  },
  'arguments that do not fit in `DLLPARITY_HEAP_BYTES`, `async` too': async () => {
    const length = smallKoffi().load(referenceDll('koffi_parity.dll')).func('int length8(str text)');
    const text = 'x'.repeat(8 << 20);
    // As soon as some of those before have ended.
    const told = await vi.waitFor(() => {
      let error: unknown;
      expect(length.async(text, (each: unknown) => (error = each))).toBe(null);
      return error;
    });
    expect(() => length(text) as unknown).toThrow('the arguments do not fit in the memory');
    throw told as Error;
  },
  '`koffi.alloc()` of more than that': () => smallKoffi().alloc('int', 2 << 20) as unknown,
  '`koffi.address()` of more than that': () => smallKoffi().address(Buffer.alloc(8 << 20)),
  'a `DLLPARITY_RUNTIME` that is not installed': () =>
    koffiWith({ DLLPARITY_RUNTIME: 'wine-1.0-x64' }).load('kernel32.dll'),
};

async function thrownBy(provoke: () => unknown): Promise<Error> {
  try {
    await provoke();
  } catch (error) {
    if (error instanceof Error) return error;
  }
  throw new Error('nothing was thrown');
}

const rows = documentedErrors('guides/koffi.md');

afterEach(() => {
  vi.unstubAllEnvs();
});

test('docs/guides/koffi.md lists what is provoked here, in this order', () => {
  expect(rows.map(({ what }) => what)).toEqual(Object.keys(PROVOCATIONS));
});

test.each(rows)('$what: $error', async ({ what, error, message }) => {
  const thrown = await thrownBy(PROVOCATIONS[what] ?? (() => undefined));
  expect(thrown.name).toBe(error);
  expect(thrown.constructor.name).toBe(error);
  expect(thrown.message.split('\n')[0]).toMatch(messagePattern(message));
  // Whatever it was, calls go on.
  expect(lib.func('int zero_arguments()')()).toBe(42);
});

describe('KoffiUnsupportedError', () => {
  const documented = rows.filter(({ error }) => error === 'KoffiUnsupportedError').map(({ message }) => message);

  test.each(Object.values(UNSUPPORTED))('is documented for: $what', ({ why, instead }) => {
    expect(documented.some((message) => message.endsWith(`: ${why}. ${instead}`))).toBe(true);
  });
});
