// HOT: functions of JavaScript that the guest calls.
import { CALLBACK, CALLBACK_TABLE, HEADER, STUB_RECORD } from '../../../protocol/wire/layout.ts';
import { CALLBACK_FLAG } from '../../../protocol/wire/messages.ts';
import type { Place } from '../../types/abi/place-arguments.ts';
import { callbackRequest } from '../../calls/session/wire-damage.ts';
import { refuse } from '../errors.ts';
import type { Guest } from '../guest/guest.ts';
import type { Primitive, Prototype, Type } from '../types/type.ts';
import type { Bytes } from '../values/memory.ts';
import { storePointer } from '../values/memory.ts';
import { bytesAt, zero } from '../values/encode.ts';
import { loadOf } from '../values/numbers.ts';
import { place } from './shape.ts';
import { type CallbackStubs, type CallSink, LateSink, SyncSink } from './sinks.ts';
import { slotStore } from './slots.ts';
import type { Converters } from './converters.ts';

type Callback = (...args: unknown[]) => unknown;

interface Entry {
  readonly plan: CallbackPlan;
  readonly callback: Callback;
}

/** How callbacks of a prototype are answered: worked out once. */
interface CallbackPlan {
  readonly arguments: readonly ((frame: number) => unknown)[];
  readonly answer: (frame: number, value: unknown) => void;
  readonly pops: number;
  readonly flags: number;
}

/** koffi hands unsigned 64-bit integers to callbacks as signed ones. */
const SIGNED: Readonly<Partial<Record<Primitive, Primitive>>> = { UInt64: 'Int64', UInt64S: 'Int64S' };

export class Callbacks implements CallbackStubs {
  private readonly guest: Guest;
  private readonly converters: Converters;
  private readonly entries: (Entry | undefined)[] = [];
  private readonly free: number[] = [];
  private readonly plans = new WeakMap<Prototype, CallbackPlan>();

  constructor(guest: Guest, converters: Converters) {
    this.guest = guest;
    this.converters = converters;
    for (let stub = CALLBACK.STUBS - 1; stub >= 0; stub--) this.free.push(stub);
  }

  /** How many stubs lead somewhere. */
  get used(): number {
    return CALLBACK.STUBS - this.free.length;
  }

  add(prototype: Prototype, callback: Callback): { stub: number; address: bigint } {
    const stub = this.free.pop();
    if (stub === undefined) return refuse(`Too many callbacks are in use (max = ${CALLBACK.STUBS.toString()})`);
    const { view } = this.guest.session;
    const plan = this.planOf(prototype);
    this.entries[stub] = { plan, callback };
    const record = CALLBACK_TABLE + stub * STUB_RECORD.BYTES;
    view.setInt32(record + STUB_RECORD.POP_BYTES, plan.pops, true);
    view.setInt32(record + STUB_RECORD.FLAGS, plan.flags, true);
    return { stub, address: this.stubs + BigInt(stub * CALLBACK.STUB_BYTES) };
  }

  remove(stub: number): void {
    if (!this.entries[stub]) return;
    this.entries[stub] = undefined;
    this.free.push(stub);
  }

  /** The stub at an address, or undefined when there is none in use. */
  stubAt(address: bigint): number | undefined {
    const distance = Number(address - this.stubs);
    const stub = distance / CALLBACK.STUB_BYTES;
    return Number.isInteger(stub) && this.entries[stub] ? stub : undefined;
  }

  private get stubs(): bigint {
    return this.guest.session.view.getBigUint64(HEADER.CALLBACK_STUBS, true);
  }

  /** Answers the callback that lies in its frame. */
  answer(): void {
    const { guest } = this;
    const { view } = guest.session;
    const { stub, frame } = callbackRequest(guest.session);
    zero(view, frame + CALLBACK.RESULT_INTEGER, 16);
    // After an error the call only has to end: the function sees 0.
    if (guest.thrown) return;
    const entry = this.entries[stub];
    try {
      if (!entry) refuse('Cannot use non-registered callback beyond FFI call');
      else this.run(entry, frame);
    } catch (error) {
      guest.thrown = { error };
    }
  }

  private run({ plan, callback }: Entry, frame: number): void {
    const lendings = [...this.guest.lendings];
    for (const lending of lendings) lending.beforeCallback();
    const args = plan.arguments.map((argument) => argument(frame));
    const value = callback(...args);
    for (const lending of lendings) lending.afterCallback();
    plan.answer(frame, value);
  }

