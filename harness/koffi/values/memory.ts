// What converters need to know of memory, so that they work on buffers of JavaScript and on memory of the guest alike.
import type { TextUnit } from '../../calls/session/end-of-text.ts';
import type { Prototype } from '../types/type.ts';

/** A stretch of bytes. */
export interface Bytes {
  readonly view: DataView;
  readonly at: number;
}

/** Memory of the process that the DLL lives in. */
export interface GuestMemory {
  readonly pointerBytes: 4 | 8;
  /** `bytes` bytes to read: the memory itself where it is shared, a copy elsewhere. */
  read(address: bigint, bytes: number): Bytes;
  /** Bytes of the text there, up to its terminator. */
  readText(address: bigint, unit: TextUnit): Uint8Array;
}

/** The memory of the guest, for whoever finds a pointer: taking it may start the guest. */
export type Memory = () => GuestMemory;

/** The value at a place. */
export type Decoder = (view: DataView, at: number, memory: Memory) => unknown;

/** Where values of a call go, beyond their own place: strings, structs behind pointers, callbacks. */
export interface Sink {
  /** Shared memory: offsets that `allocate` returns are offsets in it. */
  readonly shared: DataView;
  readonly pointerBytes: 4 | 8;
  /** Memory that lasts as long as what is encoded. */
  allocate(bytes: number): number;
  /** The guest's address of an offset. */
  addressAt(offset: number): number;
  /** Lets the guest see memory of JavaScript; what it writes comes back after the call. */
  lend(bytes: Uint8Array, swapped: number, directions: number): number | bigint;
  /** A function that the guest can call until the call is over. */
  callback(prototype: Prototype, callback: (...args: unknown[]) => unknown): bigint;
  /** What is to be done with memory after the call. */
  afterwards(copyOut: () => void): void;
}

/** Writes an address: of 64 bits the low half where pointers have 32, as koffi does. Most are numbers: a bigint costs more. */
export function storePointer(view: DataView, at: number, address: number | bigint, pointerBytes: 4 | 8): void {
  if (typeof address === 'bigint') {
    if (pointerBytes === 8) view.setBigUint64(at, address, true);
    else view.setUint32(at, Number(BigInt.asUintN(32, address)), true);
    return;
  }
  view.setUint32(at, address >>> 0, true);
  if (pointerBytes === 8) view.setUint32(at + 4, Math.floor(address / 0x1_0000_0000), true);
}

/** How programs see an address. */
export function pointerValue(address: bigint): bigint | null {
  return address === 0n ? null : address;
}
