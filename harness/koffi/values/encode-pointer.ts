// HOT: what is passed where a pointer is expected.
import type { TextUnit } from '../../calls/session/end-of-text.ts';
import { lengthUntilZero } from '../../calls/memsync/text.ts';
import { wrongType } from '../errors.ts';
import type { Registry } from '../types/registry.ts';
import type { Type } from '../types/type.ts';
import { describeValue } from '../types/value-names.ts';
import { Cast } from './cast.ts';
import type { Decoders } from './decode.ts';
import { elementOf } from './decode.ts';
import { bytesAt, type Encoders, type PointerArguments, strideOf, zero } from './encode.ts';
import type { Sink } from './memory.ts';
import { swappedBytes } from './numbers.ts';
import { bytesOf } from '../../calls/memsync/passed.ts';
import { addressOf } from './pointer.ts';
import { decodeText, encodeText } from './text.ts';
import { setUnionBytes, unionState } from './union.ts';

type Address = number | bigint;

const OUT = 2;
const IN = 1;
const UNITS: Readonly<Record<string, TextUnit>> = { String: 1, String16: 2, String32: 4 };

export class PointerEncoder implements PointerArguments {
  private readonly registry: Registry;
  private readonly encoders: Encoders;
  private readonly decoders: Decoders;

  constructor(registry: Registry, encoders: Encoders, decoders: Decoders) {
    this.registry = registry;
    this.encoders = encoders;
    this.decoders = decoders;
  }

  /** Where a string is expected. */
  text(value: unknown, type: Type, directions: number, sink: Sink): Address {
    const unit = UNITS[type.primitive] ?? 1;
    if (typeof value !== 'string') return this.pointer(value, this.registry.strings[unit], directions, sink);
    if (directions & OUT) wrongType('Unexpected String value, expected [string]');
    return sink.addressAt(putText(value, unit, sink).at);
  }

  /** Where a callback is expected. */
  callback(value: unknown, type: Type, sink: Sink): Address {
    const { value: given, type: wanted } = value instanceof Cast ? Cast.read(value) : { value, type };
    const address = this.plain(given, wanted, IN, sink);
    if (address !== undefined) return address;
    if (typeof given === 'function' && wanted.prototype) {
      return sink.callback(wanted.prototype, given as (...args: unknown[]) => unknown);
    }
    return unexpected(given, wanted);
  }

  /** Where any other pointer is expected. */
  pointer(value: unknown, type: Type, directions: number, sink: Sink): Address {
    const { value: given, type: wanted } = value instanceof Cast ? Cast.read(value) : { value, type };
    const address = this.plain(given, wanted, directions, sink);
    if (address !== undefined) return address;
    const target = elementOf(wanted);
    if (typeof given === 'string') return this.textFor(given, wanted, target, directions, sink);
    if (Array.isArray(given)) return this.array(given, wanted, target, directions, sink);
    if (target.isAggregate) return this.aggregate(given, target, directions, sink);
    if (typeof given !== 'function') return unexpected(given, wanted);
    if (wanted.primitive !== 'Callback' || !wanted.prototype) {
      return wrongType(`Cannot pass function to type ${wanted.name}`);
    }
    return sink.callback(wanted.prototype, given as (...args: unknown[]) => unknown);
  }

  /** Addresses, null, and memory of JavaScript. */
  private plain(value: unknown, type: Type, directions: number, sink: Sink): Address | undefined {
    const address = addressOf(value);
    if (address !== undefined) return address;
    const bytes = bytesOf(value);
    return bytes && sink.lend(bytes, type.ref ? swappedBytes(type.ref.primitive) : 0, directions);
  }

  private textFor(value: string, type: Type, target: Type, directions: number, sink: Sink): Address {
    const unit = this.unitOf(target);
    if (directions & OUT || unit === undefined) return unexpected(value, type);
    return sink.addressAt(putText(value, unit, sink).at);
  }

  /** Bytes of a character, where memory of a type can be text. */
  private unitOf(target: Type): TextUnit | undefined {
    if (target === this.registry.void || target.primitive === 'Int8') return 1;
    if (target.primitive === 'Int16') return 2;
    return target.primitive === 'Int32' ? 4 : undefined;
  }

  private array(values: unknown[], type: Type, target: Type, directions: number, sink: Sink): Address {
    const [first] = values;
    const unit = this.unitOf(target);
    if (values.length === 1 && typeof first === 'string' && unit !== undefined) {
      return this.stringBuffer(values, first, unit, target, directions, sink);
    }
    const bytes = values.length * target.size;
    if (target.size === 0) {
      const what = target === this.registry.void ? 'ambiguous' : 'opaque';
      wrongType(`Cannot pass ${what} value to ${type.name}, use koffi.as()`);
    }
    const at = sink.allocate(bytes);
    if (directions & IN) this.encoders.elements(type, values, bytes, sink.shared, at, sink);
    else zero(sink.shared, at, bytes);
    if (directions & OUT) {
      sink.afterwards(() => {
        const { memory } = this.decoders;
        this.decoders.elements(target, strideOf(type), values, values.length, sink.shared, at, memory);
      });
    }
    return sink.addressAt(at);
  }

  /** One string in an array: room for the function to write another into. */
  private stringBuffer(
    values: unknown[],
    text: string,
    unit: TextUnit,
    target: Type,
    directions: number,
    sink: Sink,
  ): Address {
    const { at, bytes } = putText(text, unit, sink);
    if (directions & OUT) {
      const found: TextUnit = target.size === 2 || target.size === 4 ? target.size : 1;
      sink.afterwards(() => {
        const room = bytesAt(sink.shared, at, bytes);
        values[0] = decodeText(room.subarray(0, lengthUntilZero(room, found)), found);
      });
    }
    return sink.addressAt(at);
  }

  private aggregate(value: unknown, target: Type, directions: number, sink: Sink): Address {
    if (typeof value !== 'object' || value === null) {
      return wrongType(`Unexpected ${describeValue(value)} value, expected object`);
    }
    const isUnion = target.primitive === 'Union';
    if (isUnion && directions & OUT && !unionState(value)) {
      wrongType(`Unexpected ${describeValue(value)} value, expected union value`);
    }
    const at = sink.allocate(target.size);
    if (directions & IN) this.encoders.encoderOf(target)(sink.shared, at, value, sink);
    else zero(sink.shared, at, target.size);
    if (directions & OUT) {
      sink.afterwards(() => {
        if (isUnion) setUnionBytes(value, bytesAt(sink.shared, at, target.size).slice());
        else this.decoders.fill(target, value as Record<string, unknown>, sink.shared, at);
      });
    }
    return sink.addressAt(at);
  }
}

function putText(text: string, unit: TextUnit, sink: Sink): { at: number; bytes: number } {
  const encoded = encodeText(text, unit);
  const at = sink.allocate(encoded.length);
  bytesAt(sink.shared, at, encoded.length).set(encoded);
  return { at, bytes: encoded.length };
}

function unexpected(value: unknown, type: Type): never {
  return wrongType(`Unexpected ${describeValue(value)} value, expected ${type.name}`);
}
