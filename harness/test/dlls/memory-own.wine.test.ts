// Memory that the DLL allocates, pointers to pointers, handles, and what a void pointer leads to.
import { as, describe, expect, type Pointer, pointer, test } from 'dllparity';
import { block, growing, memory, wholeAndPart } from './memory.ts';

const squares = (n: number): number[] => Array.from({ length: n }, (_, i) => i * i);

describe('memory of the DLL', () => {
  test('is read through the pointer that a function returns', ({ load }) => {
    const { makeSquares, giveBack } = load(memory);
    const numbers = makeSquares(5)!;
    expect(numbers.array('int', 5)).toEqual(squares(5));
    expect([numbers.read('int', 3), numbers.plus(8).read('int')]).toEqual([9, 4]);
    numbers.write('int', -1, 2);
    expect(numbers.array('int', 3)).toEqual([0, 1, -1]);
    expect(new Int32Array(Uint8Array.from(numbers.bytes(8)).buffer)).toEqual(Int32Array.of(0, 1));
    giveBack(numbers);
    expect(makeSquares(-1)).toBeNull();
  });

  test('comes as an array where the prototype says how long it is, and is freed by the DLL exactly once', ({
    load,
  }) => {
    const { copySquares, makeOwnText, released, allocated } = load(memory);
    const [takenBefore, freedBefore] = [allocated(), released()];
    expect(copySquares(4)).toEqual(squares(4));
    expect(copySquares(0)).toEqual([]);
    expect(copySquares(-1)).toBeNull();
    expect(makeOwnText(5)).toBe('abcde');
    expect(makeOwnText(2000)).toHaveLength(2000);
    expect(makeOwnText(-1)).toBeNull();
    expect([allocated() - takenBefore, released() - freedBefore]).toEqual([4, 4]);
  });

  test('comes by a pointer to a pointer: as an array, or as a place', ({ load }) => {
    const { makeNumbers, makeNumbersPlain, giveBack } = load(memory);
    const [numbers, n]: [(number[] | null)[], number[]] = [[null], [0]];
    expect(makeNumbers(numbers, n, 4)).toBe(1);
    expect([numbers, n]).toEqual([[squares(4)], [4]]);
    const place: (Pointer | null)[] = [null];
    makeNumbersPlain(place, n, 3);
    expect(place[0]!.array('int', n[0]!)).toEqual(squares(3));
    giveBack(place[0]!);
    expect(makeNumbers(numbers, n, -1)).toBe(0);
    expect([numbers, n]).toEqual([[null], [0]]);
  });

  test('is text behind a pointer to a pointer', ({ load }) => {
    const { outText, outTextPlain, outWide, giveBack } = load(memory);
    const text: (string | null)[] = [null];
    expect(outText(text)).toBe(14);
    expect(text).toEqual(['out of the DLL']);
    expect(outWide(text)).toBe(7);
    expect(text).toEqual(['wide \u{1f600}']);
    const place: (Pointer | null)[] = [null];
    outTextPlain(place);
    expect(place[0]!.text()).toBe('out of the DLL');
    giveBack(place[0]!);
  });

  test('that is stored behind a parameter is freed by the DLL once, after it was copied', async ({ load }) => {
    const { makeNumbers, makeNumbersPlain, outText, outWide, giveBack, released, allocated } = load(memory);
    const [takenBefore, freedBefore] = [allocated(), released()];
    const since = (): readonly number[] => [allocated() - takenBefore, released() - freedBefore];
    const cells = (): (number[] | null)[] => [null];
    makeNumbers(cells(), [0], 4);
    expect(since()).toEqual([1, 1]);
    expect(makeNumbers.outcome(cells(), [0], 5)).toMatchObject({ kind: 'returned', result: 1 });
    outText([null]);
    outWide([null]);
    expect(since()).toEqual([4, 4]);
    // Nothing was stored.
    makeNumbers(cells(), [0], -1);
    expect(since()).toEqual([4, 4]);
    const lists = [1, 2, 3].map(() => cells());
    makeNumbers.batch(lists.map((list, i) => [list, [0], i + 1]));
    expect(lists).toEqual([[squares(1)], [squares(2)], [squares(3)]]);
    expect(since()).toEqual([7, 7]);
    const later = cells();
    expect(await makeNumbers.async(later, [0], 2)).toBe(1);
    expect([later, since()]).toEqual([[squares(2)], [8, 8]]);
    // What comes as a place is the caller's to free.
    const place: (Pointer | null)[] = [null];
    makeNumbersPlain(place, [0], 3);
    expect(since()).toEqual([9, 8]);
    giveBack(place[0]!);
    expect(since()).toEqual([9, 9]);
  });

  test('is a list of texts that ends with NULL', ({ load }) => {
    const { listNames, freeNames } = load(memory);
    const list: (Pointer | null)[] = [null];
    listNames(list);
    const names: string[] = [];
    for (let i = 0; ; i++) {
      const name = list[0]!.read('char *', i);
      if (name === null) break;
      names.push(name.text());
    }
    expect(names).toEqual(['first', '', 'th\u00eerd']);
    freeNames(list[0]!);
  });

  test('hangs on members: counted by another member', ({ load }) => {
    const { makeBlock, newBlock, freeBlock, giveBack } = load(memory);
    const made: { count?: number; values?: number[] } = {};
    makeBlock(made, 4);
    expect(made).toEqual({ count: 4, values: [0, 3, 6, 9] });
    const place = newBlock(3)!;
    expect(place.read(block)).toEqual({ count: 3, values: [0, 3, 6] });
    freeBlock(place);
    giveBack(null);
  });

  test('grows between calls, and the flexible array with it', ({ load }) => {
    const { grow, forgetGrown } = load(memory);
    forgetGrown();
    for (let i = 1; i <= 3; i++) {
      const read = grow(10 * i)!.read(growing);
      expect(read.count).toBe(i);
    }
    const list = grow(40)!;
    expect(list.plus(4).array('int32_t', 4)).toEqual([10, 20, 30, 40]);
    expect(list.read(growing)).toEqual({ count: 4, values: [10, 20, 30, 40] });
    forgetGrown();
  });
});

