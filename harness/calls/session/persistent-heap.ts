import { DllparityError } from '../../base/errors.ts';

interface Block {
  readonly at: number;
  readonly end: number;
}

/**
 * Shared memory that outlives a call. It is taken from the high end downwards, while calls take theirs from
 * the low end upwards and give it back in reverse order: neither gets in the other's way until they meet.
 */
export class PersistentHeap {
  /** The first byte in use, or the end of the memory when there is none: calls must stay below. */
  bottom: number;
  private readonly floor: () => number;
  /** Free blocks above `bottom`, lowest first; no two of them touch. */
  private holes: Block[] = [];
  private readonly used = new Map<number, Block>();

  /** Memory up to `end`, and down to where `floor` says that calls have got to. */
  constructor(end: number, floor: () => number) {
    this.bottom = end;
    this.floor = floor;
  }

  /** Offset of `bytes` bytes at a multiple of `alignment`, a power of two. */
  allocate(bytes: number, alignment = 16): number {
    if (!Number.isInteger(alignment) || alignment < 1 || alignment > 65536 || (alignment & (alignment - 1)) !== 0) {
      throw new RangeError(`an alignment is a power of two up to 65536, not ${alignment.toString()}`);
    }
    if (!Number.isInteger(bytes) || bytes < 0) throw new RangeError(`not a number of bytes: ${bytes.toString()}`);
    const size = Math.max(1, bytes); // Each block has an address of its own, as with malloc.
    const at = this.fromHole(size, alignment) ?? this.fromBelow(size, alignment);
    this.used.set(at, { at, end: at + size });
    return at;
  }

  /** Gives back what allocate() returned. */
  free(offset: number): void {
    const block = this.used.get(offset);
    if (!block) throw new RangeError(`nothing is allocated at offset ${offset.toString()}, or not any more`);
    this.used.delete(offset);
    this.addHole(block);
    const [lowest] = this.holes;
    if (lowest?.at === this.bottom) {
      this.holes.shift();
      this.bottom = lowest.end;
    }
  }

  /** From the smallest hole that has room, at its high end. */
  private fromHole(size: number, alignment: number): number | undefined {
    let best: { readonly index: number; readonly at: number; readonly room: number } | undefined;
    for (const [index, hole] of this.holes.entries()) {
      const at = alignDown(hole.end - size, alignment);
      const room = hole.end - hole.at;
      if (at >= hole.at && room < (best?.room ?? Infinity)) best = { index, at, room };
    }
    if (!best) return undefined;
    const { index, at } = best;
    const [hole] = this.holes.splice(index, 1);
    if (hole) this.addHoles({ at: hole.at, end: at }, { at: at + size, end: hole.end });
    return at;
  }

  private fromBelow(size: number, alignment: number): number {
    const at = alignDown(this.bottom - size, alignment);
    if (at < this.floor()) {
      throw new DllparityError('CALL_OUT_OF_MEMORY', {
        what: 'the memory that host and agent share is full',
        figures: [
          { name: 'needed', value: size, unit: 'bytes' },
          { name: 'free', value: Math.max(0, this.bottom - this.floor()), unit: 'bytes' },
        ],
        hint: 'Free what is no longer needed, or raise `heapBytes` in dllparity.config.ts (or DLLPARITY_HEAP_BYTES).',
      });
    }
    const gap = { at: at + size, end: this.bottom };
    this.bottom = at;
    this.addHoles(gap);
    return at;
  }

  private addHoles(...holes: readonly Block[]): void {
    for (const hole of holes) if (hole.at < hole.end) this.addHole(hole);
  }

  /** Adds a hole, and makes one of it and those it touches. */
  private addHole({ at, end }: Block): void {
    let index = this.holes.findIndex((hole) => hole.at >= at);
    if (index < 0) index = this.holes.length;
    const before = this.holes[index - 1];
    const after = this.holes[index];
    const joinsBefore = before?.end === at;
    const joinsAfter = after?.at === end;
    const joined = { at: joinsBefore ? before.at : at, end: joinsAfter ? after.end : end };
    this.holes.splice(joinsBefore ? index - 1 : index, Number(joinsBefore) + Number(joinsAfter), joined);
  }
}

function alignDown(offset: number, alignment: number): number {
  return offset - (((offset % alignment) + alignment) % alignment);
}
