/* eslint-disable @typescript-eslint/no-deprecated, @typescript-eslint/no-unsafe-call, @typescript-eslint/no-unsafe-return -- koffi's functions return any; its deprecated forms are asked too */
// Page: functions. Variadic and asynchronous calls, conventions, errors of the system.
import { promisify } from 'node:util';
import type { Spec } from './record.ts';

type Asynchronous = { async: (...args: unknown[]) => unknown };

export const functions: Spec = async ({ koffi, lib, check, checkLater }) => {
  const print = lib.func('int print(_Out_ char *out, const char *format, ...)');
  const printed = (...args: unknown[]): unknown => {
    const out = ['\0'.repeat(256)];
    const n: unknown = print(out, ...args);
    return [n, out[0]];
  };
  check('variadic', () => printed('Integer %d, double %g, str %s', 'int', 6, 'double', 8.5, 'str', 'THE END'));
  check('variadic without more', () => printed('plain'));
  check('variadic again', () => printed('Integer %d, double %g, str %s', 'int', 7, 'double', -0.5, 'str', 'OTHER'));
  check('variadic other types', () => printed('%s %d', 'str', 'a', 'int8_t', -5));
  check('variadic int64', () =>
    printed('%I64d %I64u %d', 'int64_t', -5000000000n, 'uint64_t', 18446744073709551615n, 'int', 1),
  );
  check('variadic twelve', () =>
    printed(
      '%d %d %d %d %d %d %d %d %g %g %s %s',
      ...[1, 2, 3, 4, 5, 6, 7, 8].flatMap((n) => ['int', n]),
      'double',
      0.5,
      'double',
      1.5,
      'str',
      'x',
      'str',
      'y',
    ),
  );
  check('variadic by type object', () => printed('%d', koffi.types.int, 5));
  check('variadic value missing', () => printed('%d', 'int'));
  check('variadic type nope', () => printed('%d', 'nope', 5));
  check('variadic value wrong', () => printed('%d', 'int', 'five'));
  check('variadic too few', () => print(['\0'.repeat(8)]));
  check('variadic inout', () => {
    const [a, b] = [[5], [6]];
    return [lib.func('int64_t pairs_variadic(int n, ...)')(2, koffi.inout('int *'), a, '_Inout_ int *', b), a, b];
  });
  check('variadic in', () => {
    const a = [5];
    return [lib.func('int64_t pairs_variadic(int n, ...)')(1, 'int *', a), a];
  });
  check('variadic doubles', () =>
    lib.func('double sum_variadic(int n, ...)')(3, 'double', 0.5, 'double', 1, 'double', 2n),
  );
  check('variadic wide', () => {
    const out = ['\0'.repeat(64)];
    lib.func('int print16(_Out_ char16_t *out, str16 format, ...)')(out, '%ls-%d', 'str16', 'wïde', 'int', 3);
    return out;
  });
  for (const convention of ['__stdcall', '__fastcall', '__thiscall']) {
    check(`variadic ${convention}`, () =>
      lib.func(`int64_t ${convention} pairs_variadic(int n, ...)`)(2, 'int *', [3], 'int *', [4]),
    );
  }
  check('variadic has no async', () => (print as Partial<Asynchronous>).async);

  const add = lib.func('int slow_add(int a, int b)');
  await checkLater('async', () => promisify(add.async)(40, 2) as Promise<unknown>);
  await checkLater('async returns', async () => add.async(1, 2, () => undefined) as unknown);
  await checkLater('async order', async () => {
    const order: unknown[] = [];
    await new Promise<void>((resolve) => {
      add.async(1, 2, (_error: unknown, result: unknown) => {
        order.push(result);
        resolve();
      });
      order.push('after');
    });
    return order;
  });
  await checkLater('async many', () =>
    Promise.all(Array.from({ length: 32 }, (_, n) => promisify(add.async)(n, n) as Promise<unknown>)),
  );
  await checkLater('async too many', async () => {
    const wait = lib.func('int slow_add(int a, int b)');
    const most = koffi.config().max_async_calls ?? 0;
    const running = Array.from({ length: most }, (_, n) => promisify(wait.async)(n, 1) as Promise<unknown>);
    let seen: unknown = 'not called';
    let refused: unknown;
    try {
      refused = wait.async(1, 1, (...given: unknown[]) => (seen = given));
    } catch (error) {
      refused = error;
    }
    const results = await Promise.all(running);
    return [most, refused, seen, results.length, await (promisify(wait.async)(2, 3) as Promise<unknown>)];
  });
  await checkLater(
    'async error is',
    () => new Promise((resolve) => add.async(1, 2, (error: unknown) => resolve(error))),
  );
  await checkLater('async wrong value', async () => {
    let seen: unknown = 'not called';
    let result: unknown;
    try {
      result = add.async('x', 2, (error: unknown, value: unknown) => (seen = [error, value]));
    } catch (error) {
      result = error;
    }
    return [result, seen];
  });
  await checkLater('async without callback', async () => add.async(1, 2) as unknown);
  await checkLater('async with a number', async () => add.async(1, 2, 3) as unknown);
  await checkLater('async text', () => promisify(lib.func('str new_text(str)').async)('later ü') as Promise<unknown>);
  await checkLater('async out', async () => {
    const out = [null];
    const result: unknown = await promisify(lib.func('int div_mod(int a, int b, _Out_ int *remainder)').async)(
      17,
      5,
      out,
    );
    return [result, out];
  });
  await checkLater('async struct', async () => {
    const out = {};
    koffi.struct('AsyncPair', { first: 'int16_t', second: 'int32_t' });
    await promisify(lib.func('void copy_pair(AsyncPair *from, _Out_ AsyncPair *to)').async)(
      { first: 1, second: 2 },
      out,
    );
    return out;
  });
  await checkLater('async callback', async () => {
    koffi.proto('int AsyncCallback(int value)');
    const call = lib.func('int call_int(AsyncCallback *callback, int value)');
    return promisify(call.async)((value: number) => value * 3, 5) as Promise<unknown>;
  });
  await checkLater('async function pointer', async () => {
    koffi.proto('int AsyncBinary(int a, int b)');
    const pointer: unknown = lib.func('AsyncBinary *function_named(str)')('add');
    return promisify(
      (koffi.decode(pointer, 'AsyncBinary') as Asynchronous).async as (a: number, b: number, done: () => void) => void,
    )(3, 4);
  });
  await checkLater('sync between async', async () => {
    const later = promisify(add.async)(1, 1) as Promise<unknown>;
    const now: unknown = add(2, 2);
    return [now, await later];
  });
  await checkLater('callback from another thread', async () => {
    koffi.proto('int ThreadCallback(int value)');
    const call = lib.func('int call_from_thread(ThreadCallback *callback, int value)');
    return promisify(call.async)((value: number) => value + 100, 5) as Promise<unknown>;
  });

  check('last error', () => {
    lib.func('void set_last_error(unsigned long)')(1234);
    lib.func('int zero_arguments()')();
    lib.func('str greeting8()')();
    return lib.func('unsigned long last_error()')() as unknown;
  });
  check('last error a hundred times', () => {
    const [set, get, sleep] = [
      lib.func('void set_last_error(unsigned long)'),
      lib.func('unsigned long last_error()'),
      koffi.load('kernel32.dll').func('void __stdcall Sleep(uint32 ms)'),
    ];
    let wrong = 0;
    for (let i = 0; i < 100; i++) {
      set(i);
      sleep(0);
      if (get() !== i || get() !== i) wrong++;
    }
    return wrong;
  });
  await checkLater('last error of an async call', async () => {
    const get = lib.func('unsigned long last_error()');
    return new Promise((resolve) => {
      lib.func('int fail_slowly(unsigned long error)').async(77, () => resolve(get()));
    });
  });

  check('stdcall', () => lib.func('int __stdcall std_add(int a, int b)')(1, 2));
  check('fastcall', () => lib.func('__fastcall', 'fast_add', 'int', ['int', 'int'])(1, 2));
  check('fastcall in text', () => lib.func('int __fastcall fast_add(int a, int b)')(3, 4));
  check('thiscall', () => lib.func('__thiscall', 'this_add', 'int', ['int', 'int', 'int'])(1, 2, 3));
  check('thiscall in text', () => lib.func('int __thiscall this_add(int a, int b, int c)')(4, 5, 6));
  check('stdcall callback', () => {
    koffi.proto('int __stdcall StdCallback(int a, int b)');
    return lib.func('int __stdcall std_call(StdCallback *callback, int a, int b)')(
      (a: number, b: number) => a * b,
      6,
      7,
    ) as unknown;
  });
  check('deprecated cdecl', () => lib.cdecl('echo_i32', 'int', ['int'])(5));
  check('deprecated stdcall', () => lib.stdcall('std_add', 'int', ['int', 'int'])(5, 6));
  check('deprecated fastcall', () => lib.fastcall('fast_add', 'int', ['int', 'int'])(7, 8));
  check('deprecated fastcall in text', () => lib.fastcall('int fast_add(int a, int b)'));
  check('deprecated thiscall', () => lib.thiscall('this_add', 'int', ['int', 'int', 'int'])(7, 8, 9));
  check('deprecated thiscall in text', () => lib.thiscall('int this_add(int a, int b, int c)'));
  check('info of a thiscall function', () => lib.func('int __thiscall this_add(int a, int b, int c)').info);
  for (const convention of ['__fastcall', '__thiscall']) {
    check(`callback of ${convention}`, () => koffi.pointer(koffi.proto(convention, 'int', ['int'])).primitive);
    check(`named callback of ${convention}`, () => koffi.proto(`int ${convention} Callback${convention}(int)`));
    check(`variadic callback of ${convention}`, () => koffi.proto(`int ${convention} Variadic${convention}(int, ...)`));
    check(`the name is free after ${convention}`, () => koffi.proto(`int Callback${convention}(int)`).name);
  }
  check('a library twice', () => koffi.load('kernel32.dll') === koffi.load('kernel32.dll'));
};
