// Declarations as objects, and batches of calls that have more than scalars: against functions of several reference DLLs.
import {
  array,
  describe,
  enumeration,
  expect,
  inout,
  library,
  opaque,
  out,
  type Pointer,
  pointer,
  prototype,
  struct,
  test,
} from 'dllparity';
import { referenceDll } from '../reference-dlls.ts';
import { exported } from './exported.ts';
import { memory } from './memory.ts';
import { point, records } from './records.ts';

const thing = opaque('thing');
const grid = struct('grid', { rows: array('int16_t', 4) });

describe('a prototype of objects', () => {
  const byObjects = library(referenceDll('memory.dll'), {
    divide: prototype({
      name: 'divmod',
      result: 'int',
      parameters: [
        ['a', 'int'],
        ['b', 'int'],
        ['remainder', out(pointer('int'))],
      ],
    }),
    increment: prototype({ name: 'increment', parameters: [['value', inout(pointer('int64_t'))]] }),
    open: prototype({ name: 'open_thing', result: 'int', parameters: [['place', out(pointer(pointer(thing)))]] }),
    use: prototype({ name: 'use_thing', result: 'int', parameters: [['it', pointer(thing)]] }),
    give: prototype({ name: 'give_back', parameters: [['it', pointer('void')]] }),
    sum: prototype({
      name: 'checksum',
      result: 'uint64_t',
      parameters: [
        ['bytes', pointer('uint8_t', { const: true })],
        ['n', 'size_t'],
      ],
    }),
  });
  const points = library(referenceDll('records.dll'), {
    sum: prototype({
      name: 'sum_points',
      result: point,
      parameters: [
        ['points', pointer(point, { const: true })],
        ['n', 'int'],
      ],
    }),
    echo: prototype({ name: 'echo_8', result: grid, parameters: [['value', grid]] }),
  });

  test('is called like one of text', ({ load }) => {
    const { divide, increment, open, use, give, sum } = load(byObjects);
    const remainder = [0];
    expect(divide(17, 5, remainder)).toBe(3);
    expect(remainder).toEqual([2]);
    const value = [2n ** 60n];
    increment(value);
    expect(value).toEqual([2n ** 60n + 1n]);
    const place: (Pointer | null)[] = [null];
    expect(open(place)).toBe(1);
    expect([use(place[0]!), use(place[0]!)]).toEqual([1, 2]);
    give(place[0]!);
    expect(BigInt(sum(Buffer.from('foobar'), 6))).toBe(0x85944171f73967e8n);
  });

  test('has structs by value and by pointer', ({ load }) => {
    const { sum, echo } = load(points);
    expect(sum([{ x: 1, y: 2 }, { x: 3 }], 2)).toEqual({ x: 4, y: 2 });
    expect(echo({ rows: [1, -2, 3] })).toEqual({ rows: [1, -2, 3, 0] });
  });

  test('checks its arguments', ({ load }) => {
    const { divide } = load(byObjects) as unknown as { divide: (...args: unknown[]) => number };
    expect(() => divide(1, 2)).toThrow('ARGUMENT_COUNT');
    expect(() => divide('1', 2, [0])).toThrow('ARGUMENT_TYPE');
    expect(() => divide(1, 2 ** 40, [0])).toThrow('ARGUMENT_RANGE');
  });

  test('of an enumeration of another width passes just that', ({ load }) => {
    const tiny = enumeration('tiny', { NONE: 0, ALL: 255 }, 'uint8_t');
    const basics = library(referenceDll('basics.dll'), {
      echo: prototype({ name: 'echo_uint8', result: tiny, parameters: [['value', tiny]] }),
    });
    const { echo } = load(basics);
    expect([echo('ALL'), echo(7)]).toEqual([255, 7]);
    expect(() => echo(256)).toThrow('ARGUMENT_RANGE');
  });
});

describe('a batch', () => {
  test('brings memory back, each call its own', ({ load }) => {
    const cases = Array.from({ length: 300 }, (_, n) => [new Int32Array(n % 7), n % 7] as const);
    const batch = load(memory).fill.batch(cases.map(([numbers, n]) => [numbers, n]));
    expect(batch.outcome(299).kind).toBe('returned');
    for (const [numbers, n] of cases) expect([...numbers]).toEqual(Array.from({ length: n }, (_, i) => i * i));
  });

  test('has arrays, texts and structs as results', ({ load }) => {
    const { makeOwnText, copySquares, released } = load(memory);
    const before = released();
    const texts = makeOwnText.batch([[0], [3], [-1], [30]]);
    expect([0, 1, 2, 3].map((index) => texts.outcome(index))).toMatchObject([
      { result: '' },
      { result: 'abc' },
      { result: null },
      { result: 'abcdefghijklmnopqrstuvwxyzabcd' },
    ]);
    const squares = copySquares.batch([[3], [0]]);
    expect([squares.outcome(0), squares.outcome(1)]).toMatchObject([{ result: [0, 1, 4] }, { result: [] }]);
    expect(released() - before).toBe(5);
    const sums = load(records).sumPoints.batch([
      [[{ x: 1, y: 2 }], 1],
      [[], 0],
    ]);
    expect([sums.outcome(0), sums.outcome(1)]).toMatchObject([{ result: { x: 1, y: 2 } }, { result: { x: 0, y: 0 } }]);
  });

  test('refuses a wrong case as a call does', ({ load }) => {
    expect(() =>
      load(memory).fill.batch([
        [[0, 0], 2],
        [[0], 2],
      ]),
    ).toThrow('ARGUMENT_RANGE');
    expect(load(exported).dirtyTrue.batch([[], []]).outcome(1)).toMatchObject({ result: true });
  });

  test('has callbacks', ({ load }) => {
    const calls = library(referenceDll('callbacks.dll'), {
      callOr: 'int call_or(int (*callback)(int), int value, int otherwise)',
    });
    const cases = Array.from({ length: 50 }, (_, n) => [(value: number) => n * value, 2, 0] as const);
    const batch = load(calls).callOr.batch(cases.map(([callback, value, otherwise]) => [callback, value, otherwise]));
    expect(cases.map((_, n) => batch.outcome(n))).toMatchObject(cases.map((_, n) => ({ result: 2 * n })));
  });
});
