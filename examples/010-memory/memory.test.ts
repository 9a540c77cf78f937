import { as, describe, expect, type Pointer, pointer, struct, test, union } from 'dllparity';
import { block, memory } from './dlls.ts';

describe('lengths', () => {
  test('say how much travels, and are checked', ({ load }) => {
    const { sum, bubblesort } = load(memory);
    expect(sum([20, 22], 2)).toBe(42);
    expect(() => sum([20, 22], 3)).toThrow('"numbers" of sum is shorter than the other arguments say');
    const values = [3, 1, 2];
    bubblesort(values, 3);
    expect(values).toEqual([1, 2, 3]);
    const typed = Float32Array.of(0.5, 0.25);
    bubblesort(typed, 2);
    expect([...typed]).toEqual([0.25, 0.5]);
  });

  test('may be worked out from several arguments', ({ load }) => {
    const { transpose, fillPairs, primes, fillByInfo } = load(memory);
    const to = new Float64Array(6);
    transpose([1, 2, 3, 4, 5, 6], to, 2, 3);
    expect([...to]).toEqual([1, 4, 2, 5, 3, 6]);
    const pairs = [0, 0, 0, 0, 0, 0];
    fillPairs(pairs, 2);
    expect(pairs).toEqual([0, -0, 1, -1, 2, -2].map((n) => n + 0));
    const [numbers, n] = [[0, 0, 0], [3]];
    primes(numbers, n);
    expect([numbers, n]).toEqual([[2, 3, 5], [8]]);
    const squares = [0, 0, 0, 0];
    fillByInfo({ count: 4 }, squares);
    expect(squares).toEqual([0, 1, 4, 9]);
  });
});

describe('memory of the DLL', () => {
  test('is copied where its length is known, and released by the DLL', ({ load }) => {
    const { copySquares, released } = load(memory);
    const before = released();
    expect(copySquares(4)).toEqual([0, 1, 4, 9]);
    expect(copySquares(-1)).toBeNull();
    expect(released() - before).toBe(1);
  });

  test('comes through a pointer to a pointer', ({ load }) => {
    const { makeNumbers, outText } = load(memory);
    const [numbers, n, text]: [(number[] | null)[], number[], (string | null)[]] = [[null], [0], [null]];
    makeNumbers(numbers, n, 3);
    expect([numbers, n]).toEqual([[[0, 1, 4]], [3]]);
    outText(text);
    expect(text).toEqual(['out of the DLL']);
  });

  test('is otherwise a Pointer', ({ load }) => {
    const { makeSquares, newBlock, freeBlock, giveBack } = load(memory);
    const squares = makeSquares(4)!;
    expect([squares.array('int', 4), squares.read('int', 3), squares.plus(8).read('int')]).toEqual([
      [0, 1, 4, 9],
      9,
      4,
    ]);
    squares.write('int', -1, 1);
    expect([...squares.bytes(8)]).toEqual([0, 0, 0, 0, 255, 255, 255, 255]);
    giveBack(squares);
    const read = newBlock(3)!;
    expect(read.read(block)).toEqual({ count: 3, values: [0, 3, 6] });
    freeBlock(read);
  });

  test('is read where nobody has allocated: an error, and no crash', ({ load, agent }) => {
    expect(() => agent.pointer(16).read('int')).toThrow('cannot be read');
    expect(load(memory).sum([], 0)).toBe(0);
  });
});

describe('pointers to pointers', () => {
  test('take arrays of arrays, texts, null', ({ load }) => {
    const { sumRows, countNames } = load(memory);
    expect(sumRows([[1, 2], null, [30, 9]], 3, 2)).toBe(42);
    expect(countNames(['one', 'two', null])).toBe(2);
  });

  test('lead to others, which are read one by one', ({ load }) => {
    const { listNames, freeNames } = load(memory);
    const list: (Pointer | null)[] = [null];
    listNames(list);
    const names: string[] = [];
    for (let i = 0, name = list[0]!.read('char *'); name; name = list[0]!.read('char *', ++i)) names.push(name.text());
    expect(names).toEqual(['first', '', 'thîrd']);
    freeNames(list[0]!);
  });
});

test('a handle goes back to where it came from', ({ load }) => {
  const { open, use, close } = load(memory);
  const thing: (Pointer | null)[] = [null];
  expect(open(thing)).toBe(1);
  expect([use(thing[0]!), use(thing[0]!), close(thing)]).toEqual([1, 2, 2]);
  expect(thing).toEqual([null]);
});

test('a void pointer takes a value with its type', ({ load }) => {
  const number = struct('number', { kind: 'int32_t', value: union('value', { whole: 'int64_t', part: 'double' }) });
  const { numberOf } = load(memory);
  expect(numberOf(as({ kind: 0, value: { whole: 42 } }, pointer(number)))).toBe(42);
  expect(numberOf(as({ kind: 1, value: { part: 0.5 } }, pointer(number)))).toBe(0.5);
});

describe('a shared buffer', () => {
  test('stays where it is between calls', ({ load, agent }) => {
    const { keepBuffer, append } = load(memory);
    using buffer = agent.buffer(32);
    keepBuffer(buffer.pointer, 32);
    append('one');
    append(', two');
    expect(buffer.pointer.text()).toBe('one, two');
    keepBuffer(null, 0);
  });

  test('is written to after the call has returned', async ({ load, agent }) => {
    const { writeLater, waitForWriter } = load(memory);
    using buffer = agent.buffer(4096);
    writeLater(buffer.pointer, 4096, 0xab, 20);
    await expect.poll(() => buffer.bytes[4095], { timeout: 8000 }).toBe(0xab);
    waitForWriter();
  });
});

describe('a guarded buffer', () => {
  test('ends where nothing can be read or written', ({ load, agent }) => {
    using buffer = agent.buffer(10, { guarded: true });
    expect(load(memory).overrun.outcome(buffer.pointer, 10, 1)).toMatchObject({
      kind: 'faulted',
      fault: { access: { kind: 'write' }, overrun: 0 },
    });
  });

  test('knows what was written before it', ({ load, agent }) => {
    using buffer = agent.buffer(10, { guarded: true });
    load(memory).underrun(buffer.pointer, 2);
    expect(buffer.check()).toEqual([
      { offset: -1, value: 0xee },
      { offset: -2, value: 0xee },
    ]);
  });
});
