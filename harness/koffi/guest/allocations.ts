// Memory that outlives a call: koffi.alloc(), what koffi.encode() leaves behind pointers, buffers whose address was asked.
import type { Guest } from './guest.ts';

export class Allocations {
  private readonly guest: Guest;
  /** What encode() has put behind pointers, by where those lie. */
  private readonly behind = new Map<bigint, number[]>();

  constructor(guest: Guest) {
    this.guest = guest;
  }

  /** The address of zeroed memory. */
  allocate(bytes: number): bigint {
    const { session } = this.guest;
    const at = session.persistent.allocate(bytes);
    session.bytes.fill(0, at, at + bytes);
    return BigInt(session.base + at);
  }

  /** Whether the address lies in shared memory, of which no heap of the guest knows: also what was freed already. */
  owns(address: bigint): boolean {
    const { session } = this.guest;
    const offset = Number(address) - session.base;
    return offset >= 0 && offset < session.capacity;
  }

  free(address: bigint): void {
    const { session } = this.guest;
    session.persistent.free(Number(address) - session.base);
  }

  /** What lies behind pointers at an address is replaced: what lay there before is given back. */
  keepBehind(address: bigint, offsets: number[]): void {
    const { persistent } = this.guest.session;
    for (const offset of this.behind.get(address) ?? []) persistent.free(offset);
    if (offsets.length > 0) this.behind.set(address, offsets);
    else this.behind.delete(address);
  }
}
