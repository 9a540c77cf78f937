// HOT: functions of JavaScript that the guest calls: what they are given and give back by koffi's rules.
import { CALLBACK } from '../../../protocol/wire/layout.ts';
import {
  type CallbackFrame,
  isWaitedFor,
  offsetInFrame,
  viewOfArgument,
} from '../../calls/marshal/callback-arguments.ts';
import { hiddenAddress } from '../../calls/marshal/callback-result.ts';
import type { CallbackFunction, CallbackRules } from '../../calls/marshal/callback-rules.ts';
import { decodeAddress } from '../../calls/memsync/decode-scalar.ts';
import type { Place, Placement } from '../../types/abi/place-arguments.ts';
import type { FunctionType } from '../../types/declare/types.ts';
import { refuse } from '../errors.ts';
import type { Guest } from '../guest/guest.ts';
import type { Primitive, Prototype, Type } from '../types/type.ts';
import { bytesAt } from '../values/encode.ts';
import { storePointer } from '../values/memory.ts';
import { loadOf } from '../values/numbers.ts';
import type { Converters } from './converters.ts';
import { functionType } from './shape.ts';
import { type CallbackStubs, ResultSink } from './sinks.ts';
import { slotStore } from './slots.ts';

/** How callbacks of a prototype are answered: worked out once. */
interface CallbackPlan {
  readonly arguments: readonly ((at: CallbackFrame) => unknown)[];
  /** @param memory address that the DLL has given for a struct result, or 0 */
  readonly answer: (frame: number, value: unknown, memory: bigint) => void;
}

/** koffi hands unsigned 64-bit integers to callbacks as signed ones. */
const SIGNED: Readonly<Partial<Record<Primitive, Primitive>>> = { UInt64: 'Int64', UInt64S: 'Int64S' };

/** Above this many bytes a callback does not see what the function has written so far, nor the function what it writes. */
const MAX_SYNCHRONIZED = 65536;

export class CallbackConverters implements CallbackRules, CallbackStubs {
  private readonly guest: Guest;
  private readonly converters: Converters;
  private readonly types = new WeakMap<Prototype, FunctionType>();
  private readonly prototypes = new WeakMap<FunctionType, Prototype>();
  private readonly plans = new WeakMap<FunctionType, CallbackPlan>();

  constructor(guest: Guest, converters: Converters) {
    this.guest = guest;
    this.converters = converters;
  }

  /** How many functions can be called. */
  get used(): number {
    return this.guest.caller.callbacks.inUse;
  }

  typeOf(prototype: Prototype): FunctionType {
    let type = this.types.get(prototype);
    if (!type) {
      type = functionType(prototype);
      this.types.set(prototype, type);
      this.prototypes.set(type, prototype);
    }
    return type;
  }

  register(prototype: Prototype, callback: CallbackFunction): bigint {
    const { callbacks } = this.guest.caller;
    return callbacks.addressOf(callbacks.register(this.typeOf(prototype), callback, ''));
  }

  unregister(address: bigint): void {
    const { callbacks } = this.guest.caller;
    const number = callbacks.numberAt(address);
    if (number === undefined) refuse('Could not find matching registered callback');
    else callbacks.unregister(number);
  }

  tooMany(): Error {
    return new Error(`Too many callbacks are in use (max = ${CALLBACK.STUBS.toString()})`);
  }

  expired(): Error {
    return new Error('Cannot use non-registered callback beyond FFI call');
  }

  answer(at: CallbackFrame, type: FunctionType, placement: Placement, callback: CallbackFunction): void {
    const { guest } = this;
    const { session, pins } = guest;
    const plan = this.planOf(type, placement);
    const memory = hiddenAddress(session, at.frame, placement);
    const lent = guest.lent.size === 0 ? [] : [...guest.lent].filter(({ bytes }) => bytes <= MAX_SYNCHRONIZED);
    if (pins.any) pins.copyOut();
    try {
      for (const ranges of lent) ranges.copyOut(session.bytes);
      const value = callback(...plan.arguments.map((argument) => argument(at)));
      if (!isWaitedFor(at)) return;
      for (const ranges of lent) ranges.copyIn(session.bytes);
      plan.answer(at.frame, value, memory);
    } finally {
      if (pins.any && isWaitedFor(at)) pins.copyIn();
    }
  }

  private planOf(type: FunctionType, placement: Placement): CallbackPlan {
    let plan = this.plans.get(type);
    if (!plan) {
      const { result, parameters } = this.prototypes.get(type) ?? refuse('a callback of no prototype');
      plan = {
        arguments: placement.arguments.map((place, index) => this.argument(parameters[index]?.type ?? result, place)),
        answer: this.result(result, placement),
      };
      this.plans.set(type, plan);
    }
    return plan;
  }

  private argument(type: Type, place: Place): (at: CallbackFrame) => unknown {
    const { guest } = this;
    const { session, pointerBytes } = guest;
    const where = offsetInFrame(session, place);
    const load = loadOf(SIGNED[type.primitive] ?? type.primitive);
    const { decoders } = this.converters;
    const decode = load ?? decoders.disposingDecoderOf(type);
    return (at) => {
      const view = viewOfArgument(at, place, where);
      const slot = view === session.view ? at.frame + where : 0;
      if (!place.byAddress) return decode(view, slot, decoders.memory);
      const behind = guest.read(decodeAddress(pointerBytes, view, slot), type.size);
      return decode(behind.view, behind.at, decoders.memory);
    };
  }

  private result(type: Type, placement: Placement): CallbackPlan['answer'] {
    const { guest, converters } = this;
    const { session, pointerBytes } = guest;
    const { view } = session;
    const { primitive } = type;
    if (primitive === 'Void') return () => undefined;
    if (primitive === 'Float32' || primitive === 'Float64') {
      // ST(0) is loaded from a double.
      const store = slotStore(placement.result === 'x87' ? 'Float64' : primitive, 8);
      return (frame, value) => store?.(view, frame + CALLBACK.RESULT_FLOAT, value);
    }
    const store = slotStore(primitive, 8);
    if (store) return (frame, value) => store(view, frame + CALLBACK.RESULT_INTEGER, value);
    if (!type.isAggregate) {
      const push = converters.encoders.pointerArgument(type, 1);
      return (frame, value) => {
        const address = push(value, new ResultSink(guest, this));
        storePointer(view, frame + CALLBACK.RESULT_INTEGER, address, pointerBytes);
      };
    }
    const encode = converters.encoders.encoderOf(type);
    return (frame, value, memory) => {
      const sink = new ResultSink(guest, this);
      if (memory === 0n) {
        encode(view, frame + CALLBACK.RESULT_INTEGER, value, sink);
        return;
      }
      const at = session.reserve(type.size);
      encode(view, at, value, sink);
      guest.write(memory, bytesAt(view, at, type.size));
      storePointer(view, frame + CALLBACK.RESULT_INTEGER, memory, pointerBytes);
    };
  }
}
