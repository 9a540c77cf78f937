// Values of unions: of the members one at most is known; the others are decoded from the bytes when somebody asks.
import { refuse, wrongType } from '../errors.ts';
import type { Member, Type } from '../types/type.ts';
import type { Decoder, Memory } from './memory.ts';

interface State {
  readonly type: Type;
  active: Member | null;
  value: unknown;
  bytes: Uint8Array | null;
}

const states = new WeakMap<object, State>();
const CLASS = Symbol('class of a union');

/** What a union value holds, or undefined when it is none. */
export function unionState(value: object): Readonly<State> | undefined {
  return states.get(value);
}

/** Puts new bytes behind a union value. */
export function setUnionBytes(value: object, bytes: Uint8Array): void {
  const state = states.get(value);
  if (!state) return;
  state.bytes = bytes;
  state.active = null;
  state.value = undefined;
}

/** How members are decoded: given by whoever decodes, since unions and converters need each other. */
export interface UnionReader {
  readonly memory: Memory;
  readonly decoderOf: (type: Type) => Decoder;
}

/** A union value; `bytes` is null for one that holds nothing yet. */
export function makeUnion(type: Type, reader: UnionReader, bytes: Uint8Array | null): object {
  let construct = type.derived.get(CLASS) as (new () => object) | undefined;
  if (!construct) {
    construct = unionClass(type, reader);
    type.derived.set(CLASS, construct);
  }
  const value = new construct();
  const state = states.get(value);
  if (state) state.bytes = bytes;
  return value;
}

function unionClass(type: Type, reader: UnionReader): new () => object {
  const UnionValue = function (this: object): void {
    states.set(this, { type, active: null, value: undefined, bytes: null });
  } as unknown as new () => object;
  Object.defineProperty(UnionValue, 'name', { value: type.name });
  for (const member of type.members) {
    Object.defineProperty(UnionValue.prototype, member.name, {
      enumerable: true,
      get(this: object) {
        return readMember(states.get(this), member, reader);
      },
      set(this: object, value: unknown) {
        const state = states.get(this);
        if (!state) return;
        state.active = member;
        state.value = value;
        state.bytes = null;
      },
    });
  }
  return UnionValue;
}

function readMember(state: State | undefined, member: Member, reader: UnionReader): unknown {
  if (!state) return undefined;
  if (state.active === member) return state.value;
  const { bytes } = state;
  // koffi spells it like this.
  if (!bytes) return refuse(`Cannont convert ${state.active ? 'assigned' : 'empty'} union value`);
  const decode = reader.decoderOf(member.type);
  const value = decode(new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), 0, reader.memory);
  state.active = member;
  state.value = value;
  return value;
}

/** `new koffi.Union(type)` */
export function unionConstructor(
  resolve: (specifier: unknown) => Type,
  reader: UnionReader,
): (...args: unknown[]) => object {
  return function Union(...args: unknown[]): object {
    if ((new.target as unknown) === undefined) wrongType('This function is a constructor and must be called with new');
    if (args.length < 1) wrongType(`Expected 1 argument, got ${args.length.toString()}`);
    const type = resolve(args[0]);
    if (type.primitive !== 'Union') wrongType(`Expected union type, got ${type.primitive}`);
    return makeUnion(type, reader, null);
  };
}
