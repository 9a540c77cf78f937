// What the compiler makes of types, variables, built prototypes and interfaces. `tsc` checks this file; nothing runs.
import {
  type Agent,
  alias,
  array,
  comInterface,
  counted,
  enumeration,
  IUnknown,
  library,
  opaque,
  out,
  pointer,
  prototype,
  struct,
  union,
  Pointer,
  type PointerLike,
  type ValueOf,
} from 'dllparity';

/* eslint-disable @typescript-eslint/no-unnecessary-type-parameters -- comparing types takes parameters that stand once */
type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
/** Accepts `true` alone. */
const holds = <T extends true>(): T | undefined => undefined;
/* eslint-enable @typescript-eslint/no-unnecessary-type-parameters */

declare const agent: Agent;

// Members

const point = struct('point', { x: 'int', y: 'int' });
const color = enumeration('color', { RED: 0, GREEN: 1 });
const shape = struct('shape', {
  name: 'char[16]',
  wide: 'wchar_t[8]',
  values: 'double[3]',
  grid: 'int[2][3]',
  names: 'char[4][8]',
  flags: 'unsigned : 3',
  big: 'uint64_t',
  origin: point,
  corners: array(point, 4),
  color,
  next: 'shape *',
  run: 'int (*)(int)',
  n: 'int',
  items: counted('float', 'n'),
});
holds<
  Equal<
    ValueOf<typeof shape>,
    {
      name: string;
      wide: string;
      values: number[];
      grid: number[][];
      names: string[];
      flags: number;
      big: number | bigint;
      origin: { x: number; y: number };
      corners: { x: number; y: number }[];
      color: number;
      next: PointerLike | null;
      run: PointerLike | null;
      n: number;
      items: number[] | null;
    }
  >
>();
export const either = union('either', { integer: 'int', real: 'double' });
holds<Equal<ValueOf<typeof either>, { integer: number; real: number }>>();
holds<Equal<ValueOf<'int[4]'>, number[]>>();

// Reading and writing memory

declare const place: PointerLike;
export const readPoint = place.read(point);
holds<Equal<typeof readPoint, { x: number; y: number }>>();
export const readText = place.read('char[8]');
holds<Equal<typeof readText, string>>();
export const readMany = place.array('unsigned short', 3);
holds<Equal<typeof readMany, number[]>>();

// A library with all kinds of exports

const widget = opaque('widget');
const lib = library(
  'shapes.dll',
  {
    paint: 'void paint(shape *s, color c)',
    favourite: 'color favourite(void)',
    open: 'widget *open_widget(const char *name)',
    counter: 'extern int counter',
    table: 'double table[4]',
    origin: 'point origin',
    checksum: 'uLong checksum(uLong start)',
    make: '_Ret_writes_(n) int *make_ints(int n)',
    each: 'void each(void (*f)(_In_reads_(n) const float *values, int n))',
    now: 'void GetSystemTimeAsFileTime(_Out_ FILETIME *time)',
    built: prototype({
      name: 'built',
      result: 'double',
      parameters: [
        ['p', out(pointer(point))],
        ['by', 'double'],
      ],
    }),
    said: prototype({ name: 'said', parameters: [['text', 'const char *']], variadic: true }),
  },
  {
    types: { shape, color, point, widget, uLong: alias('unsigned long') },
    exports: { open: 7, paint: '_paint@8' },
    releases: { make: 'open' },
  },
);
// prettier-ignore
export const refused = library('x.dll', { f: 'int f(void)' }, {
  // @ts-expect-error there is no entry of that name
  exports: { g: 1 },
});

