// Arguments of one call that are the same memory, in whole or in part: the DLL sees one memory, as on Windows.
import { as, describe, expect, library, test } from 'dllparity';
import { memory } from './memory.ts';

const crt = library('msvcrt.dll', { memmove: 'void *memmove(void *to, const void *from, size_t n)' });

describe('one buffer as two arguments', () => {
  test('is at one place: typed, plain, bytes, and by its ArrayBuffer', ({ load }) => {
    const { distance, setAndRead } = load(memory);
    const typed = Int32Array.of(1, 2);
    expect([setAndRead(typed, 7, typed), typed[0]]).toEqual([7, 7]);
    const plain = [1, 2];
    expect([setAndRead(plain, 8, plain), plain]).toEqual([8, [8, 2]]);
    const bytes = Buffer.from([1, 2, 3, 4]);
    expect(distance(bytes, bytes)).toBe(0);
    expect(distance(typed, typed.buffer)).toBe(0);
    expect(distance(new Uint8Array(typed.buffer), new DataView(typed.buffer, 4))).toBe(4);
    // Others lie elsewhere, though they say the same.
    expect(setAndRead([1, 2], 9, [1, 2])).toBe(1);
    expect(setAndRead(Int32Array.of(1), 9, Int32Array.of(1))).toBe(1);
  });

  test('of which one is only written to keeps its values for the other', ({ load }) => {
    const { carryToOut } = load(memory);
    const inFirst = [5, 6, 7];
    carryToOut(inFirst, inFirst, 3);
    expect(inFirst).toEqual([5, 6, 7]);
    const out = [1, 1, 1];
    carryToOut(out, [5, 6, 7], 3);
    expect(out).toEqual([5, 6, 7]);
  });

  test('that is behind a void pointer too', ({ load }) => {
    const { distance } = load(memory);
    const numbers = [1, 2, 3];
    expect(distance(as(numbers, 'int *'), as(numbers, 'const int *'))).toBe(0);
  });
});

describe('views that overlap', () => {
  test('lie as far apart as they do here, whichever comes first', ({ load }) => {
    const { distance, carry } = load(memory);
    const whole = Int32Array.of(1, 2, 3, 4, 5);
    expect(distance(whole, whole.subarray(2))).toBe(8);
    expect(distance(whole.subarray(2), whole)).toBe(-8);
    carry(whole.subarray(1), whole, 4);
    expect([...whole]).toEqual([1, 1, 1, 1, 1]);
    const other = Int32Array.of(1, 2, 3, 4, 5);
    carry(other, other.subarray(1), 4);
    expect([...other]).toEqual([2, 3, 4, 5, 5]);
  });

  test('of which neither holds the other have one memory for both', ({ load }) => {
    const { carry, carryBytes } = load(memory);
    const numbers = Int32Array.of(1, 2, 3, 4, 5, 6);
    carry(numbers.subarray(2, 6), numbers.subarray(1, 5), 4);
    expect([...numbers]).toEqual([1, 2, 2, 2, 2, 2]);
    const text = Buffer.from('..abcdefghijkl..');
    carryBytes(text.subarray(6, 14), text.subarray(2, 10), 2);
    expect(text.toString()).toBe('..abcdabcdabcd..');
  });

  test('are what memmove is for', ({ load }) => {
    const bytes = Buffer.from('abcdef..');
    load(crt).memmove(bytes.subarray(1), bytes, 6);
    expect(bytes.toString()).toBe('aabcdef.');
  });

  test('at odd offsets and of other elements too', ({ load }) => {
    const { distanceOfOut } = load(memory);
    const bytes = new Uint8Array(64);
    const shorts = new Int16Array(bytes.buffer, 4, 6);
    expect(distanceOfOut(bytes.subarray(1, 9), shorts)).toBe(3);
    expect(distanceOfOut(bytes.subarray(1, 4), shorts)).not.toBe(3);
  });

  test('by a batch and asynchronously', async ({ load }) => {
    const { carry } = load(memory);
    const rows = [1, 2, 3].map((first) => Int32Array.of(first, 0, 0, 0));
    carry.batch(rows.map((row) => [row.subarray(1), row.subarray(0, 3), 3]));
    expect(rows.map((row) => [...row])).toEqual([1, 2, 3].map((first) => [first, first, first, first]));
    const later = Int32Array.of(9, 0, 0, 0);
    await carry.async(later.subarray(1), later.subarray(0, 3), 3);
    expect([...later]).toEqual([9, 9, 9, 9]);
  });

  test('inside arrays of pointers', ({ load }) => {
    const { fillRows } = load(memory);
    const grid = new Int32Array(6);
    const rows = [grid.subarray(0, 4), grid.subarray(2, 6), grid.subarray(2, 6)];
    fillRows(rows, 3, 4);
    expect([...grid]).toEqual([0, 1, 0, 1, 4, 9]);
    expect(rows.map((row) => row.length)).toEqual([4, 4, 4]);
  });
});

describe('objects that lead to one another', () => {
  interface Node {
    value: number;
    next?: Node | null;
  }

  test('may lead back to where they began', ({ load }) => {
    const { sumRing, sumRingBack } = load(memory);
    const second: Node = { value: 10 };
    const first: Node = { value: 1, next: second };
    second.next = first;
    expect(sumRing(first as never, 5)).toBe(23);
    expect(sumRingBack(first as never, 4)).toBe(22);
    expect([first.next === second, second.next === first]).toEqual([true, true]);
  });

  test('are linked anew by the DLL', ({ load }) => {
    const third: Node = { value: 3, next: null };
    const second: Node = { value: 2, next: third };
    const first: Node = { value: 1, next: second };
    const list: (Node | null)[] = [first];
    load(memory).reverseList(list);
    expect(list[0]).toBe(third);
    expect([third.next === second, second.next === first, first.next]).toEqual([true, true, null]);
  });

  test('change places in an array', ({ load }) => {
    const [a, b] = [Int32Array.of(1), [2]];
    const places: unknown[] = [as(a, 'int *'), null, as(b, 'int *')];
    const [first, , last] = places;
    load(memory).echoPlaces(places as never, 3);
    expect([places[0] === last, places[1], places[2] === first]).toEqual([true, null, true]);
  });
});
