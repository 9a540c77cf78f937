// Everything that the functions of koffi share. The guest starts when something needs it.
import { kernelAddress } from '../calls/session/kernel-call.ts';
import type { CallMachine } from './calls/callable.ts';
import { CallbackConverters } from './calls/callbacks.ts';
import type { Converters } from './calls/converters.ts';
import { makeFunction } from './calls/function.ts';
import { freeInProcessHeap, lastErrorOf } from './calls/system.ts';
import { refuse } from './errors.ts';
import { Allocations } from './guest/allocations.ts';
import { pointerBytesOfRuntime } from './guest/boot.ts';
import { Guest } from './guest/guest.ts';
import type { Pins } from './guest/pins.ts';
import { Registry } from './types/registry.ts';
import { Specifiers } from './types/specifier.ts';
import { Decoders } from './values/decode.ts';
import { Encoders } from './values/encode.ts';
import { PointerEncoder } from './values/encode-pointer.ts';

/** What exists once the guest runs. */
interface Running extends CallMachine {
  readonly allocations: Allocations;
  readonly pins: Pins;
}

export class Machine {
  readonly registry = new Registry(pointerBytesOfRuntime());
  readonly specifiers: Specifiers;
  readonly converters: Converters;
  /** How often memory of disposable types was given back. */
  disposed = 0;
  /** Most asynchronous calls at once. */
  maxAsyncCalls = 256;
  private started: Running | undefined;

  constructor() {
    this.specifiers = new Specifiers(this.registry, {
      free: (address) => {
        this.free(address);
        this.disposed++;
      },
    });
    const decoders = new Decoders(
      this.registry.pointerBytes,
      () => this.guest,
      (type, address) => {
        const name = '<anonymous>';
        const prototype = { ...(type.prototype ?? refuse(`${type.name} is no function`)), name };
        return makeFunction(() => this.running, prototype, { name, address: () => address });
      },
    );
    const encoders = new Encoders((self) => new PointerEncoder(this.registry, self, decoders));
    this.converters = { decoders, encoders };
  }

  /** Whether a guest was started. */
  get hasStarted(): boolean {
    return this.started !== undefined;
  }

  get guest(): Guest {
    return this.running.guest;
  }

  get allocations(): Allocations {
    return this.running.allocations;
  }

  /** Starts the guest, the first time. */
  get running(): Running {
    return (this.started ??= this.start());
  }

  /** How many callbacks exist. */
  get callbacksInUse(): number {
    return this.started?.callbacks.used ?? 0;
  }

  /** Gives memory back: of koffi.alloc(), or of the guest's own heap. */
  free(address: bigint): void {
    if (address === 0n) return;
    if (this.allocations.owns(address)) this.allocations.free(address);
    else freeInProcessHeap(this.guest, address);
  }

  private start(): Running {
    const { converters, specifiers, maxAsyncCalls } = this;
    let callbacks: CallbackConverters | undefined;
    const guest = new Guest((self) => (callbacks = new CallbackConverters(self, converters)));
    return {
      guest,
      callbacks: callbacks ?? refuse('the guest has no callbacks'),
      converters,
      specifiers,
      maxAsyncCalls,
      exchangeLastError: (error) => this.exchangeLastError(guest, error),
      allocations: new Allocations(guest),
      pins: guest.pins,
    };
  }

  private setLastError: ((error: number) => unknown) | undefined;

  /**
   * Sets what GetLastError() gives, and returns what it gave. As a call of a program would: those that the harness makes for
   * itself leave the error as it was.
   */
  private exchangeLastError(guest: Guest, error: number): number {
    const name = 'SetLastError';
    this.setLastError ??= makeFunction(
      () => this.running,
      {
        name,
        convention: '__stdcall',
        result: this.registry.primitive('void'),
        parameters: [{ type: this.registry.primitive('uint32'), directions: 1 }],
        variadic: false,
      },
      { name, address: () => kernelAddress(guest.session, name) },
    );
    const before = lastErrorOf(guest);
    this.setLastError(error);
    return before;
  }
}
