// HOT: values into memory. A type is compiled to a function once.
import { refuse, wrongType } from '../errors.ts';
import type { Member, Type } from '../types/type.ts';
import { describeValue } from '../types/value-names.ts';
import { type Sink, storePointer } from './memory.ts';
import { storeOf, swapBytes, swappedBytes, wholeNumber } from './numbers.ts';
import { elementOf } from './decode.ts';
import { bytesOf } from '../../calls/memsync/passed.ts';
import { encodeInto } from './text.ts';
import { unionState } from './union.ts';

/** Writes a value. */
export type Encoder = (view: DataView, at: number, value: unknown, sink: Sink) => void;

/** Where a pointer is expected: puts what it leads to where the function finds it, and returns its address. */
export interface PointerArguments {
  text(value: unknown, type: Type, directions: number, sink: Sink): number | bigint;
  callback(value: unknown, type: Type, sink: Sink): number | bigint;
  pointer(value: unknown, type: Type, directions: number, sink: Sink): number | bigint;
}

const ENCODER = Symbol('encoder');

/** How values of a type are encoded. */
export class Encoders {
  private readonly pointers: PointerArguments;

  constructor(makePointers: (encoders: Encoders) => PointerArguments) {
    this.pointers = makePointers(this);
  }

  encoderOf(type: Type): Encoder {
    let encoder = type.derived.get(ENCODER) as Encoder | undefined;
    if (!encoder) {
      encoder = this.compile(type);
      type.derived.set(ENCODER, encoder);
    }
    return encoder;
  }

  /** The address for a pointer, string or callback argument. */
  pointerArgument(type: Type, directions: number): (value: unknown, sink: Sink) => number | bigint {
    const { pointers } = this;
    if (type.isString) return (value, sink) => pointers.text(value, type, directions, sink);
    if (type.primitive === 'Callback') return (value, sink) => pointers.callback(value, type, sink);
    return (value, sink) => pointers.pointer(value, type, directions, sink);
  }

  private compile(type: Type): Encoder {
    const store = storeOf(type.primitive);
    if (store) return store;
    switch (type.primitive) {
      case 'Record':
        return this.record(type);
      case 'Union':
        return (view, at, value, sink) => {
          this.union(type, view, at, value, sink);
        };
      case 'Array':
        return (view, at, value, sink) => {
          this.array(type, view, at, value, sink);
        };
      case 'Void':
      case 'Prototype':
        return () => wrongType(`Cannot encode value of type ${type.name}`);
      default: {
        const push = this.pointerArgument(type, 1);
        return (view, at, value, sink) => {
          storePointer(view, at, push(value, sink), sink.pointerBytes);
        };
      }
    }
  }

  private record(type: Type): Encoder {
    let members: readonly { member: Member; encode: Encoder }[] | undefined;
    return (view, at, value, sink) => {
      if (typeof value !== 'object' || value === null) {
        wrongType(`Unexpected ${describeValue(value)} value, expected object`);
      }
      // Late: a struct may lead back to itself through pointers.
      members ??= type.members.map((member) => ({ member, encode: this.encoderOf(member.type) }));
      zero(view, at, type.size);
      const object = value as Record<string, unknown>;
      for (const { member, encode } of members) {
        const part = object[member.name];
        if (part === undefined) continue;
        if (member.countedBy) checkCount(object, member, member.countedBy.name, part);
        encode(view, at + member.offset, part, sink);
      }
    };
  }

  private union(type: Type, view: DataView, at: number, value: unknown, sink: Sink): void {
    if (typeof value !== 'object' || value === null) {
      return wrongType(`Unexpected ${describeValue(value)} value, expected object`);
    }
    const state = unionState(value);
    let member: Member | null | undefined;
    if (state) {
      if (state.type !== type) wrongType(`Expected union type ${type.name}, got ${state.type.name}`);
      if (state.bytes) {
        bytesAt(view, at, type.size).set(state.bytes);
        return;
      }
      member = state.active;
      if (!member) return refuse('Cannot use ambiguous empty union');
    } else {
      const [name, more] = Object.keys(value);
      if (name === undefined || more !== undefined)
        return refuse('Expected object with single property name for union');
      member = type.members.find((each) => each.name === name);
      if (!member) return refuse(`Unknown member ${name} in union type ${type.name}`);
    }
    zero(view, at, type.size);
    const part = (value as Record<string, unknown>)[member.name];
    if (part !== undefined) this.encoderOf(member.type)(view, at, part, sink);
  }

  private array(type: Type, view: DataView, at: number, value: unknown, sink: Sink): void {
    if (Array.isArray(value)) {
      this.elements(type, value, type.size, view, at, sink);
      return;
    }
    const room = bytesAt(view, at, type.size);
    const bytes = bytesOf(value);
    if (bytes) {
      const used = Math.min(bytes.length, room.length);
      room.set(bytes.subarray(0, used));
      room.fill(0, used);
      const swapped = swappedBytes(elementOf(type).primitive);
      if (swapped) swapBytes(room.subarray(0, used), swapped);
    } else if (typeof value === 'string') {
      const { primitive, name } = elementOf(type);
      if (primitive === 'Int8') encodeInto(value, 1, room);
      else if (primitive === 'Int16') encodeInto(value, 2, room);
      else wrongType(`Strings cannot be converted to ${name} array`);
    } else wrongType(`Unexpected ${describeValue(value)} value, expected array`);
  }

  /** The elements of a plain array into `room` bytes; what is left is zero. */
  elements(type: Type, values: readonly unknown[], room: number, view: DataView, at: number, sink: Sink): void {
    const element = elementOf(type);
    if (element.primitive === 'Void') wrongType(`Ambigous parameter type ${type.name}, use koffi.as(value, type)`);
    const { size } = element;
    const step = strideOf(type);
    const length = Math.min(values.length, Math.floor(room / size));
    zero(view, at + length * step, room - length * step);
    const encode = this.encoderOf(element);
    for (let i = 0; i < length; i++) encode(view, at + i * step, values[i], sink);
  }
}

/** Bytes from one element to the next. koffi has none for its string types: all elements fall on the first. */
export function strideOf(type: Type): number {
  return type.isString ? 0 : elementOf(type).size;
}

/** A view over some bytes of another one. */
export function bytesAt(view: DataView, at: number, bytes: number): Uint8Array {
  return new Uint8Array(view.buffer, view.byteOffset + at, bytes);
}

export function zero(view: DataView, at: number, bytes: number): void {
  if (bytes <= 64 && bytes % 8 === 0) for (let i = 0; i < bytes; i += 8) view.setFloat64(at + i, 0, true);
  else bytesAt(view, at, bytes).fill(0);
}

function checkCount(object: Record<string, unknown>, member: Member, counter: string, value: unknown): void {
  const { size } = elementOf(member.type);
  const count = wholeNumber(object[counter]);
  if (count === undefined) {
    return refuse(`Unexpected ${describeValue(object[counter])} value for dynamic length, expected number`);
  }
  const bytes = Array.isArray(value)
    ? value.length * size
    : (bytesOf(value)?.length ?? (value === null || value === undefined ? 0 : size));
  if (bytes !== count * size) refuse(`Mismatched dynamic length between '${counter}' and actual array`);
}
