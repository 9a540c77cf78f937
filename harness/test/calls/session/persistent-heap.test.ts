import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PersistentHeap } from '../../../calls/session/persistent-heap.ts';

const END = 1 << 20;
const FLOOR = 1 << 16;
const heap = (floor = FLOOR): PersistentHeap => new PersistentHeap(END, () => floor);

const steps = fc.array(
  fc.oneof(
    fc.record({ bytes: fc.integer({ min: 0, max: 5000 }), power: fc.integer({ min: 0, max: 12 }) }),
    fc.record({ free: fc.nat() }),
  ),
  { maxLength: 200 },
);

describe('memory that outlives a call', () => {
  it('is aligned, lies inside, and never overlaps, whatever is taken and given back', () => {
    fc.assert(
      fc.property(steps, (list) => {
        const memory = heap();
        const blocks: { at: number; end: number }[] = [];
        for (const step of list) {
          if ('free' in step) {
            const [block] = blocks.splice(step.free % Math.max(1, blocks.length), 1);
            if (block) memory.free(block.at);
            continue;
          }
          const at = memory.allocate(step.bytes, 1 << step.power);
          expect(at % (1 << step.power)).toBe(0);
          const end = at + Math.max(1, step.bytes);
          expect(at).toBeGreaterThanOrEqual(FLOOR);
          expect(end).toBeLessThanOrEqual(END);
          expect(blocks.find((other) => at < other.end && other.at < end)).toBeUndefined();
          blocks.push({ at, end });
          expect(memory.bottom).toBeLessThanOrEqual(at);
        }
        for (const { at } of blocks) memory.free(at);
        // Everything is one piece again: calls may have all of it.
        expect(memory.bottom).toBe(END);
      }),
    );
  });

  it('leaves to calls all that lies below its lowest block', () => {
    fc.assert(
      fc.property(steps, (list) => {
        const memory = heap();
        const blocks: number[] = [];
        for (const step of list) {
          if (!('free' in step)) blocks.push(memory.allocate(step.bytes, 1 << step.power));
          else for (const at of blocks.splice(step.free % Math.max(1, blocks.length), 1)) memory.free(at);
          expect(memory.bottom).toBe(Math.min(END, ...blocks));
        }
      }),
    );
  });

  it('is taken again after it was given back', () => {
    const memory = heap();
    const first = memory.allocate(1000);
    const second = memory.allocate(1000);
    memory.free(first);
    expect(memory.allocate(1000)).toBe(first);
    memory.free(first);
    memory.free(second);
    expect(memory.allocate(2000)).toBe(END - 2000);
  });

  it('refuses what would run into the memory of calls, and says the figures', () => {
    const memory = heap(END - 100);
    expect(() => memory.allocate(101)).toThrow(/is full.*\n?.*needed 101 bytes/s);
    expect(memory.allocate(100, 4)).toBe(END - 100);
  });

  it('refuses what is not allocated: twice freed, never taken, in the middle of a block', () => {
    const memory = heap();
    const at = memory.allocate(64);
    expect(() => memory.free(at + 16)).toThrow('nothing is allocated at offset');
    expect(() => memory.free(0)).toThrow('nothing is allocated at offset 0');
    memory.free(at);
    expect(() => memory.free(at)).toThrow('nothing is allocated at offset');
  });

  it('refuses alignments and sizes that are none', () => {
    expect(() => heap().allocate(8, 3)).toThrow('a power of two');
    expect(() => heap().allocate(8, 0)).toThrow('a power of two');
    expect(() => heap().allocate(-1)).toThrow('not a number of bytes');
    expect(() => heap().allocate(1.5)).toThrow('not a number of bytes');
  });
});
