/* eslint-disable @typescript-eslint/no-unsafe-return -- koffi's functions return any; its deprecated forms are asked too */
// Pages: memory that stays, disposable types, settings, and what is left.
import type { Spec } from './record.ts';

export const memory: Spec = ({ koffi, loose, dll, lib, check }) => {
  check('alloc is cleared', () => {
    const at: unknown = koffi.alloc('int', 4);
    const found: unknown = koffi.decode(at, 'int', 4);
    koffi.free(at);
    return [typeof at, found];
  });
  check('alloc keeps', () => {
    const at: unknown = koffi.alloc('int', 2);
    const keep = lib.func('void keep(int *at, int value)');
    keep(at, 5);
    keep(at, 6);
    const found: unknown = koffi.decode(at, 'int');
    koffi.free(at);
    return found;
  });
  check('alloc struct', () => {
    koffi.struct('MemoryPair', { first: 'int16_t', second: 'int32_t' });
    const at: unknown = koffi.alloc('MemoryPair', 2);
    koffi.encode(
      at,
      'MemoryPair',
      [
        { first: 1, second: 2 },
        { first: 3, second: 4 },
      ],
      2,
    );
    const found: unknown = koffi.decode(at, 8, 'MemoryPair');
    koffi.free(at);
    return [found];
  });
  check('alloc 0', () => koffi.alloc('int', 0));
  check('alloc -1', () => koffi.alloc('int', -1));
  check('alloc text', () => loose['alloc']!('int', 'x'));
  check('alloc void', () => koffi.alloc('void', 1));
  check('alloc()', () => loose['alloc']!('int'));
  check('alloc nope', () => koffi.alloc('nope', 1));
  check('alloc too much', () => koffi.alloc('int', 2e9));
  check('alloc 1 MiB', () => {
    const at: unknown = koffi.alloc('uint8_t', 1 << 20);
    koffi.encode(at, (1 << 20) - 1, 'uint8_t', 7);
    const found: unknown = koffi.decode(at, (1 << 20) - 2, 'uint8_t', 2);
    koffi.free(at);
    return found;
  });
  check('free null', () => koffi.free(null));
  check('free()', () => loose['free']!());
  check('free text', () => koffi.free('x'));
  check('free returns', () => koffi.free(koffi.alloc('int', 1)));

  check('view of alloc', () => {
    const at: unknown = koffi.alloc('int', 4);
    const view = koffi.view(at, 16);
    new Int32Array(view)[1] = 77;
    const found: unknown = koffi.decode(at, 'int', 4);
    lib.func('void keep(int *at, int value)')(at, 9);
    const result = [found, view.constructor.name, view.byteLength, new Int32Array(view)[0]];
    return result;
  });
  check('view of 0', () => koffi.view(koffi.alloc('int', 1), 0));
  check('view of -1', () => koffi.view(koffi.alloc('int', 1), -1));
  check('view of text', () => koffi.view('x', 5));
  check('view length text', () => loose['view']!(koffi.alloc('int', 1), 'x'));
  check('view()', () => loose['view']!());

  const disposed = (): number => koffi.stats().disposed;
  check('disposable with a function', () => {
    const back = lib.func('void give_back(void *memory)');
    const given: unknown[] = [];
    const Text = koffi.disposable('MemoryText', 'str', (pointer: unknown) => {
      given.push(typeof pointer);
      back(pointer);
    });
    const before = [disposed(), lib.func('int freed_count()')() as number] as const;
    const text: unknown = lib.func('new_text', Text, ['str'])('Hello!');
    const text2: unknown = lib.func('MemoryText new_text(str)')('Again');
    return [text, text2, given, disposed() - before[0], (lib.func('int freed_count()')() as number) - before[1]];
  });
  check('disposable wide', () => {
    const Text = koffi.disposable('str16', lib.func('void give_back(void *memory)'));
    return lib.func('new_text16', Text, ['str16'])('Wïde') as unknown;
  });
  check('disposable null', () => {
    let given: unknown = 'not called';
    const Text = koffi.disposable('str', (pointer: unknown) => (given = pointer));
    return [lib.func('no_new_text', Text, [])(), given];
  });
  check('disposable throws', () => {
    const Text = koffi.disposable('str', () => {
      throw new Error('dispose');
    });
    return lib.func('new_text', Text, ['str'])('x') as unknown;
  });
  check('disposable pointer', () => {
    const before = lib.func('int freed_count()')() as number;
    const Pointer = koffi.disposable('void *', lib.func('void give_back(void *memory)'));
    const pointer: unknown = lib.func('new_text', Pointer, ['str'])('x');
    return [typeof pointer, (lib.func('int freed_count()')() as number) - before];
  });
  check('disposable out', () => {
    const before = lib.func('int freed_count()')() as number;
    koffi.disposable('OutText', 'str', lib.func('void give_back(void *memory)'));
    const out = [null];
    lib.func('void out_new_text(str text, _Out_ OutText *out)')('out text', out);
    return [out, (lib.func('int freed_count()')() as number) - before];
  });

  check('config', () => koffi.config());
  check('config after load', () => koffi.config({ sync_heap_size: 1 << 20 }));
  check('stats', () => Object.keys(koffi.stats()));
  check('errno', () => {
    koffi.errno(5);
    return [koffi.errno(), koffi.errno(7), koffi.errno()];
  });
  check('errno text', () => loose['errno']!('x'));
  check('os.errno', () => koffi.os.errno);
  check('extension', () => koffi.extension);
  check('version', () => koffi.version);
  check('internal', () => koffi.internal);
  check('names', () => Object.keys(koffi).sort());
  check('names of node', () => Object.keys(koffi.node));
  check('names of a default export', () => {
    const whole = (koffi as unknown as { default?: object }).default;
    return whole === undefined ? 'none' : Object.keys(whole).sort();
  });

  check('count of loads', () => lib.func('int count_loads()')());
  check('unload', () => {
    const other = koffi.load(dll);
    const before: unknown = other.func('int count_loads()')();
    const methods = other as unknown as { unload(): unknown };
    return [before, methods.unload()];
  });
  check('loads after unload', () => lib.func('int count_loads()')());
  check('unload a system library', () => koffi.load('kernel32.dll').unload());
  check('dispose of a library', () => typeof (koffi.load(dll) as unknown as Record<symbol, unknown>)[Symbol.dispose]);

  check('reset forgets names', () => {
    koffi.struct('Forgotten', { a: 'int' });
    koffi.reset();
    return koffi.type('Forgotten');
  });
  check('reset frees names', () => koffi.struct('Forgotten', { a: 'int' }).size);
  check('reset keeps primitives', () => koffi.type('int') === koffi.types.int);
};
