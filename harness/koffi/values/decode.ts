// HOT: values out of memory. A type is compiled to a function once.
import type { TextUnit } from '../../calls/session/end-of-text.ts';
import { lengthUntilZero } from '../../calls/memsync/text.ts';
import { decodeAddress } from '../../calls/memsync/decode-scalar.ts';
import { refuse, wrongType } from '../errors.ts';
import type { Hint, Member, Type, TypedArrayName } from '../types/type.ts';
import { type Decoder, type Memory, pointerValue } from './memory.ts';
import { loadOf, swapBytes, swappedBytes, wholeNumber } from './numbers.ts';
import { decodeText } from './text.ts';
import { makeUnion, type UnionReader } from './union.ts';

const DECODER = Symbol('decoder');

/** How values of a type are decoded. */
export class Decoders implements UnionReader {
  readonly memory: Memory;
  /** Turns the address of a function into something to call. */
  private readonly makeFunction: (type: Type, address: bigint) => unknown;
  private readonly pointerBytes: 4 | 8;

  constructor(pointerBytes: 4 | 8, memory: Memory, makeFunction: (type: Type, address: bigint) => unknown) {
    this.pointerBytes = pointerBytes;
    this.memory = memory;
    this.makeFunction = makeFunction;
  }

  readonly decoderOf = (type: Type): Decoder => {
    let decoder = type.derived.get(DECODER) as Decoder | undefined;
    if (!decoder) {
      decoder = this.compile(type);
      type.derived.set(DECODER, decoder);
    }
    return decoder;
  };

  /** As a member or element: what is disposable is given back once it is converted. */
  disposingDecoderOf(type: Type): Decoder {
    const decode = this.decoderOf(type);
    const { dispose } = type;
    if (!dispose) return decode;
    const { pointerBytes } = this;
    return (view, at, memory) => {
      const address = decodeAddress(pointerBytes, view, at);
      const value = decode(view, at, memory);
      dispose(address);
      return value;
    };
  }

  /** The function at an address. */
  functionAt(type: Type, address: bigint): unknown {
    return this.makeFunction(type, address);
  }

  private compile(type: Type): Decoder {
    const load = loadOf(type.primitive);
    if (load) return load;
    const { pointerBytes } = this;
    switch (type.primitive) {
      case 'String':
        return this.text(1);
      case 'String16':
        return this.text(2);
      case 'String32':
        return this.text(4);
      case 'Pointer':
      case 'Callback':
        return (view, at) => pointerValue(decodeAddress(pointerBytes, view, at));
      case 'Record':
        return this.record(type);
      case 'Union':
        return (view, at) => {
          const bytes = new Uint8Array(view.buffer, view.byteOffset + at, type.size).slice();
          return makeUnion(type, this, bytes);
        };
      case 'Array':
        return (view, at, memory) => this.array(type, view, at, type.size / elementOf(type).size, memory);
      default:
        return () => wrongType(`Cannot decode value of type ${type.name}`);
    }
  }

  private text(unit: TextUnit): Decoder {
    const { pointerBytes } = this;
    return (view, at, memory) => {
      const address = decodeAddress(pointerBytes, view, at);
      return address === 0n ? null : decodeText(memory().readText(address, unit), unit);
    };
  }

  private record(type: Type): Decoder {
    const members = this.membersOf(type);
    return (view, at, memory) => {
      const value: Record<string, unknown> = {};
      for (const member of members) value[member.name] = member.decode(view, at, memory);
      return value;
    };
  }

  /** Decodes into an object that is there already. */
  fill(type: Type, object: Record<string, unknown>, view: DataView, at: number): void {
    for (const member of this.membersOf(type)) object[member.name] = member.decode(view, at, this.memory);
  }

  private membersOf(type: Type): { name: string; decode: Decoder }[] {
    const known = type.derived.get(MEMBERS) as { name: string; decode: Decoder }[] | undefined;
    if (known) return known;
    // Before they are compiled: a struct may lead back to itself through pointers.
    const members: { name: string; decode: Decoder }[] = [];
    type.derived.set(MEMBERS, members);
    for (const member of type.members) members.push({ name: member.name, decode: this.member(member) });
    return members;
  }

