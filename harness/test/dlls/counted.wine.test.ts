// Lengths that members and declarations say: by what comes later, by arithmetic, by paths; fixed ones of prototypes; and arrays
// that the DLL makes longer than they are.
import { counted, describe, expect, library, sizeOf, struct, test } from 'dllparity';
import { referenceDll } from '../reference-dlls.ts';

const image = struct('image', { pixels: counted('int16_t', 'width * height'), width: 'int16_t', height: 'int16_t' });
const head = struct('head', { kind: 'uint8_t', count: 'uint8_t' });
const packet = struct('packet', { head, data: 'int32_t[head.count]' });
const block = struct('block', { count: 'int32_t', values: counted('int16_t', 'count') });

const records = library(
  referenceDll('records.dll'),
  {
    sumImage: 'int sum_image(const image *image)',
    cropImage: 'void crop_image(image *image, int rows)',
    sumPacket: 'int sum_packet(const packet *packet)',
    extendPacket: 'void extend_packet(packet *packet, int count)',
    sumThree: 'int32_t sum_three(const int8_t a[3])',
    nameRow: 'void name_row(char (*out)[11])',
    lastOf: 'int last_of(const int values[n], int n)',
    lastOfTwo: 'int last_of(const int values[static 1 + 1], int n)',
  },
  { types: { image, head, packet } },
);
const memory = library(
  referenceDll('memory.dll'),
  { makeBlock: 'void make_block(block *block, int n)', doubleBlock: 'void double_block(block *block)' },
  { types: { block } },
);

describe('a count', () => {
  test('by arithmetic of members that come later', ({ load, agent }) => {
    const { sumImage, cropImage } = load(records);
    const pixels = [1, 2, 3, 4, 5, 6];
    expect(sumImage({ pixels, width: 3, height: 2 })).toBe(21);
    expect(() => sumImage({ pixels, width: 3, height: 3 })).toThrow(/width \* height of .* counts more elements than pixels has.*9 elements.*6 elements/s); // prettier-ignore
    expect(() => sumImage({ pixels, width: 3 })).toThrow(/pixels of .* is counted by width \* height, and what that needs is left out/); // prettier-ignore
    const cropped = { pixels, width: 3, height: 2 };
    cropImage(cropped, 1);
    expect(cropped).toEqual({ pixels: [1, 2, 3], width: 3, height: 1 });
    using kept = agent.buffer(sizeOf(image, agent.pointerBytes));
    using room = agent.buffer(12);
    kept.pointer.write(image, { pixels: room.pointer, width: 2, height: 3 });
    room.pointer.write('int16_t', 7, 5);
    expect(kept.pointer.read(image)).toEqual({ pixels: [0, 0, 0, 0, 0, 7], width: 2, height: 3 });
  });

  test('by a path into a member is filled in, and read', ({ load, agent }) => {
    const { sumPacket, extendPacket } = load(records);
    expect(sumPacket({ data: [1, 2, 3] })).toBe(6);
    expect(sumPacket({ head: { kind: 9 }, data: Int32Array.of(4, 5) })).toBe(9);
    expect(sumPacket({ head: { count: 1 }, data: [1, 2, 3] })).toBe(1);
    expect(sumPacket({ data: Buffer.from(Int32Array.of(7, 8).buffer) })).toBe(15);
    expect(() => sumPacket({ head: { count: 4 }, data: [1, 2, 3] })).toThrow('ARGUMENT_RANGE');
    expect(() => sumPacket({ data: Array.from({ length: 256 }, () => 0) })).toThrow(/more elements than its count head.count can say/); // prettier-ignore
    const value = { head: { kind: 1, count: 3 }, data: [0, 0, 0] };
    extendPacket(value, 2);
    expect(value).toEqual({ head: { kind: 1, count: 2 }, data: [0, 10] });
    using kept = agent.buffer(64);
    extendPacket(kept.pointer, 4);
    expect(kept.pointer.read(packet)).toEqual({ head: { kind: 0, count: 4 }, data: [0, 10, 20, 30] });
  });

  test('that the DLL raises beyond what was passed is told, and what fits comes back', ({ load }) => {
    const { extendPacket } = load(records);
    const value = { head: { kind: 1, count: 2 }, data: [5, 6] };
    expect(() => {
      extendPacket(value, 4);
    }).toThrow(/has made packet\.data longer than what was passed.*\(passed 2 elements, head\.count 4 elements\)/s);
    expect(value).toEqual({ head: { kind: 1, count: 4 }, data: [0, 10] });
    expect(() => extendPacket.outcome({ data: [5] }, 2)).toThrow('ARGUMENT_RANGE');
    extendPacket({ data: [0, 0] }, 2);
  });

  test('of what lies behind a pointer may not be raised either, as long as it is the memory passed', ({ load }) => {
    const { makeBlock, doubleBlock } = load(memory);
    const grow = load(library(referenceDll('records.dll'), { crop: 'void crop_image(image *image, int rows)' }, { types: { image } })); // prettier-ignore
    for (const pixels of [[1, 2], Int16Array.of(1, 2)]) {
      const grown = { pixels, width: 2, height: 1 };
      expect(() => { grow.crop(grown, 3); }).toThrow(/image\.pixels longer/); // prettier-ignore
      expect(grown).toEqual({ pixels: [1, 2], width: 2, height: 3 });
    }
    // The DLL's own memory is as long as it says.
    const made: { count?: number; values?: number[] } = { values: [9] };
    makeBlock(made, 3);
    expect(made).toEqual({ count: 3, values: [0, 3, 6] });
    const one = { values: [4] };
    doubleBlock(one);
    expect(one).toEqual({ count: 1, values: [8] });
  });

  test('that cannot be one is refused where it is declared', () => {
    expect(() => struct('a', { values: counted('int', 'n') })).toThrow(/counted by "n", which is no member/);
    expect(() => struct('b', { n: 'float', values: counted('int', 'n') })).toThrow(/no integer but a "float"/);
    expect(() => struct('c', { n: 'int', values: counted('int', 'n.x') })).toThrow(/counted by "n\.x"/);
    expect(() => struct('d', { n: 'int', values: counted('int', 'n +') })).toThrow(/no arithmetic of members/);
    expect(() => struct('e', { n: 'int', m: 'int', values: 'int[n * m]', end: 'int' })).toThrow(/has no length/);
  });
});

