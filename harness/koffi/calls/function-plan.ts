// HOT: how one function is called: everything that follows from its declaration, worked out once.
import { FRAME } from '../../../protocol/wire/layout.ts';
import { CAPTURE, PLAN_FLAG } from '../../../protocol/wire/messages.ts';
import type { Place, Placement } from '../../types/abi/place-arguments.ts';
import type { Guest, PlanRecord } from '../guest/guest.ts';
import type { Parameter, Primitive, Prototype, Type } from '../types/type.ts';
import { bytesAt, zero } from '../values/encode.ts';
import { loadPointer, pointerValue, type Sink, storePointer } from '../values/memory.ts';
import { decodeText } from '../values/text.ts';
import type { Converters } from './converters.ts';
import { place } from './shape.ts';
import { slotLoad, slotStore } from './slots.ts';

/** Writes one argument; `slots` is where the slots of the frame begin. */
type ArgumentWriter = (slots: number, value: unknown, sink: Sink) => void;
/** Reads the result; `memory` is where a struct result lies. */
type ResultReader = (frame: number, memory: number) => unknown;

let made = 0;

export class FunctionPlan implements PlanRecord {
  readonly id = ++made;
  address = 0n;
  generation = 0;
  readonly writers: readonly ArgumentWriter[];
  readonly result: ResultReader;
  /** Bytes of a frame. */
  readonly stride: number;
  readonly capture: number;
  readonly captureBytes: number;
  readonly slots: number;
  readonly flags: number;
  /** Bytes of the memory for a struct result, or 0. */
  readonly resultBytes: number;
  /** Offset in the slots of the address of that memory. */
  readonly resultOffset: number;
  /** Whether two arguments can be views of one buffer. */
  readonly manyPointers: boolean;

  constructor(guest: Guest, converters: Converters, prototype: Prototype, parameters: readonly Parameter[]) {
    const { pointerBytes } = guest;
    const { view } = guest.session;
    const placement: Placement = place(prototype, parameters, pointerBytes);
    this.writers = parameters.map((parameter, index) => {
      const at = placement.arguments[index];
      if (!at) throw new Error(`no place for argument ${index.toString()}`);
      return writer(converters, parameter, at, view, pointerBytes);
    });
    this.slots = placement.slotBytes / pointerBytes;
    this.capture = CAPTURES[prototype.result.primitive] ?? CAPTURE.NONE;
    this.captureBytes = this.capture === CAPTURE.NONE ? 0 : TEXT_BYTES;
    this.stride = FRAME.SLOTS + ((placement.slotBytes + 7) & ~7) + this.captureBytes;
    const x87 = placement.result === 'x87';
    this.flags = x87 ? PLAN_FLAG.RESULT_X87 : 0;
    this.resultBytes = placement.hidden ? prototype.result.size : 0;
    this.resultOffset = placement.hidden?.offset ?? 0;
    const read = reader(converters, prototype.result, x87, this.resultBytes > 0, view, pointerBytes);
    this.result = this.captureBytes === 0 ? read : this.textReader(prototype.result, read, view, pointerBytes);
    const pointers = parameters.filter(({ type }) => type.primitive === 'Pointer' || type.isString);
    this.manyPointers = pointers.length > 1;
  }

  /** The text that the agent has copied into the frame; a longer one is read where it lies. */
  private textReader(type: Type, otherwise: ResultReader, view: DataView, pointerBytes: 4 | 8): ResultReader {
    const unit = this.capture === CAPTURE.CHARACTERS ? 1 : 2;
    const end = this.stride - this.captureBytes;
    return (frame, memory) => {
      const bytes = view.getInt32(frame + FRAME.CAPTURED, true);
      const address = loadPointer(view, frame + FRAME.INTEGER, pointerBytes);
      if (address === 0n || bytes < 0 || bytes >= this.captureBytes) return otherwise(frame, memory);
      const text = decodeText(bytesAt(view, frame + end, bytes), unit);
      type.dispose?.(address);
      return text;
    };
  }
}

/** Most texts are shorter. */
const TEXT_BYTES = 512;
const CAPTURES: Readonly<Partial<Record<Primitive, number>>> = {
  String: CAPTURE.CHARACTERS,
  String16: CAPTURE.WIDE_CHARACTERS,
};

function writer(
  converters: Converters,
  { type, directions }: Parameter,
  { offset, byAddress }: Place,
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
    const bytes = Math.ceil(type.size / pointerBytes) * pointerBytes;
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

function reader(
  converters: Converters,
  type: Type,
  x87: boolean,
  inMemory: boolean,
  view: DataView,
  pointerBytes: 4 | 8,
): ResultReader {
  const { primitive } = type;
  const { decoders } = converters;
  if (primitive === 'Void') return () => undefined;
  if (primitive === 'Float32' && x87) return (frame) => Math.fround(view.getFloat64(frame + FRAME.FLOAT, true));
  const load = slotLoad(primitive);
  if (load) {
    const from = primitive === 'Float32' || primitive === 'Float64' ? FRAME.FLOAT : FRAME.INTEGER;
    return (frame) => load(view, frame + from);
  }
  if (type.isAggregate) {
    const decode = decoders.decoderOf(type);
    if (inMemory) return (_frame, memory) => decode(view, memory, decoders.memory);
    return (frame) => decode(view, frame + FRAME.INTEGER, decoders.memory);
  }
  if (primitive === 'Callback') return (frame) => pointerValue(loadPointer(view, frame + FRAME.INTEGER, pointerBytes));
  const decode = decoders.disposingDecoderOf(type);
  return (frame) => decode(view, frame + FRAME.INTEGER, decoders.memory);
}
