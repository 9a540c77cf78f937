// HOT: where the values of a call go: memory of the call for synchronous ones, memory that stays for the others.
import type { Guest } from '../guest/guest.ts';
import { Lending } from '../guest/lending.ts';
import type { Prototype } from '../types/type.ts';
import type { Sink } from '../values/memory.ts';
import { refuse } from '../errors.ts';
import { guestAddressOf } from './known-buffers.ts';

/** Stubs that lead to functions of JavaScript. */
export interface CallbackStubs {
  /** Makes a stub lead to a function. */
  add(prototype: Prototype, callback: (...args: unknown[]) => unknown): { stub: number; address: bigint };
  remove(stub: number): void;
}

/** What calls have in common. */
export abstract class CallSink implements Sink {
  readonly shared: DataView;
  readonly pointerBytes: 4 | 8;
  protected readonly guest: Guest;
  private readonly callbacks: CallbackStubs;
  private after: (() => void)[] | undefined;
  private lending: Lending | undefined;
  private stubs: number[] | undefined;

  constructor(guest: Guest, callbacks: CallbackStubs) {
    this.guest = guest;
    this.callbacks = callbacks;
    this.shared = guest.session.view;
    this.pointerBytes = guest.pointerBytes;
  }

  abstract allocate(bytes: number): number;

  addressAt(offset: number): number {
    return this.guest.session.base + offset;
  }

  lend(bytes: Uint8Array, swapped: number, directions: number): number | bigint {
    const known = guestAddressOf(this.guest, bytes);
    if (known !== undefined) return known;
    this.lending ??= new Lending(this.guest.session.bytes);
    const lent = swapped === 0 ? this.lending.find(bytes) : -1;
    if (lent >= 0) return this.addressAt(lent);
    const at = this.allocate(bytes.byteLength);
    this.lending.lend(bytes, at, swapped, directions);
    return this.addressAt(at);
  }

  /** Lends what several views of one buffer cover, so that the guest sees them as they lie. */
  lendTogether(args: readonly unknown[]): void {
    const ranges = new Map<ArrayBufferLike, { start: number; end: number; views: number }>();
    for (const arg of args) {
      if (!ArrayBuffer.isView(arg)) continue;
      const { buffer, byteOffset: start } = arg;
      const end = start + arg.byteLength;
      const range = ranges.get(buffer);
      if (!range) ranges.set(buffer, { start, end, views: 1 });
      else {
        range.views++;
        range.start = Math.min(range.start, start);
        range.end = Math.max(range.end, end);
      }
    }
    for (const [buffer, { start, end, views }] of ranges) {
      if (views > 1) this.lend(new Uint8Array(buffer, start, end - start), 0, 3);
    }
  }

  callback(prototype: Prototype, callback: (...args: unknown[]) => unknown): bigint {
    const { stub, address } = this.callbacks.add(prototype, callback);
    (this.stubs ??= []).push(stub);
    return address;
  }

  afterwards(copyOut: () => void): void {
    (this.after ??= []).push(copyOut);
  }

  /** Before the call: callbacks bring loans up to date. */
  begin(): void {
    if (this.lending) this.guest.lendings.push(this.lending);
  }

  /** After the call: memory comes back, and output values when nothing was thrown. */
  copyOut(withValues: boolean): void {
    if (this.lending) {
      const { lendings } = this.guest;
      const index = lendings.lastIndexOf(this.lending);
      if (index >= 0) lendings.splice(index, 1);
      this.lending.copyOut();
    }
    if (withValues && this.after) for (const copyOut of this.after) copyOut();
  }

  /** Gives back what the call has taken. */
  end(): void {
    if (this.stubs) for (const stub of this.stubs) this.callbacks.remove(stub);
  }
}

/** Of a synchronous call: memory that is given back by whoever has noted where it began. */
export class SyncSink extends CallSink {
  allocate(bytes: number): number {
    return this.guest.session.reserve(bytes);
  }
}

/** Of a callback that no synchronous call waits for: what it returned before stays for a while, for its caller to read. */
export class LateSink extends CallSink {
  private static readonly kept = new WeakMap<Guest, number[]>();

  allocate(bytes: number): number {
    const { persistent } = this.guest.session;
    const kept = LateSink.kept.get(this.guest) ?? [];
    LateSink.kept.set(this.guest, kept);
    const oldest = kept.length < MAX_KEPT ? undefined : kept.shift();
    if (oldest !== undefined) persistent.free(oldest);
    const at = persistent.allocate(bytes);
    kept.push(at);
    return at;
  }
}

const MAX_KEPT = 256;

/** Of an asynchronous call. */
export class AsyncSink extends CallSink {
  private readonly taken: number[] = [];

  allocate(bytes: number): number {
    const at = this.guest.session.persistent.allocate(bytes);
    this.taken.push(at);
    return at;
  }

  override end(): void {
    super.end();
    for (const at of this.taken) this.guest.session.persistent.free(at);
    this.taken.length = 0;
  }
}

/** Of koffi.encode(): what lies behind pointers stays. */
export class EncodeSink extends CallSink {
  readonly taken: number[] = [];

  allocate(bytes: number): number {
    const at = this.guest.session.persistent.allocate(bytes);
    this.taken.push(at);
    return at;
  }

  override callback(): bigint {
    return refuse('Cannot encode non-registered callback');
  }
}
