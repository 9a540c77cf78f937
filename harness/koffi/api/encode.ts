// koffi.encode()
import { EncodeSink } from '../calls/sinks.ts';
import { refuse, wrongType } from '../errors.ts';
import type { Machine } from '../machine.ts';
import type { Type } from '../types/type.ts';
import { bytesAt } from '../values/encode.ts';
import type { Sink } from '../values/memory.ts';
import { wholeNumber } from '../values/numbers.ts';
import { checkRoom } from './decode.ts';
import { type Place, placeOf } from './places.ts';

export function makeEncode(machine: Machine): (...args: unknown[]) => void {
  return (...all) => {
    const args = all.slice(0, 5);
    const offset = args.length >= 2 ? wholeNumber(args[1]) : undefined;
    const skip = offset === undefined ? 0 : 1;
    const length = args.length >= 4 + skip ? wholeNumber(args[3 + skip]) : undefined;
    if (args.length < 3 + skip) {
      wrongType(`Expected ${(3 + skip).toString()} to 5 arguments, got ${args.length.toString()}`);
    }
    let type = machine.specifiers.resolve(args[1 + skip]);
    const place = placeOf(args[0], 'reference');
    if (place.address === 0n) refuse('Cannot encode data in NULL pointer');
    const at = offset ?? 0;
    if (length !== undefined) type = machine.registry.arrayOf(type, countOf(place, type, length));
    if (place.bytes) checkRoom(place.bytes, at, type);
    write(machine, place, at, type, args[2 + skip]);
  };
}

function countOf(place: Place, type: Type, length: number): number {
  if (length >= 0) return length;
  if (place.bytes && type.size > 0) return Math.floor(place.bytes.length / type.size);
  return wrongType('Automatic (negative) length cannot work with slim pointers');
}

function write(machine: Machine, place: Place, offset: number, type: Type, value: unknown): void {
  const encode = machine.converters.encoders.encoderOf(type);
  if (place.bytes) {
    const { buffer, byteOffset, byteLength } = place.bytes;
    const sink = lateSink(machine);
    encode(new DataView(buffer, byteOffset, byteLength), offset, value, sink);
    return;
  }
  const { guest, allocations } = machine;
  const sink = new EncodeSink(guest);
  const address = place.address + BigInt(offset);
  const { session } = guest;
  const mark = session.top;
  try {
    // Memory that the host sees is written in place; other memory by way of a copy of what lies there, since padding stays.
    const found = guest.read(address, type.size);
    encode(found.view, found.at, value, sink);
    if (found.view !== session.view) guest.write(address, bytesAt(found.view, found.at, type.size));
  } catch (error) {
    for (const at of sink.taken) session.persistent.free(at);
    throw error;
  } finally {
    session.top = mark;
  }
  if (guest.pins.any) guest.pins.copyOut();
  allocations.keepBehind(address, sink.taken);
}

/** Starts the guest only for values that put something behind a pointer. */
function lateSink(machine: Machine): Sink {
  let sink: EncodeSink | undefined;
  const get = (): EncodeSink => (sink ??= new EncodeSink(machine.guest));
  return {
    get shared() {
      return get().shared;
    },
    pointerBytes: machine.registry.pointerBytes,
    allocate: (bytes) => get().allocate(bytes),
    addressAt: (at) => get().addressAt(at),
    lend: (bytes, swapped, directions) => get().lend(bytes, swapped, directions),
    callback: () => get().callback(),
    afterwards: () => undefined,
  };
}
