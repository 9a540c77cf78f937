// koffi.decode() and its relatives for numbers and strings.
import type { TextUnit } from '../../calls/session/end-of-text.ts';
import { lengthUntilZero } from '../../calls/memsync/text.ts';
import { needArguments, refuse, wrongType } from '../errors.ts';
import type { Machine } from '../machine.ts';
import type { Primitive, Type } from '../types/type.ts';
import { describeValue } from '../types/value-names.ts';
import { loadOf, wholeNumber } from '../values/numbers.ts';
import { decodeText } from '../values/text.ts';
import { type Place, placeOf, readAt } from './places.ts';

/** koffi's own words for sizes that a buffer lacks. */
export function checkRoom(bytes: Uint8Array, offset: number, type: Type): void {
  if (offset < 0) refuse('Offset must be >= 0');
  if (bytes.length - offset < type.size) {
    refuse(
      `Expected buffer with size superior or equal to type ${type.name} (${(type.size + offset).toString()} bytes)`,
    );
  }
}

export function makeDecode(machine: Machine): unknown {
  const decode = (...args: unknown[]): unknown => decodeValue(machine, args.slice(0, 4));
  return Object.assign(decode, numbers(machine), strings(machine));
}

function decodeValue(machine: Machine, args: readonly unknown[]): unknown {
  const { specifiers, registry, converters } = machine;
  const offset = args.length >= 2 ? wholeNumber(args[1]) : undefined;
  const skip = offset === undefined ? 0 : 1;
  const length = args.length >= 3 + skip ? wholeNumber(args[2 + skip]) : undefined;
  if (args.length < 2 + skip) {
    wrongType(`Expected ${(2 + skip).toString()} to 4 arguments, got ${args.length.toString()}`);
  }
  const place = placeOf(args[0], 'reference');
  if (place.address === 0n) refuse('Cannot encode data in NULL pointer');
  const at = offset ?? 0;
  let type = specifiers.resolve(args[1 + skip]);
  if (length !== undefined) {
    const count = length >= 0 ? length : countToZero(machine, place, at, type);
    type = registry.arrayOf(type, count);
  }
  if (place.bytes) checkRoom(place.bytes, at, type);
  if (type.primitive === 'Prototype') {
    const address = place.address === null ? refuse('Cannot call memory of JavaScript') : place.address + BigInt(at);
    return converters.decoders.functionAt(type, address);
  }
  const decode = converters.decoders.decoderOf(type);
  const found = type.size === 0 ? EMPTY : readAt(machine, place, at, type.size);
  return decode(found.view, found.at, converters.decoders.memory);
}

const EMPTY = { view: new DataView(new ArrayBuffer(0)), at: 0 };

/** Elements before the first that is zero. */
function countToZero(machine: Machine, place: Place, offset: number, type: Type): number {
  const width = /^U?Int(8|16|32)$/.exec(type.primitive)?.[1];
  if (width === undefined && type.primitive !== 'Pointer') {
    return wrongType(`Cannot determine null-terminated length for type ${type.name}`);
  }
  if (width !== undefined) {
    const unit = (Number(width) / 8) as TextUnit;
    const bytes = place.bytes
      ? place.bytes.subarray(Math.max(0, offset))
      : machine.guest.readText(place.address + BigInt(offset), unit);
    return lengthUntilZero(bytes, unit) / unit;
  }
  const { pointerBytes } = machine.registry;
  for (let count = 0; ; count++) {
    const at = offset + count * pointerBytes;
    if (place.bytes && at + pointerBytes > place.bytes.length) return count;
    const found = readAt(machine, place, at, pointerBytes);
    const value = pointerBytes === 8 ? found.view.getBigUint64(found.at) : BigInt(found.view.getUint32(found.at));
    if (value === 0n) return count;
  }
}

/** In koffi's order. */
const NUMBERS: Readonly<Record<string, Primitive>> = {
  char: 'Int8',
  uchar: 'UInt8',
  short: 'Int16',
  ushort: 'UInt16',
  int: 'Int32',
  uint: 'UInt32',
  long: 'Int32',
  ulong: 'UInt32',
  longlong: 'Int64',
  ulonglong: 'UInt64',
  int8: 'Int8',
  uint8: 'UInt8',
  int16: 'Int16',
  int16le: 'Int16',
  int16be: 'Int16S',
  uint16: 'UInt16',
  uint16le: 'UInt16',
  uint16be: 'UInt16S',
  int32: 'Int32',
  int32le: 'Int32',
  int32be: 'Int32S',
  uint32: 'UInt32',
  uint32le: 'UInt32',
  uint32be: 'UInt32S',
  int64: 'Int64',
  int64le: 'Int64',
  int64be: 'Int64S',
  uint64: 'UInt64',
  uint64le: 'UInt64',
  uint64be: 'UInt64S',
  float: 'Float32',
  double: 'Float64',
};

function numbers(machine: Machine): Record<string, unknown> {
  const entries = Object.entries(NUMBERS).map(([name, primitive]) => {
    const load = loadOf(primitive);
    const bytes = primitive.startsWith('Float') ? Number(primitive.slice(5)) / 8 : bytesOfInteger(primitive);
    const decode = (...args: unknown[]): unknown => {
      needArguments(args, 1, '1 argument');
      const { view, at } = readAt(machine, placeOf(args[0], 'ptr'), 0, bytes);
      return load?.(view, at);
    };
    return [name, Object.defineProperty(decode, 'name', { value: name })] as const;
  });
  return Object.fromEntries(entries);
}

function bytesOfInteger(primitive: Primitive): number {
  return Number(/\d+/.exec(primitive)?.[0] ?? 0) / 8;
}

function strings(machine: Machine): Record<string, unknown> {
  const units = { string: 1, string16: 2, string32: 4, wstring: 2 } as const;
  const entries = Object.entries(units).map(([name, unit]) => {
    const decode = (...args: unknown[]): unknown => decodeString(machine, args, unit);
    return [name, Object.defineProperty(decode, 'name', { value: name })] as const;
  });
  return Object.fromEntries(entries);
}

function decodeString(machine: Machine, args: readonly unknown[], unit: TextUnit): string | null {
  needArguments(args, 1, '1 to 2 arguments');
  const place = placeOf(args[0], 'ptr');
  let length: number | undefined;
  if (args.length >= 2) {
    length = wholeNumber(args[1]);
    if (length === undefined) {
      return wrongType(`Unexpected ${describeValue(args[1])} value for length, expected number`);
    }
  }
  if (place.address === 0n) return null;
  if (length === undefined) {
    const bytes = place.bytes
      ? place.bytes.subarray(0, lengthUntilZero(place.bytes, unit))
      : machine.guest.readText(place.address, unit);
    return decodeText(bytes, unit);
  }
  if (length === 0) return decodeText(new Uint8Array(0), unit);
  const { view, at } = readAt(machine, place, 0, length * unit);
  return decodeText(new Uint8Array(view.buffer, view.byteOffset + at, length * unit), unit);
}