  private member(member: Member): Decoder {
    const { type, offset, countedBy } = member;
    if (countedBy) return this.countedMember(member, countedBy);
    const decode = this.disposingDecoderOf(type);
    return (view, at, memory) => decode(view, at + offset, memory);
  }

  private countedMember({ type, offset }: Member, counter: Member): Decoder {
    const count = loadOf(counter.type.primitive);
    const { pointerBytes } = this;
    const lengthAt = (view: DataView, at: number): number =>
      (wholeNumber(count?.(view, at + counter.offset)) ?? 0) >>> 0;
    if (type.primitive === 'Array') {
      const most = type.size / elementOf(type).size;
      return (view, at, memory) => this.array(type, view, at + offset, Math.min(lengthAt(view, at), most), memory);
    }
    return (view, at, memory) => {
      const address = decodeAddress(pointerBytes, view, at + offset);
      const length = lengthAt(view, at);
      const value = this.arrayAt(type, address, length, memory);
      type.dispose?.(address);
      return value;
    };
  }

  /** An array behind a pointer. */
  private arrayAt(type: Type, address: bigint, length: number, memory: Memory): unknown {
    const bytes = length * elementOf(type).size;
    if (bytes === 0) return this.array(type, EMPTY, 0, 0, memory);
    const { view, at } = memory().read(address, bytes);
    return this.array(type, view, at, length, memory);
  }

  /** `length` elements as the type's hint has them. */
  array(type: Type, view: DataView, at: number, length: number, memory: Memory): unknown {
    const element = elementOf(type);
    const { hint } = type;
    if (hint === 'Array') {
      const values: unknown[] = new Array(length);
      this.elements(element, element.size, values, length, view, at, memory);
      return values;
    }
    const bytes = new Uint8Array(view.buffer, view.byteOffset + at, length * element.size);
    const unit = UNITS[hint];
    if (unit) return decodeText(bytes.subarray(0, lengthUntilZero(bytes, unit)), unit);
    const copy = bytes.slice();
    const swapped = swappedBytes(element.primitive);
    if (swapped) swapBytes(copy, swapped);
    // koffi counts elements of the outer array and takes the class of the inner one, where arrays lie in arrays.
    return hint === 'Buffer' ? Buffer.from(copy.buffer) : typedArray(hint, copy.buffer, length);
  }

  /** Decodes elements into an array that is there already; `step` bytes lead from one to the next. */
  elements(
    element: Type,
    step: number,
    into: unknown[],
    length: number,
    view: DataView,
    at: number,
    memory: Memory,
  ): void {
    const decode = this.disposingDecoderOf(element);
    for (let i = 0; i < length; i++) into[i] = decode(view, at + i * step, memory);
  }
}

const MEMBERS = Symbol('members');
const EMPTY = new DataView(new ArrayBuffer(0));
const UNITS: Readonly<Partial<Record<Hint, TextUnit>>> = { String8: 1, String16: 2, String32: 4 };

function typedArray(hint: Hint, buffer: ArrayBuffer, length: number): unknown {
  switch (hint as TypedArrayName) {
    case 'Int8Array':
      return new Int8Array(buffer, 0, length);
    case 'Uint8Array':
      return new Uint8Array(buffer, 0, length);
    case 'Int16Array':
      return new Int16Array(buffer, 0, length);
    case 'Uint16Array':
      return new Uint16Array(buffer, 0, length);
    case 'Int32Array':
      return new Int32Array(buffer, 0, length);
    case 'Uint32Array':
      return new Uint32Array(buffer, 0, length);
    case 'BigInt64Array':
      return new BigInt64Array(buffer, 0, length);
    case 'BigUint64Array':
      return new BigUint64Array(buffer, 0, length);
    case 'Float32Array':
      return new Float32Array(buffer, 0, length);
    case 'Float64Array':
      return new Float64Array(buffer, 0, length);
  }
}

/** What an array or pointer type refers to. */
export function elementOf(type: Type): Type {
  return type.ref ?? refuse(`${type.name} has no elements`);
}
