// What programs name as memory: addresses of the guest, and memory of JavaScript.
import { wrongType } from '../errors.ts';
import type { Machine } from '../machine.ts';
import { describeValue } from '../types/value-names.ts';
import type { Bytes } from '../values/memory.ts';
import { bytesOf } from '../../calls/memsync/passed.ts';
import { addressOf } from '../values/pointer.ts';

/** An address, or bytes of JavaScript. */
export type Place =
  { readonly address: bigint; readonly bytes: null } | { readonly address: null; readonly bytes: Uint8Array };

/** @param what what the message calls it */
export function placeOf(value: unknown, what: string): Place {
  const address = addressOf(value);
  if (address !== undefined) return { address, bytes: null };
  const bytes = bytesOf(value);
  if (bytes) return { address: null, bytes };
  return wrongType(`Unexpected ${describeValue(value)} value for ${what}, expected pointer`);
}

/** `bytes` bytes at a place, to read. */
export function readAt(machine: Machine, place: Place, offset: number, bytes: number): Bytes {
  if (place.bytes) {
    const { buffer, byteOffset, byteLength } = place.bytes;
    const within = offset >= 0 && offset + bytes <= byteLength;
    // koffi would read what lies behind the buffer.
    if (!within) throw new RangeError(`${bytes.toString()} bytes at ${offset.toString()} lie outside of the buffer`);
    return { view: new DataView(buffer, byteOffset, byteLength), at: offset };
  }
  return machine.guest.read(place.address + BigInt(offset), bytes);
}
