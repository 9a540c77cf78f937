// HOT: where the values of a call go: memory of the call for most, memory that stays for some.
import { Passed } from '../../calls/memsync/passed.ts';
import type { Transfer } from '../../calls/memsync/transfer.ts';
import type { FunctionType } from '../../types/declare/types.ts';
import type { Guest } from '../guest/guest.ts';
import type { Prototype } from '../types/type.ts';
import { bytesAt } from '../values/encode.ts';
import type { Sink } from '../values/memory.ts';
import { swapBytes } from '../values/numbers.ts';
import { refuse } from '../errors.ts';
import { guestAddressOf } from './known-buffers.ts';

/** Functions of JavaScript as the guest can call them. */
export interface CallbackStubs {
  /** A prototype as the core has it. */
  typeOf(prototype: Prototype): FunctionType;
  /** The address by which the guest can call a function until somebody unregisters it. */
  register(prototype: Prototype, callback: (...args: unknown[]) => unknown): bigint;
}

const IN = 1;
const OUT = 2;

abstract class GuestSink implements Sink {
  readonly shared: DataView;
  readonly pointerBytes: 4 | 8;
  protected readonly guest: Guest;

  constructor(guest: Guest) {
    this.guest = guest;
    this.shared = guest.session.view;
    this.pointerBytes = guest.pointerBytes;
  }

  abstract allocate(bytes: number): number;
  abstract callback(prototype: Prototype, callback: (...args: unknown[]) => unknown): bigint;

  addressAt(offset: number): number {
    return this.guest.session.base + offset;
  }

  lend(bytes: Uint8Array, swapped: number, directions: number): number | bigint {
    const known = guestAddressOf(this.guest, bytes);
    return known ?? this.addressAt(this.copy(bytes, swapped, directions));
  }

  /** A copy of its own; elements whose order the guest has reversed are so there. */
  protected copy(bytes: Uint8Array, swapped: number, directions: number): number {
    const at = this.allocate(bytes.byteLength);
    const copy = bytesAt(this.shared, at, bytes.byteLength);
    copy.set(bytes);
    if (swapped && directions & IN) swapBytes(copy, swapped);
    return at;
  }

  /** Nothing comes back. */
  afterwards(_copyOut: () => void): void {
    // Only calls have an end.
  }
}

/** Of a call: what it takes is given back at its end. */
export class CallSink extends GuestSink {
  private readonly transfer: Transfer;
  private readonly callbacks: CallbackStubs;

  constructor(guest: Guest, callbacks: CallbackStubs, transfer: Transfer) {
    super(guest);
    this.callbacks = callbacks;
    this.transfer = transfer;
  }

  allocate(bytes: number): number {
    return this.guest.session.reserve(bytes);
  }

  override lend(bytes: Uint8Array, swapped: number, directions: number): number | bigint {
    const known = guestAddressOf(this.guest, bytes);
    if (known !== undefined) return known;
    const { session, after } = this.transfer;
    if (swapped === 0) {
      const { ranges } = (this.transfer.passed ??= new Passed());
      return this.addressAt(ranges.place(session, bytes, after.copyBack));
    }
    const at = this.copy(bytes, swapped, directions);
    if (directions & OUT) {
      after.copyBack.push(() => {
        bytes.set(bytesAt(this.shared, at, bytes.length));
        swapBytes(bytes, swapped);
      });
    }
    return this.addressAt(at);
  }

  callback(prototype: Prototype, callback: (...args: unknown[]) => unknown): bigint {
    const { makeCallback, after } = this.transfer;
    return makeCallback(this.callbacks.typeOf(prototype), callback, after);
  }

  /** Output values stay as they are when a callback has thrown. */
  override afterwards(copyOut: () => void): void {
    const { callbacks } = this.guest.caller;
    this.transfer.after.copyBack.push(() => {
      if (!callbacks.hasFailed) copyOut();
    });
  }
}

const MAX_KEPT = 256;

/**
 * Of what a callback returns: memory of the call that it happened in. Where no synchronous call waits, what was returned before
 * stays for a while, for its caller to read.
 */
export class ResultSink extends GuestSink {
  private static readonly kept = new WeakMap<Guest, number[]>();
  private readonly callbacks: CallbackStubs;

  constructor(guest: Guest, callbacks: CallbackStubs) {
    super(guest);
    this.callbacks = callbacks;
  }

  allocate(bytes: number): number {
    const { session, depth } = this.guest;
    if (depth > 0) return session.reserve(bytes);
    const kept = ResultSink.kept.get(this.guest) ?? [];
    ResultSink.kept.set(this.guest, kept);
    const oldest = kept.length < MAX_KEPT ? undefined : kept.shift();
    if (oldest !== undefined) session.persistent.free(oldest);
    const at = session.persistent.allocate(bytes);
    kept.push(at);
    return at;
  }

  callback(prototype: Prototype, callback: (...args: unknown[]) => unknown): bigint {
    return this.callbacks.register(prototype, callback);
  }
}

/** Of koffi.encode(): what lies behind pointers stays. */
export class EncodeSink extends GuestSink {
  readonly taken: number[] = [];

  allocate(bytes: number): number {
    const at = this.guest.session.persistent.allocate(bytes);
    this.taken.push(at);
    return at;
  }

  callback(): bigint {
    return refuse('Cannot encode non-registered callback');
  }
}
