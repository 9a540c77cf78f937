// Addresses, memory that stays, views, callbacks that stay.
import koffiOfHost from 'koffi';
import { makeFunction } from '../calls/function.ts';
import { rememberBuffer } from '../calls/known-buffers.ts';
import { KoffiUnsupportedError, needArguments, refuse, wrongType } from '../errors.ts';
import type { Machine } from '../machine.ts';
import { memorySize } from '../types/records.ts';
import type { Prototype } from '../types/type.ts';
import { describeValue } from '../types/value-names.ts';
import { Cast } from '../values/cast.ts';
import { wholeNumber } from '../values/numbers.ts';
import { placeOf, type Place } from './places.ts';

type Callback = (...args: unknown[]) => unknown;

const LARGEST = 0x7fff_ffff;

export function memoryFunctions(machine: Machine): Record<string, unknown> {
  return {
    as: (...args: unknown[]) => cast(machine, args),
    address: (...args: unknown[]) => {
      needArguments(args, 1, '1 argument');
      return addressIn(machine, placeOf(args[0], 'ptr'));
    },
    call: (...args: unknown[]) => call(machine, args),
    view: (...args: unknown[]) => view(machine, args),
    alloc: (...args: unknown[]) => alloc(machine, args),
    free: (...args: unknown[]) => {
      needArguments(args, 1, '1 argument');
      const { address } = placeOf(args[0], 'ptr');
      if (address === null) refuse('Cannot free memory of JavaScript');
      else if (address !== 0n) machine.free(address);
    },
    register: (...args: unknown[]) => register(machine, args),
    unregister: (...args: unknown[]) => {
      unregister(machine, args);
    },
  };
}

function cast({ specifiers }: Machine, args: readonly unknown[]): Cast {
  needArguments(args, 2, '2 arguments');
  const type = specifiers.resolve(args[1]);
  if (type.primitive !== 'Pointer' && type.primitive !== 'Callback' && !type.isString) {
    wrongType('Only pointer or string types can be used for casting');
  }
  return new Cast(args[0], type);
}

function addressIn(machine: Machine, place: Place): bigint {
  if (place.address !== null) return place.address;
  const { buffer, byteOffset } = place.bytes;
  return machine.running.pins.addressOf(buffer) + BigInt(byteOffset);
}

function call(machine: Machine, args: readonly unknown[]): unknown {
  needArguments(args, 2, '2 or more arguments');
  const place = placeOf(args[0], 'ptr');
  const type = machine.specifiers.resolve(args[1]);
  if (type.primitive !== 'Prototype' || !type.prototype) {
    return wrongType(`Unexpected ${describeValue(args[1])} value for type, expected function type`);
  }
  if (place.address === null) return refuse('Cannot call memory of JavaScript');
  let caller = callers.get(type.prototype);
  if (!caller) {
    const made = { at: 0n, invoke: (): unknown => undefined };
    const target = { name: type.name, address: () => made.at };
    made.invoke = makeFunction(() => machine.running, type.prototype, target);
    caller = made;
    callers.set(type.prototype, caller);
  }
  caller.at = place.address;
  return caller.invoke(...args.slice(2));
}

/** How koffi.call() calls functions of a prototype: worked out once, for whatever address comes. */
const callers = new WeakMap<Prototype, { at: bigint; invoke: Callback }>();

function view(machine: Machine, args: readonly unknown[]): ArrayBuffer {
  needArguments(args, 2, '2 arguments');
  const place = placeOf(args[0], 'ptr');
  const length = wholeNumber(args[1]);
  if (length === undefined) {
    return wrongType(`Unexpected ${describeValue(args[1])} value for length, expected integer`);
  }
  if (length < 0) return wrongType('Array length must be positive and non-zero');
  if (length === 0) return new ArrayBuffer(0);
  if (place.bytes) return koffiOfHost.view(place.bytes, length);
  const { session } = machine.guest;
  const offset = Number(place.address) - session.base;
  if (offset < 0 || offset + length > session.capacity) {
    const at = `0x${place.address.toString(16)}`;
    throw new KoffiUnsupportedError('view', `A view of the ${length.toString()} bytes at ${at}`);
  }
  const buffer = koffiOfHost.view(koffiOfHost.address(session.bytes) + BigInt(offset), length);
  rememberBuffer(buffer, place.address);
  return buffer;
}

function alloc(machine: Machine, args: readonly unknown[]): bigint {
  needArguments(args, 2, '2 arguments');
  const type = machine.specifiers.resolve(args[0]);
  if (type.size === 0) wrongType(`Cannot allocate memory for zero-sized type ${type.name}`);
  const length = wholeNumber(args[1]);
  if (length === undefined) {
    return wrongType(`Unexpected ${describeValue(args[1])} value for length, expected number`);
  }
  if (length <= 0) refuse('Size must be greater than 0');
  const most = Math.floor(LARGEST / type.size);
  if (length > most) refuse(`Cannot allocate more than ${most.toString()} objects of type ${type.name}`);
  const bytes = length * type.size;
  try {
    return machine.allocations.allocate(bytes);
  } catch (cause) {
    throw new Error(`Failed to allocate ${memorySize(bytes)} of memory`, { cause });
  }
}

function register(machine: Machine, all: readonly unknown[]): bigint {
  let args = all;
  if (args.length >= 3 && typeof args[1] === 'function') {
    const [self, callback, ...rest] = args;
    process.emitWarning('koffi.register() with a value for this is deprecated, use Function.bind()', {
      type: 'DeprecationWarning',
      code: 'KOFFI009',
    });
    args = [(callback as Callback).bind(self), ...rest];
  }
  needArguments(args, 2, '2 arguments');
  const [callback] = args;
  if (typeof callback !== 'function') {
    return wrongType(`Unexpected ${describeValue(callback)} value for func, expected function`);
  }
  const type = machine.specifiers.resolve(args[1]);
  if (type.primitive !== 'Callback' || !type.prototype) {
    return wrongType(`Unexpected ${type.name} type, expected <callback> * type`);
  }
  return machine.running.callbacks.register(type.prototype, callback as Callback);
}

function unregister(machine: Machine, args: readonly unknown[]): void {
  needArguments(args, 1, '1 argument');
  let place: Place;
  try {
    place = placeOf(args[0], 'id');
  } catch {
    return wrongType(`Unexpected ${describeValue(args[0])} value for id, expected registered callback`);
  }
  if (place.address === null) refuse('Could not find matching registered callback');
  else machine.running.callbacks.unregister(place.address);
}
