/* eslint-disable @typescript-eslint/no-deprecated, @typescript-eslint/no-unsafe-return -- koffi's functions return any; its deprecated forms are asked too */
// Page: callbacks, and functions as values.
import type { Spec } from './record.ts';

export const callbacks: Spec = ({ koffi, loose, lib, check }) => {
  koffi.proto('int IntCallback(int value)');
  koffi.proto('void VoidCallback(int value)');
  koffi.proto('int TransferCallback(const char *str, int age)');
  const callInt = lib.func('int call_int(IntCallback *callback, int value)');
  check('int', () => callInt((value: number) => value * 2, 21));
  check('null', () => callInt(null, 5));
  check('undefined', () => callInt(undefined, 5));
  for (const [name, value] of Object.entries<unknown>({ number: '5', object: {}, array: [], true: true })) {
    check(`a ${name} for a callback`, () => callInt(value, 5));
  }
  for (const [name, value] of Object.entries<unknown>({
    undefined,
    null: null,
    text: 'x',
    bigint: 5n,
    half: 1.5,
    NaN: NaN,
    object: {},
  })) {
    check(`gives back ${name}`, () => callInt(() => value, 5));
  }
  check('throws', () =>
    callInt(() => {
      throw new RangeError('mine');
    }, 5),
  );
  check('works after a throw', () => callInt((value: number) => value, 5));
  check('throws a text', () =>
    callInt(() => {
      // eslint-disable-next-line @typescript-eslint/only-throw-error
      throw 'text';
    }, 5),
  );
  check('arguments and this', () => {
    let seen: unknown;
    callInt(function (this: unknown, ...args: unknown[]) {
      seen = [this, args];
      return 0;
    }, 5);
    return seen;
  });
  check('void returns anything', () => {
    let seen: unknown;
    const result: unknown = lib.func('void call_void(VoidCallback *callback, int value)')((value: unknown) => {
      seen = value;
      return 'ignored';
    }, 5);
    return [seen, result];
  });
  check('text', () => {
    let seen: unknown;
    const call = lib.func('call_text', 'int', [koffi.pointer('TransferCallback'), 'str', 'int']);
    const result: unknown = call((...args: unknown[]) => ((seen = args), 42), 'Niels', 27);
    return [seen, result];
  });
  check('wide text', () => {
    let seen: unknown;
    koffi.proto('int WideCallback(str16 text)');
    lib.func('int call_text16(WideCallback *callback)')((text: unknown) => ((seen = text), 0));
    return seen;
  });
  koffi.proto('const char *TextCallback()');
  check('returns text', () => lib.func('int length_from(TextCallback *callback)')(() => 'length ü'));
  check('returns null text', () => lib.func('int length_from(TextCallback *callback)')(() => null));
  check('returns number for text', () => lib.func('int length_from(TextCallback *callback)')(() => ({})));
  koffi.proto('const wchar_t *WideTextCallback()');
  check('returns wide text', () => lib.func('int length_from16(WideTextCallback *callback)')(() => 'length ü'));
  check('nine', () => {
    let seen: unknown;
    koffi.proto('double NineCallback(int, double, int8_t, float, int64_t, uint8_t, double, int16_t, const char *)');
    const result: unknown = lib.func('double call_nine(NineCallback *callback)')(
      (...args: unknown[]) => ((seen = args), 0.25),
    );
    return [seen, result];
  });
  check('wide integers', () => {
    let seen: unknown;
    koffi.proto('int64_t WideInteger(uint64_t, int64_t, uint32_t)');
    const result: unknown = lib.func('int64_t call_wide(WideInteger *callback)')(
      (...args: unknown[]) => ((seen = args), -(1n << 62n)),
    );
    return [seen, result];
  });
  koffi.proto('void *PointerCallback(void *value)');
  check('pointer', () => {
    let seen: unknown;
    const call = lib.func('void *call_pointer(PointerCallback *callback, void *value)');
    const result: unknown = call((value: unknown) => ((seen = value), value), 0x1234n);
    return [seen, result, call(() => null, null), call(() => 5, 1n)];
  });
  check('nested', () => {
    const nested = lib.func('int nested(int depth, IntCallback *callback)');
    const down = (depth: number): number => nested(depth - 1, down) as number;
    return nested(8, down) as unknown;
  });
  check('nested 64', () => {
    const nested = lib.func('int nested(int depth, IntCallback *callback)');
    const down = (depth: number): number => nested(depth - 1, down) as number;
    return nested(64, down) as unknown;
  });
  check('other calls inside', () => {
    const add = lib.func('int slow_add(int, int)');
    return callInt((value: number) => add(value, 1) as number, 41) as unknown;
  });
  check('text calls inside', () => {
    const length = lib.func('int length8(str)');
    return callInt(() => length('inside') as number, 0) as unknown;
  });
  check('throws in a nested call', () =>
    callInt(
      () =>
        callInt(() => {
          throw new TypeError('deep');
        }, 1) as number,
      1,
    ),
  );
  check('a thousand', () => lib.func('int call_many(IntCallback *callback, int n)')((value: number) => value, 1000));
  check('a callback that is only called', () => {
    let count = 0;
    lib.func('int call_many(IntCallback *callback, int n)')(() => ++count, 3);
    return count;
  });

  const SortCallback = koffi.proto('int SortCallback(const void *first, const void *second)');
  check('sort texts', () => {
    const items = ['foo', 'bar', '123', 'foobar'];
    lib.func('void sort(_Inout_ void *array, size_t count, size_t size, SortCallback *cb)')(
      koffi.as(items, 'char **'),
      items.length,
      koffi.sizeof('void *'),
      (a: unknown, b: unknown) =>
        (koffi.decode(a, 'char *') as string).localeCompare(koffi.decode(b, 'char *') as string),
    );
    return items;
  });
  check('sort numbers', () => {
    const items = new Int32Array([5, -1, 3, 2]);
    lib.func('sort', 'void', ['void *', 'size_t', 'size_t', koffi.pointer(SortCallback)])(
      items,
      4,
      4,
      (a: unknown, b: unknown) => (koffi.decode(a, 'int') as number) - koffi.decode.int(b),
    );
    return items;
  });
  check('encode inside', () => {
    koffi.proto('int FillCallback(int *numbers, int n)');
    return lib.func('int fill_from(FillCallback *callback, int n)')((at: unknown, n: number) => {
      koffi.encode(at, 'int', [1, 2, 3, 4], n);
      return koffi.decode(at, 'int', n)[1] as number;
    }, 4) as unknown;
  });

  koffi.proto('const char *GetCallback(const char *name)');
  koffi.proto('void PrintCallback(const char *str)');
  const store = lib.func('void store(GetCallback *get, PrintCallback *print)');
  const say = lib.func('void say(const char *name)');
  check('registered', () => {
    const said: unknown[] = [];
    const get = koffi.register((name: string) => `Hello ${name}!`, koffi.pointer('GetCallback'));
    const print = koffi.register((text: unknown) => said.push(text), 'PrintCallback *');
    store(get, print);
    say('Kyoto');
    say('Köln');
    const kinds = [typeof get, get === print, koffi.stats().callbacks];
    koffi.unregister(get);
    koffi.unregister(print);
    return [said, kinds, koffi.stats().callbacks];
  });
  check('registered throws', () => {
    const get = koffi.register(() => {
      throw new Error('registered');
    }, 'GetCallback *');
    const print = koffi.register(() => 0, 'PrintCallback *');
    store(get, print);
    try {
      return say('x') as unknown;
    } finally {
      koffi.unregister(get);
      koffi.unregister(print);
    }
  });
  check('registered called by call()', () => {
    const at = koffi.register((value: number) => value + 1, 'IntCallback *');
    const result: unknown = koffi.call(at, 'IntCallback', 5);
    koffi.unregister(at);
    return result;
  });
  check('transient stored', () => {
    const print = koffi.register(() => 0, 'PrintCallback *');
    store(() => 'late', print);
    try {
      return say('x') as unknown;
    } finally {
      koffi.unregister(print);
    }
  });
  check('register with this', () => {
    const at = (koffi.register as (...args: unknown[]) => bigint)(
      { bonus: 10 },
      function (this: { bonus: number }, value: number) {
        return value + this.bonus;
      },
      'IntCallback *',
    );
    const result: unknown = callInt(at, 5);
    koffi.unregister(at);
    return result;
  });
  check('register()', () => loose['register']!());
  check('register 5', () => loose['register']!(5, 'IntCallback *'));
  check('register as int', () => loose['register']!(() => 1, 'int'));
  check('register as proto', () => loose['register']!(() => 1, 'IntCallback'));
  check('unregister()', () => loose['unregister']!());
  check('unregister nonsense', () => loose['unregister']!(5n));
  check('unregister an object', () => loose['unregister']!({}));
  check('unregister twice', () => {
    const at = koffi.register(() => 1, 'IntCallback *');
    koffi.unregister(at);
    koffi.unregister(at);
  });

  koffi.proto('int BinaryInt(int a, int b)');
  const named = lib.func('BinaryInt *function_named(const char *name)');
  check('function pointer', () => [typeof named('add'), named('nope')]);
  check('call', () => [
    koffi.call(named('add'), 'BinaryInt', 4, 5),
    koffi.call(named('subtract'), koffi.type('BinaryInt'), 100, 58),
  ]);
  check('call too few', () => koffi.call(named('add'), 'BinaryInt', 4));
  check('call as int', () => koffi.call(named('add'), 'int', 4, 5));
  check('call as pointer', () => koffi.call(named('add'), 'BinaryInt *', 4, 5));
  check('call a text', () => koffi.call('x', 'BinaryInt', 4, 5));
  check('call()', () => loose['call']!());
  check('decoded function', () => {
    const add = koffi.decode(named('add'), 'BinaryInt') as ((a: number, b: number) => unknown) & { info: unknown };
    return [add(4, 5), add.name, Object.keys(add), add.info];
  });
  check('function pointer as argument', () =>
    lib.func('int apply(BinaryInt *f, int a, int b)')(named('subtract'), 10, 3),
  );
  check('JS function as argument', () =>
    lib.func('int apply(BinaryInt *f, int a, int b)')((a: number, b: number) => a * b, 10, 3),
  );
  koffi.struct('operations', { first: 'BinaryInt *', second: 'BinaryInt *', seed: 'int32_t' });
  check('functions in a struct', () => {
    const value = lib.func('operations operations()')() as Record<string, unknown>;
    return [
      typeof value['first'],
      koffi.call(value['first'], 'BinaryInt', 1, 2),
      koffi.call(value['second'], 'BinaryInt', 1, 2),
      value['seed'],
    ];
  });
  check('callbacks in a struct', () =>
    lib.func('int apply_operations(const operations *operations, int value)')(
      { first: (a: number, b: number) => a * b, second: named('subtract'), seed: 6 },
      7,
    ),
  );
  check('callbacks in an array', () =>
    lib.func('int apply_all(BinaryInt **functions, int n, int a, int b)')(
      [(a: number, b: number) => a + b, named('subtract'), (a: number) => a],
      3,
      9,
      4,
    ),
  );
  check('null in a struct', () => {
    const out = {};
    const copy = lib.func('void *copy_bytes(_Out_ operations *to, const operations *from, size_t n)');
    copy(out, { first: null, second: null, seed: 1 }, koffi.sizeof('operations'));
    return out;
  });
  check('function for int *', () => lib.func('int is_null(int *)')(() => 1));
};