describe('a length in a prototype', () => {
  test('is what has to be passed at least', ({ load }) => {
    const { sumThree, nameRow } = load(records);
    expect([sumThree([1, 2, 3]), sumThree(Int8Array.of(1, 2, 3, 4))]).toEqual([6, 6]);
    for (const short of [[1, 2], Int8Array.of(1, 2), Buffer.alloc(2), new ArrayBuffer(2)]) {
      expect(() => sumThree(short)).toThrow(/"a" of sum_three is shorter than its declaration says.*2 elements.*3 elements/s); // prettier-ignore
    }
    const row = Buffer.alloc(11);
    nameRow(row);
    expect(row.toString('latin1')).toBe('0123456789\0');
    expect(() => {
      nameRow(Buffer.alloc(10));
    }).toThrow(/"out" of name_row is shorter/);
  });

  test('may be another parameter, and arithmetic', ({ load, agent }) => {
    const { lastOf, lastOfTwo } = load(records);
    expect([lastOf([1, 2, 3], 3), lastOf([1, 2, 3], 2)]).toEqual([3, 2]);
    expect(() => lastOf([1, 2, 3], 4)).toThrow(/"values" of last_of is shorter/);
    expect(lastOfTwo([8, 9], 2)).toBe(9);
    expect(() => lastOfTwo([8], 1)).toThrow('ARGUMENT_RANGE');
    using short = agent.buffer(4);
    expect(() => lastOf(short.bytes, 2)).toThrow('ARGUMENT_RANGE');
    // What only the DLL knows is the DLL's.
    expect(lastOf(short.pointer, 1)).toBe(0);
  });
});
