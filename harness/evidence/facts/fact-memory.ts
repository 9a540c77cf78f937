// Where the arguments of one fact lie: memory that host and agent share, so that what the function left is read in place.
import type { Layout, PointerBytes } from '../../types/abi/layout-kinds.ts';
import { bitsIn, bytesOf } from './number-bits.ts';
import { Unsupported } from './unsupported.ts';

/** Memory behind one argument. */
export interface Block {
  readonly offset: number;
  readonly bytes: number;
  /** What its elements are. */
  readonly element: Layout;
}

/** Reads memory of the agent that is not shared; undefined where there is none. */
export type ReadElsewhere = (address: bigint, bytes: number) => Uint8Array | undefined;

/** Between blocks, so that a function that writes a little too much does not change its other arguments. */
const GAP = 64;

export class FactMemory {
  readonly pointerBytes: PointerBytes;
  readonly #bytes: Uint8Array;
  readonly #base: bigint;
  readonly #elsewhere: ReadElsewhere;
  #used = 0;

  /** @param dirty bytes from the start that a fact before has used */
  constructor(
    bytes: Uint8Array,
    base: bigint,
    pointerBytes: PointerBytes,
    elsewhere: ReadElsewhere,
    dirty = bytes.length,
  ) {
    this.#bytes = bytes;
    this.#base = base;
    this.pointerBytes = pointerBytes;
    this.#elsewhere = elsewhere;
    bytes.fill(0, 0, dirty);
  }

  /** Bytes that are in use. */
  get used(): number {
    return this.#used;
  }

  /** Room for so many bytes, all zero. */
  allocate(bytes: number): number {
    const offset = this.#used;
    this.#used = (offset + bytes + GAP + 15) & ~15;
    if (this.#used > this.#bytes.length) {
      throw new Unsupported(`its arguments need more than ${this.#bytes.length.toLocaleString('en-US')} bytes`);
    }
    return offset;
  }

  write(offset: number, bytes: Uint8Array): void {
    this.#bytes.set(bytes, offset);
  }

  fill(offset: number, length: number, byte: number): void {
    this.#bytes.fill(byte, offset, offset + length);
  }

  /** The address in the agent. */
  addressOf(offset: number): bigint {
    return this.#base + BigInt(offset);
  }

  writeAddress(offset: number, to: bigint): void {
    this.write(offset, bytesOf(to, this.pointerBytes));
  }

  /** A copy of memory that the arguments have. */
  read(offset: number, length: number): Uint8Array {
    return this.#bytes.slice(offset, offset + length);
  }

  readAddress(offset: number): bigint {
    return bitsIn(this.read(offset, this.pointerBytes));
  }

  /** The bytes at an address, wherever they lie; undefined where nothing does. */
  at(address: bigint, length: number): Uint8Array | undefined {
    const offset = address - this.#base;
    if (offset >= 0n && offset + BigInt(length) <= BigInt(this.#bytes.length)) return this.read(Number(offset), length);
    return address === 0n ? undefined : this.#elsewhere(address, length);
  }

  /** The text at an address without its terminator; undefined where it ends nowhere. */
  textAt(address: bigint, unit: 1 | 2): Uint8Array | undefined {
    let length = 256;
    for (; length <= MAX_TEXT; length *= 4) {
      // Text may end at the end of a page behind which nothing lies.
      const found = this.at(address, length) ?? this.#untilPage(address, length);
      if (!found) return undefined;
      const end = endOfText(found, unit);
      if (end !== undefined) return found.subarray(0, end);
    }
    return undefined;
  }

  #untilPage(address: bigint, length: number): Uint8Array | undefined {
    const left = 4096 - Number(address & 4095n);
    return left < length ? this.at(address, left) : undefined;
  }
}

const MAX_TEXT = 1 << 20;

/** Where a text ends; undefined where it has no terminator. */
export function endOfText(bytes: Uint8Array, unit: 1 | 2): number | undefined {
  for (let at = 0; at + unit <= bytes.length; at += unit) {
    if (bytes[at] === 0 && (unit === 1 || bytes[at + 1] === 0)) return at;
  }
  return undefined;
}