const loaded = agent.load(lib);
loaded.paint({ name: 'square', origin: { x: 1 }, color: 'GREEN' }, 'RED');
loaded.paint(null, 1);
// @ts-expect-error the member does not exist
loaded.paint({ title: 'square' }, 'RED');
// @ts-expect-error the enumeration has no such name
loaded.paint(null, 'BLUE');
holds<Equal<ReturnType<typeof loaded.favourite>, number>>();
holds<Equal<ReturnType<typeof loaded.open>, PointerLike | null>>();
holds<Equal<typeof loaded.counter.value, number>>();
holds<Equal<typeof loaded.table.value, number[]>>();
holds<Equal<ReturnType<typeof loaded.make>, number[] | null>>();
loaded.each((values, n) => {
  const given: number[] | null = values;
  const count: number = n;
  given?.push(count);
});
loaded.now({});
loaded.now([{ dwLowDateTime: 0 }]);
holds<Equal<ReturnType<typeof loaded.built>, number>>();
holds<Equal<Parameters<typeof loaded.checksum>, [number]>>();
loaded.built({}, 2);
// @ts-expect-error a number is wanted
loaded.built({}, 'two');
holds<Equal<ReturnType<typeof loaded.counter.pointer.read<'int'>>, number>>();
export const later: Promise<number> = loaded.built.async([{}], 2);

// Callbacks and functions behind pointers

agent.callback('int __stdcall (*)(int code, void *user)', (code, user) => (user ? code : 0));
// @ts-expect-error the callback has to return a number
agent.callback('int (*)(int)', (code) => String(code));
const call = agent.bind(place, 'double (__stdcall *)(int, double)');
holds<Equal<ReturnType<typeof call>, number>>();
call(1, 2);
// @ts-expect-error the second argument is missing
call(1);
const spot = struct('spot', { x: 'int', y: 'int' });
agent.callback('int (*)(spot at)', (at) => at.x + at.y, { types: { spot } });
// @ts-expect-error a spot has no z
agent.callback('int (*)(spot at)', (at) => Number(at.z), { types: { spot } });
const moved = agent.bind(place, 'spot moved(spot at)', { types: { spot } });
holds<Equal<ReturnType<typeof moved>, { x: number; y: number }>>();
// @ts-expect-error a number is no spot
moved(1);
const named = agent.bind(place, 'int twice(int value)');
named(1);

// Interfaces

const blob = comInterface('ID3DBlob', IUnknown, ['void *GetBufferPointer()', 'SIZE_T GetBufferSize()']);
const object = agent.com(place, blob);
holds<Equal<ReturnType<typeof object.GetBufferPointer>, PointerLike | null>>();
holds<Equal<ReturnType<typeof object.Release>, number>>();
holds<Equal<ReturnType<typeof object.GetBufferSize>, number | bigint>>();
// @ts-expect-error the interface has no such method
export const none = object.Draw;

// What once was lost

const matters = library('a.dll', {
  matrices: 'void matrices(float (*first)[3][4], float (*second)[3], int n)',
  compared: 'int compared(int (*compare)(const int (*a)[3], const int *b), int n)',
  sum: 'int sum(const int *values, int n)',
  texts: 'int texts(const char *const *texts, int n)',
  7: 'int seven(int n)',
});
const mattering = agent.load(matters);
holds<Equal<Parameters<typeof mattering.matrices>['length'], 3>>();
holds<Equal<Parameters<typeof mattering.compared>['length'], 2>>();
mattering[7](3);
const fixed: readonly number[] = [1, 2];
const names: readonly string[] = ['a'];
mattering.sum(fixed, 2);
mattering.texts(names, 1);
const operations = struct('operations', { add: 'int (*)(int a, int b)' });
const operating = agent.load(
  library(
    'b.dll',
    { run: 'int run(operations *all)', byValue: 'int by_value(operations all)' },
    { types: { operations } },
  ),
);
operating.run({ add: (a, b) => a + b });
operating.run([{ add: (a, b) => a + b }]);
operating.byValue({ add: (a, b) => a + b });
// @ts-expect-error the function has to return a number
operating.byValue({ add: (a, b) => String(a + b) });
const places = agent.load(library('c.dll', { given: 'void *given(int (*callback)(void *place))' }));
export const given: Pointer | null = places.given((place: Pointer | null) => (place === null ? 0 : place.read('int')));
export const isPlace = (value: unknown): number => (value instanceof Pointer ? value.read('int') : 0);
