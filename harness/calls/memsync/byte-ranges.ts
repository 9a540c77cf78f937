// Views of ArrayBuffers that one call is given. Those that overlap have one copy in shared memory, as they are one memory here.
import type { Session } from '../session/session.ts';

/** Bytes of one ArrayBuffer, and where their copy is. */
interface ByteRange {
  readonly start: number;
  readonly end: number;
  /** Offset of the copy in the shared memory, or -1. */
  at: number;
  /** Whether several views lie in it: then its bytes are aligned as they are here. */
  isJoined: boolean;
  /** The bytes that are brought back; none as long as the end is not behind the start. */
  backFrom: number;
  backTo: number;
}

type Ranges = ByteRange[];

/** Where is noted what remains to be done after the call. */
interface AfterwardsList {
  push(copyOut: () => void): unknown;
}

/** HOT for one buffer. */
export class ByteRanges {
  /** Whether a range had to grow after it had an address: all is to be encoded again, with the ranges as they are now. */
  isStale = false;
  // Most calls have one buffer: a map costs more than the rest of this.
  private buffer: ArrayBufferLike | undefined;
  private ranges: Ranges = [];
  private others: Map<ArrayBufferLike, Ranges> | undefined;

  /** Copies the bytes into the shared memory, unless they are there, and returns where. */
  place(session: Session, view: Uint8Array, copyBack: AfterwardsList | undefined): number {
    const { bytes: memory } = session;
    const { buffer, byteOffset: start, byteLength } = view;
    const range = this.find(buffer, start, start + byteLength);
    const { start: from, end: to } = range;
    if (range.at < 0) {
      const lead = range.isJoined ? from & 15 : 0;
      // One byte at least: nothing else may have this address.
      range.at = session.reserve(lead + Math.max(1, to - from)) + lead;
      memory.set(to - from === byteLength ? view : new Uint8Array(buffer, from, to - from), range.at);
    }
    if (copyBack) copyOut(memory, buffer, range, start, start + byteLength, copyBack);
    return range.at + start - from;
  }

  /** Where the copy of these bytes is; -1 when there is none. */
  offsetOf({ buffer, byteOffset, byteLength }: Uint8Array): number {
    const ranges = buffer === this.buffer ? this.ranges : (this.others?.get(buffer) ?? []);
    const range = ranges[firstReaching(ranges, byteOffset)];
    if (!range || range.at < 0 || range.start > byteOffset || range.end < byteOffset + byteLength) return -1;
    return range.at + byteOffset - range.start;
  }

  /** The same ranges, with no copies yet. */
  anew(): void {
    this.isStale = false;
    for (const ranges of [this.ranges, ...(this.others?.values() ?? [])]) {
      for (const range of ranges) {
        range.at = -1;
        range.backFrom = Infinity;
        range.backTo = -1;
      }
    }
  }

  /** Bytes of all copies together. */
  get bytes(): number {
    let sum = 0;
    this.forEach((_buffer, { start, end }) => (sum += end - start));
    return sum;
  }

  /** In the middle of a call: makes the caller's buffers what the copies in `memory` are now. */
  copyOut(memory: Uint8Array): void {
    this.forEach((buffer, { at, start, end }) => {
      new Uint8Array(buffer, start, end - start).set(memory.subarray(at, at + end - start));
    });
  }

  /** In the middle of a call: makes the copies in `memory` what the caller's buffers are now. */
  copyIn(memory: Uint8Array): void {
    this.forEach((buffer, { at, start, end }) => {
      memory.set(new Uint8Array(buffer, start, end - start), at);
    });
  }

  private forEach(visit: (buffer: ArrayBufferLike, range: ByteRange) => void): void {
    if (this.buffer) for (const range of this.ranges) visit(this.buffer, range);
    for (const [buffer, ranges] of this.others ?? []) for (const range of ranges) visit(buffer, range);
  }

  private of(buffer: ArrayBufferLike): Ranges {
    this.buffer ??= buffer;
    if (buffer === this.buffer) return this.ranges;
    this.others ??= new Map<ArrayBufferLike, Ranges>();
    let ranges = this.others.get(buffer);
    if (!ranges) {
      ranges = [];
      this.others.set(buffer, ranges);
    }
    return ranges;
  }

  /** The range that has these bytes: all that they overlap with become one. */
  private find(buffer: ArrayBufferLike, start: number, end: number): ByteRange {
    const ranges = this.of(buffer);
    let index = firstReaching(ranges, start);
    const found = ranges[index];
    if (found && found.start <= start && end <= found.end) {
      if (!found.isJoined && (found.start !== start || found.end !== end)) {
        found.isJoined = true;
        if (((found.at ^ found.start) & 15) !== 0) this.isStale = true;
      }
      return found;
    }
    // It ends where these begin.
    if (found?.end === start) index++;
    let [from, to, last] = [start, end, index];
    for (let next = ranges[last]; next && next.start < end; next = ranges[++last]) {
      from = Math.min(from, next.start);
      to = Math.max(to, next.end);
      if (next.at >= 0) this.isStale = true;
    }
    const range = { start: from, end: to, at: -1, isJoined: last > index, backFrom: Infinity, backTo: -1 };
    ranges.splice(index, last - index, range);
    return range;
  }
}

/** Ranges lie in order: the index of the first that ends at or behind `start`. */
function firstReaching(ranges: Ranges, start: number): number {
  let low = 0;
  let high = ranges.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ranges[middle]?.end ?? Infinity) < start) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Once for each range, from the first byte that the function may have written to the last. */
function copyOut(
  memory: Uint8Array,
  buffer: ArrayBufferLike,
  range: ByteRange,
  start: number,
  end: number,
  copyBack: AfterwardsList,
): void {
  const isFirst = range.backTo < range.backFrom;
  range.backFrom = Math.min(range.backFrom, start);
  range.backTo = Math.max(range.backTo, end);
  if (!isFirst) return;
  copyBack.push(() => {
    const { at, start: from, backFrom, backTo } = range;
    new Uint8Array(buffer, backFrom, backTo - backFrom).set(memory.subarray(at + backFrom - from, at + backTo - from));
  });
}
