import { DllparityError } from '../../base/errors.ts';
import type { Session } from '../session/session.ts';
import { Guard, type Underrun } from './guard.ts';
import { SharedPlace } from './place.ts';
import { Pointer } from './pointer.ts';

export interface BufferOptions {
  /**
   * End the buffer at an inaccessible page and start it behind a canary: writing past its end is a fault, writing before it
   * is found by `check()`.
   * @default false
   */
  readonly guarded?: boolean;
  /** Alignment of the first byte; ignored for a guarded buffer, whose end is what matters. @default 16 */
  readonly alignment?: number;
}

/**
 * Memory that host and agent share. The DLL works on it in place: nothing is copied, and what it writes is seen at once,
 * also long after the call that it was passed to. It survives the agent process; a new one finds the same content.
 */
export class SharedBuffer extends SharedPlace {
  /** The memory. Views and typed arrays on it may be passed to functions too. */
  readonly bytes: Uint8Array;
  readonly #session: Session;
  readonly #block: number;
  readonly #offset: number;
  readonly #guard: Guard | undefined;
  #released = false;

  constructor(session: Session, bytes: number, { guarded = false, alignment = 16 }: BufferOptions = {}) {
    super();
    if (!Number.isSafeInteger(bytes) || bytes < 0) {
      throw new DllparityError('ARGUMENT_RANGE', {
        what: `a buffer cannot have ${bytes.toString()} bytes`,
        hint: 'Pass a whole number of bytes.',
      });
    }
    this.#session = session;
    if (guarded) {
      this.#guard = new Guard(session, bytes);
      this.#block = this.#guard.block;
      this.#offset = this.#guard.start;
    } else {
      this.#block = session.persistent.allocate(bytes, alignment);
      this.#offset = this.#block;
    }
    this.bytes = new Uint8Array(session.bytes.buffer, session.bytes.byteOffset + this.#offset, bytes);
    this.bytes.fill(0);
  }

  /** Where it lies in the agent that runs now. */
  get pointer(): Pointer {
    if (this.#released) {
      throw new DllparityError('ARGUMENT_RANGE', {
        what: 'the buffer was released',
        hint: 'Release a buffer when no function uses it any more.',
      });
    }
    this.#session.owner.ensureAlive();
    return new Pointer(this.#session, BigInt(this.#session.base + this.#offset));
  }

  /** @internal */
  addressIn(session: Session): bigint {
    return this.pointer.addressIn(session);
  }

  /** Bytes before the buffer that were overwritten, nearest first. Empty for a buffer that is not guarded. */
  check(): Underrun[] {
    return this.#guard?.check() ?? [];
  }

  /** Gives the memory back. */
  release(): void {
    if (this.#released) return;
    this.#released = true;
    this.#guard?.disarm();
    this.#session.persistent.free(this.#block);
  }

  [Symbol.dispose](): void {
    this.release();
  }
}