  private planOf(prototype: Prototype): CallbackPlan {
    let plan = this.plans.get(prototype);
    if (!plan) {
      plan = this.compile(prototype);
      this.plans.set(prototype, plan);
    }
    return plan;
  }

  private compile(prototype: Prototype): CallbackPlan {
    const { result, parameters } = prototype;
    const placement = place(prototype, parameters, this.guest.pointerBytes);
    const args = placement.arguments.map((at, index) => this.argument(parameters[index]?.type ?? result, at));
    const x87 = placement.result === 'x87';
    return {
      arguments: args,
      answer: this.result(result, placement.hidden, x87),
      pops: placement.pops,
      flags: x87 ? CALLBACK_FLAG.RESULT_X87 : 0,
    };
  }

  private argument(type: Type, { offset, byAddress }: Place): (frame: number) => unknown {
    const { guest, converters } = this;
    const floating = type.primitive === 'Float32' || type.primitive === 'Float64';
    const load = loadOf(SIGNED[type.primitive] ?? type.primitive);
    const locate = this.locator(offset, floating, type.size);
    if (load) {
      return (frame) => {
        const { view, at } = locate(frame);
        return load(view, at);
      };
    }
    const decode = converters.decoders.disposingDecoderOf(type);
    return (frame) => {
      const { view, at } = locate(frame);
      if (!byAddress) return decode(view, at, converters.decoders.memory);
      const behind = guest.read(view.getBigUint64(at, true), type.size);
      return decode(behind.view, behind.at, converters.decoders.memory);
    };
  }

  /** Where an argument lies in a callback's frame, or on the guest's stack when the frame has no room for it. */
  private locator(offset: number, floating: boolean, bytes: number): (frame: number) => Bytes {
    const { guest } = this;
    const { view, pointerBytes } = guest.session;
    const registers = pointerBytes === 8 ? 32 : 8;
    if (offset < registers) {
      const at =
        pointerBytes === 8 ? (floating ? CALLBACK.FLOATS : CALLBACK.INTEGERS) + offset : CALLBACK.INTEGERS + offset * 2;
      return (frame) => ({ view, at: frame + at });
    }
    const onStack = offset - registers;
    if (onStack + bytes <= CALLBACK.STACK_BYTES) return (frame) => ({ view, at: frame + CALLBACK.STACK + onStack });
    return (frame) =>
      guest.read(
        view.getBigUint64(frame + CALLBACK.STACK_ADDRESS, true) + BigInt(onStack),
        Math.max(bytes, pointerBytes),
      );
  }

  private result(type: Type, hidden: Place | null, x87: boolean): CallbackPlan['answer'] {
    const { guest, converters } = this;
    const { view, pointerBytes } = guest.session;
    const { primitive } = type;
    if (primitive === 'Void') return () => undefined;
    if (primitive === 'Float32' || primitive === 'Float64') {
      const store = slotStore(x87 ? 'Float64' : primitive, 8);
      return (frame, value) => store?.(view, frame + CALLBACK.RESULT_FLOAT, value);
    }
    const store = slotStore(primitive, 8);
    if (store) return (frame, value) => store(view, frame + CALLBACK.RESULT_INTEGER, value);
    const sink = (): CallSink => (guest.depth > 0 ? new SyncSink(guest, this) : new LateSink(guest, this));
    if (!type.isAggregate) {
      const push = converters.encoders.pointerArgument(type, 1);
      return (frame, value) => {
        storePointer(view, frame + CALLBACK.RESULT_INTEGER, push(value, sink()), pointerBytes);
      };
    }
    const encode = converters.encoders.encoderOf(type);
    if (!hidden) return (frame, value) => encode(view, frame + CALLBACK.RESULT_INTEGER, value, sink());
    const locate = this.locator(hidden.offset, false, pointerBytes);
    return (frame, value) => {
      const found = locate(frame);
      const address =
        pointerBytes === 8 ? found.view.getBigUint64(found.at, true) : BigInt(found.view.getUint32(found.at, true));
      const at = guest.session.reserve(type.size);
      encode(view, at, value, sink());
      guest.write(address, bytesAt(view, at, type.size));
      storePointer(view, frame + CALLBACK.RESULT_INTEGER, address, pointerBytes);
    };
  }
}
