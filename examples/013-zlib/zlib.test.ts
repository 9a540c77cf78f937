import { crc32, deflateSync, inflateSync } from 'node:zlib';
import { describe, expect, fc, type SharedBuffer, sizeOf, test as base } from 'dllparity';
import { pump } from './pump.ts';
import { Code, folders, z_stream, zlib } from './zlib1.ts';

// Debian's Wine has a zlib1.dll too, and needs it: the load order says that ours comes first.
const test = base.override('config', { searchPaths: folders, dllOverrides: { zlib1: 'native,builtin' } });

const { OK, BUF_ERROR, DATA_ERROR } = Code.values;
const text = Buffer.from('All work and no play makes Jack a dull boy. '.repeat(500));

test('the DLL is the one of the package', ({ load, agent }) => {
  expect(load(zlib).zlibVersion()).toMatch(/^1\.\d+/);
  expect(agent.pathOf(zlib)).toMatch(/^Z:.*\\build\\zlib\\/);
});

test('crc32 is that of Node', ({ load }) => {
  const dll = load(zlib);
  fc.assert(fc.property(fc.uint8Array(), (bytes) => dll.crc32(0, bytes, bytes.length) === crc32(bytes)));
});

describe('in one call', () => {
  test('what the DLL compresses, Node expands', ({ load }) => {
    const { compress, compressBound } = load(zlib);
    const size = [compressBound(text.length)];
    const to = Buffer.alloc(Number(size[0]));
    expect(compress(to, size, text, text.length)).toBe(OK);
    expect(inflateSync(to.subarray(0, Number(size[0])))).toEqual(text);
  });

  test('what Node compresses, the DLL expands', ({ load }) => {
    const packed = deflateSync(text);
    const to = Buffer.alloc(text.length);
    const size = [to.length];
    expect(load(zlib).uncompress(to, size, packed, packed.length)).toBe(OK);
    expect([to.equals(text), size]).toEqual([true, [text.length]]);
  });

  test('too little room is an error, and nothing is written beyond it', ({ load, agent }) => {
    using room = agent.buffer(100, { guarded: true });
    const packed = deflateSync(text);
    expect(load(zlib).uncompress(room.bytes, [100], packed, packed.length)).toBe(BUF_ERROR);
    expect(room.check()).toEqual([]);
    expect(Buffer.from(room.bytes)).toEqual(text.subarray(0, 100));
  });

  test('what is no zlib data is an error', ({ load }) => {
    expect(load(zlib).uncompress(Buffer.alloc(100), [100], text, text.length)).toBe(DATA_ERROR);
  });

  test('Node and the DLL expand each other’s bytes, whatever they are', ({ load }) => {
    const { compress, uncompress } = load(zlib);
    const roundTrip = (bytes: Uint8Array): void => {
      const [packed, size] = [Buffer.alloc(bytes.length + 100), [bytes.length + 100]];
      expect(compress(packed, size, bytes, bytes.length)).toBe(OK);
      expect(inflateSync(packed.subarray(0, Number(size[0])))).toEqual(Buffer.from(bytes));
      const [again, theirs] = [Buffer.alloc(bytes.length), deflateSync(bytes)];
      expect(uncompress(again, [again.length], theirs, theirs.length)).toBe(OK);
      expect(again).toEqual(Buffer.from(bytes));
    };
    fc.assert(fc.property(fc.uint8Array({ minLength: 1, maxLength: 400 }), roundTrip), { numRuns: 50 });
  });
});

describe('as a stream', () => {
  test('deflate', ({ agent }) => {
    expect(inflateSync(pump(agent, 'deflate', text))).toEqual(text);
  });

  test('inflate', ({ agent }) => {
    expect(pump(agent, 'inflate', deflateSync(text))).toEqual(text);
  });

  test('a broken one says why', ({ agent }) => {
    const packed = deflateSync(text);
    packed.fill(0xff, 10, 20);
    expect(() => pump(agent, 'inflate', packed)).toThrow(/zlib: (invalid|incorrect) /);
  });
});

test('the DLL allocates through callbacks, and frees all of it', ({ load, agent }) => {
  const dll = load(zlib);
  const blocks = new Map<bigint, SharedBuffer>();
  const sizes: number[] = [];
  using allocate = agent.callback('void *(*)(void *opaque, unsigned items, unsigned size)', (_opaque, items, size) => {
    const block = agent.buffer(items * size);
    blocks.set(block.pointer.address, block);
    sizes.push(items * size);
    return block.pointer;
  });
  using free = agent.callback('void (*)(void *opaque, void *address)', (_opaque, address) => {
    blocks.get(address?.address ?? 0n)?.release();
    blocks.delete(address?.address ?? 0n);
  });
  const size = sizeOf(z_stream, agent.pointerBytes);
  using place = agent.buffer(size);
  place.pointer.write(z_stream, { zalloc: allocate.pointer, zfree: free.pointer });
  expect(dll.deflateInit(place.pointer, 9, dll.zlibVersion(), size)).toBe(OK);
  expect(blocks.size).toBeGreaterThan(3);
  expect(Math.max(...sizes)).toBeGreaterThanOrEqual(65_536);
  expect(dll.deflateEnd(place.pointer)).toBe(OK);
  expect(blocks.size).toBe(0);
});
