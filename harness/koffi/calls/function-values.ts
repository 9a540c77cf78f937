// HOT: how the arguments and the result of one function travel by koffi's rules: worked out once.
import { FRAME } from '../../../protocol/wire/layout.ts';
import { CAPTURE } from '../../../protocol/wire/messages.ts';
import type { CallValues } from '../../calls/marshal/call-values.ts';
import { capturedText, resultAddress, resultOffset, textOfCapture } from '../../calls/marshal/decode-result.ts';
import { type CallPlan, slotOf } from '../../calls/marshal/plan.ts';
import { decodeAddress } from '../../calls/memsync/decode-scalar.ts';
import type { Transfer } from '../../calls/memsync/transfer.ts';
import type { Session } from '../../calls/session/session.ts';
import { offsetInMemory } from '../../calls/session/wire-damage.ts';
import type { Place, Placement } from '../../types/abi/place-arguments.ts';
import type { Guest } from '../guest/guest.ts';
import type { Parameter, Type } from '../types/type.ts';
import { zero } from '../values/encode.ts';
import { pointerValue, type Sink, storePointer } from '../values/memory.ts';
import { loadOf } from '../values/numbers.ts';
import type { Converters } from './converters.ts';
import { type CallbackStubs, CallSink } from './sinks.ts';
import { slotStore } from './slots.ts';

/** Writes one argument; `slots` is where the slots of the frame begin. */
type ArgumentWriter = (slots: number, value: unknown, sink: Sink) => void;

export class FunctionValues implements CallValues {
  /** koffi calls a function whatever it takes off the stack. */
  readonly checksConvention = false;
  private readonly guest: Guest;
  private readonly callbacks: CallbackStubs;
  private readonly writers: readonly ArgumentWriter[];
  private readonly result: Type;
  /** Of a result that lies in the frame, or in memory that its caller gives. */
  private readonly read: (at: number) => unknown;

  constructor(
    { guest, callbacks, converters }: { guest: Guest; callbacks: CallbackStubs; converters: Converters },
    { placement }: CallPlan,
    parameters: readonly Parameter[],
    result: Type,
  ) {
    const { view } = guest.session;
    const { pointerBytes } = guest;
    this.guest = guest;
    this.callbacks = callbacks;
    this.result = result;
    this.writers = placement.arguments.map((place, index) => {
      const parameter = parameters[index];
      if (!parameter) throw new Error(`no parameter for argument ${index.toString()}`);
      return writer(converters, parameter, place, view, pointerBytes);
    });
    this.read = reader(converters, result, view, pointerBytes);
  }

  placementOf({ placement }: CallPlan): Placement {
    return placement;
  }

  encode(transfer: Transfer, plan: CallPlan, placement: Placement, args: readonly unknown[], frame: number): void {
    const { session, after } = transfer;
    const { pins } = this.guest;
    if (pins.any) {
      after.copyBack.push(() => {
        pins.copyOut();
      });
    }
    const mark = session.top;
    const copies = after.copyBack.length;
    this.write(transfer, plan, placement, args, frame);
    if (!transfer.passed?.ranges.isStale) return;
    // Views of one buffer overlap: once more, now that this is known.
    session.top = mark;
    after.copyBack.length = copies;
    transfer.passed.anew();
    this.write(transfer, plan, placement, args, frame);
  }

  private write(
    transfer: Transfer,
    { pointerBytes }: CallPlan,
    { hidden, resultLayout }: Placement,
    args: readonly unknown[],
    frame: number,
  ): void {
    const { session } = transfer;
    const { writers } = this;
    const slots = frame + FRAME.SLOTS;
    const sink = new CallSink(this.guest, this.callbacks, transfer);
    for (let i = 0; i < writers.length; i++) writers[i]?.(slots, args[i], sink);
    if (!hidden) return;
    const memory = session.reserve(resultLayout.bytes);
    storePointer(session.view, slots + hidden.offset, session.base + memory, pointerBytes);
  }

  decode(session: Session, plan: CallPlan, frame: number, slotBytes: number): unknown {
    const { view } = session;
    const { hidden, resultLayout } = plan.placement;
    if (hidden) {
      const address = decodeAddress(plan.pointerBytes, view, slotOf(frame, hidden));
      return this.read(offsetInMemory(session, address, resultLayout.bytes));
    }
    const text = plan.capture === CAPTURE.NONE ? undefined : capturedText(view, plan, frame, slotBytes);
    const address = text && resultAddress(plan, view, frame);
    if (!address) return this.read(frame + resultOffset(plan));
    // A longer text is read where it lies.
    const value = textOfCapture(plan, text);
    this.result.dispose?.(address);
    return value;
  }
}

function writer(
  converters: Converters,
  { type, directions }: Parameter,
  { offset, byAddress, bytes }: Place,
  view: DataView,
  pointerBytes: 4 | 8,
): ArgumentWriter {
  const store = slotStore(type.primitive, pointerBytes);
  if (store) {
    return (slots, value) => {
      store(view, slots + offset, value);
    };
  }
  if (!type.isAggregate) {
    const push = converters.encoders.pointerArgument(type, directions);
    return (slots, value, sink) => {
      storePointer(view, slots + offset, push(value, sink), pointerBytes);
    };
  }
  const encode = converters.encoders.encoderOf(type);
  if (!byAddress) {
    return (slots, value, sink) => {
      zero(view, slots + offset, bytes);
      encode(view, slots + offset, value, sink);
    };
  }
  return (slots, value, sink) => {
    const at = sink.allocate(type.size);
    storePointer(view, slots + offset, sink.addressAt(at), pointerBytes);
    encode(view, at, value, sink);
  };
}

function reader({ decoders }: Converters, type: Type, view: DataView, pointerBytes: 4 | 8): (at: number) => unknown {
  const { primitive } = type;
  if (primitive === 'Void') return () => undefined;
  const load = loadOf(primitive);
  if (load) return (at) => load(view, at);
  if (primitive === 'Callback') return (at) => pointerValue(decodeAddress(pointerBytes, view, at));
  const decode = type.isAggregate ? decoders.decoderOf(type) : decoders.disposingDecoderOf(type);
  return (at) => decode(view, at, decoders.memory);
}
