// Buffers whose address a program has asked for: from then on each has a place of its own in shared memory, which is
// brought up to date before the guest runs, and brought back afterwards.
import type { Session } from '../../calls/session/session.ts';

interface Pin {
  readonly buffer: WeakRef<ArrayBufferLike>;
  readonly at: number;
  readonly bytes: number;
}

export class Pins {
  private readonly session: Session;
  private readonly places = new WeakMap<ArrayBufferLike, Pin>();
  private readonly pins = new Set<Pin>();
  private readonly ended = new FinalizationRegistry<Pin>((pin) => {
    this.pins.delete(pin);
    this.session.persistent.free(pin.at);
  });

  constructor(session: Session) {
    this.session = session;
  }

  /** Whether there are any. */
  get any(): boolean {
    return this.pins.size > 0;
  }

  /** The guest's address of a buffer. */
  addressOf(buffer: ArrayBufferLike): bigint {
    const { session } = this;
    let pin = this.places.get(buffer);
    if (!pin) {
      pin = {
        buffer: new WeakRef(buffer),
        at: session.persistent.allocate(buffer.byteLength),
        bytes: buffer.byteLength,
      };
      this.places.set(buffer, pin);
      this.pins.add(pin);
      this.ended.register(buffer, pin);
      session.bytes.set(new Uint8Array(buffer), pin.at);
    }
    return BigInt(session.base + pin.at);
  }

  /** The address of a buffer that has one. */
  find(buffer: ArrayBufferLike): bigint | undefined {
    const pin = this.pins.size > 0 ? this.places.get(buffer) : undefined;
    return pin && BigInt(this.session.base + pin.at);
  }

  /** Before the guest runs, or reads of its memory. */
  copyIn(): void {
    for (const { buffer, at } of this.pins) {
      const found = buffer.deref();
      if (found) this.session.bytes.set(new Uint8Array(found), at);
    }
  }

  /** After it has run, or its memory was written to. */
  copyOut(): void {
    for (const { buffer, at, bytes } of this.pins) {
      const found = buffer.deref();
      if (found) new Uint8Array(found).set(this.session.bytes.subarray(at, at + bytes));
    }
  }
}