describe('counted members', () => {
  test('are written as arrays: the count comes from them', ({ load }) => {
    const { sumBlock, sumBlocks, doubleBlock, doubleBlocks } = load(memory);
    expect(sumBlock({ values: [1, 2, 3] })).toBe(6);
    expect(sumBlock({ count: 3, values: Int16Array.of(1, 2, 3) })).toBe(6);
    expect(sumBlock({ count: 0, values: null })).toBe(0);
    expect(sumBlocks([{ values: [1] }, { values: [10, 20] }, { values: [] }], 3)).toBe(61);
    const one = { count: 2, values: [5, -5] };
    doubleBlock(one);
    expect(one).toEqual({ count: 2, values: [10, -10] });
    const several = [
      { count: 1, values: [1] },
      { count: 2, values: [2, 3] },
    ];
    doubleBlocks(several, 2);
    expect(several).toEqual([
      { count: 1, values: [2] },
      { count: 2, values: [4, 6] },
    ]);
  });

  test('shrink with their count', ({ load }) => {
    const list = { count: 4, values: [1, -2, 3, -4] };
    load(memory).dropNegative(list);
    expect(list).toEqual({ count: 2, values: [1, 3] });
  });

  test('shorter than the count are refused; longer ones are room', ({ load }) => {
    expect(load(memory).sumBlock({ count: 2, values: [1, 2, 3] })).toBe(3);
    expect(() => load(memory).sumBlock({ count: 4, values: [1, 2, 3] })).toThrow('ARGUMENT_RANGE');
  });
});

describe('texts in arrays', () => {
  test('go in as strings', ({ load }) => {
    const { countNames, lettersOf } = load(memory);
    expect(countNames(['one', 'two', null])).toBe(2);
    expect(lettersOf(['one', null, 'f\u00fcnf'], 3)).toBe(8);
    expect(() => lettersOf(['one'], 2)).toThrow('ARGUMENT_RANGE');
  });
});

describe('handles', () => {
  test('are opened, used and closed', ({ load }) => {
    const { openThing, useThing, closeThing } = load(memory);
    const place: (Pointer | null)[] = [null];
    expect(openThing(place)).toBe(1);
    const thing = place[0]!;
    expect([useThing(thing), useThing(thing), useThing(null)]).toEqual([1, 2, -1]);
    expect(closeThing(place)).toBe(2);
    expect(place).toEqual([null]);
  });

  test('are equal when they come back', ({ load }) => {
    const { echoPointer, echoHandle, makeSquares, giveBack } = load(memory);
    const place = makeSquares(1)!;
    expect(echoPointer(place)).toEqual(place);
    expect(echoPointer(place)!.address).toBe(place.address);
    expect(echoHandle(place)!.address).toBe(place.address);
    expect([echoPointer(null), echoHandle(null)]).toEqual([null, null]);
    giveBack(place);
  });

  test('in an array change places', ({ load }) => {
    const { echoPlaces, makeSquares, giveBack } = load(memory);
    const [a, b] = [makeSquares(0)!, makeSquares(0)!];
    const places = [a, null, b];
    echoPlaces(places, 3);
    expect(places.map((place) => place?.address)).toEqual([b.address, undefined, a.address]);
    giveBack(a);
    giveBack(b);
  });

  test('of null are null for the DLL', ({ load }) => {
    const { isNull } = load(memory);
    expect([isNull(null), isNull(Buffer.alloc(1)), isNull(Buffer.alloc(0))]).toEqual([1, 0, 0]);
  });
});

describe('a void pointer', () => {
  test('takes what the caller says it is', ({ load }) => {
    const { numberOf, isNull } = load(memory);
    expect(numberOf(as({ kind: 0, value: { whole: -7 } }, pointer(wholeAndPart)))).toBe(-7);
    expect(numberOf(as({ kind: 1, value: { part: 0.25 } }, pointer(wholeAndPart)))).toBe(0.25);
    const bytes = Buffer.alloc(16);
    bytes.writeInt32LE(1);
    bytes.writeDoubleLE(-1.5, 8);
    expect(numberOf(bytes)).toBe(-1.5);
    expect([isNull(as('text', 'const char *')), isNull(as(null, 'int *'))]).toEqual([0, 1]);
  });

  test('refuses what has no layout', ({ load }) => {
    const { numberOf } = load(memory) as unknown as { numberOf: (value: unknown) => number };
    expect(() => numberOf({ kind: 0 })).toThrow('ARGUMENT_TYPE');
    expect(() => numberOf(7)).toThrow('ARGUMENT_TYPE');
    expect(() => numberOf(as(7, 'int'))).toThrow(/cannot take a value as int/);
    expect(() => numberOf(as({}, wholeAndPart))).toThrow('ARGUMENT_TYPE');
  });
});
