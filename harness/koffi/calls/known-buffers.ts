// Memory of JavaScript that the guest has an address of already: views of shared memory, and
// buffers whose address somebody has asked for.
import type { Guest } from '../guest/guest.ts';

const addresses = new WeakMap<object, bigint>();

/** Notes what a buffer is a view of. */
export function rememberBuffer(buffer: ArrayBuffer, address: bigint): void {
  addresses.set(buffer, address);
}

/** The guest's address of these bytes, or undefined when they are JavaScript's own. */
export function guestAddressOf(guest: Guest, bytes: Uint8Array): number | bigint | undefined {
  if (bytes.buffer === guest.session.bytes.buffer) return guest.session.base + bytes.byteOffset;
  const address = addresses.get(bytes.buffer) ?? guest.pins.find(bytes.buffer);
  return address === undefined ? undefined : address + BigInt(bytes.byteOffset);
}
