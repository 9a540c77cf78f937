// koffi.struct() and its relatives.
import { deprecate } from 'node:util';
import { needArguments, wrongType } from '../errors.ts';
import type { Machine } from '../machine.ts';
import {
  makeAlias,
  makeArray,
  makeDisposable,
  makeEnumeration,
  makeOpaque,
  makePointer,
  makeProto,
  needPointer,
} from '../types/make.ts';
import { makeRecord, type RecordKind } from '../types/records.ts';
import { DirectionMarker } from '../types/direction-marker.ts';
import type { Directions, Type } from '../types/type.ts';
import { describeValue } from '../types/value-names.ts';
import { pointerValue } from '../values/memory.ts';
import { unionConstructor } from '../values/union.ts';

type Call = (...args: unknown[]) => unknown;

export function typeFunctions(machine: Machine): Record<string, unknown> {
  const { specifiers, registry, converters } = machine;
  const record =
    (kind: RecordKind): Call =>
    (...args) =>
      makeRecord(specifiers, kind, args).object;
  const making =
    (make: (each: typeof specifiers, args: readonly unknown[]) => Type): Call =>
    (...args) =>
      make(specifiers, args).object;
  const marking =
    (directions: Directions): Call =>
    (...args) => {
      needArguments(args, 1, '1 argument');
      const type = specifiers.resolve(args[0]);
      needPointer(type);
      return new DirectionMarker(type, directions);
    };
  const asking =
    (answer: (type: Type) => unknown): Call =>
    (...args) => {
      needArguments(args, 1, '1 argument');
      return answer(specifiers.resolve(args[0]));
    };
  const type = asking((each) => each.object);
  const freeByDefault = (address: bigint): void => {
    machine.free(address);
    machine.disposed++;
  };
  return {
    struct: record('struct'),
    pack: record('pack'),
    union: record('union'),
    Union: unionConstructor((each) => specifiers.resolve(each), converters.decoders),
    opaque: making(makeOpaque),
    pointer: making(makePointer),
    array: making(makeArray),
    enumeration: making(makeEnumeration),
    alias: making(makeAlias),
    proto: making(makeProto),
    disposable: making((each, args) =>
      makeDisposable(each, args, freeByDefault, (own) => (address) => {
        try {
          own(pointerValue(address));
        } finally {
          machine.disposed++;
        }
      }),
    ),
    in: marking(1),
    out: marking(2),
    inout: marking(3),
    type,
    sizeof: asking((each) => each.size),
    alignof: asking((each) => each.alignment),
    offsetof: (...args: unknown[]) => offsetOf(machine, args),
    resolve: deprecate(type, 'koffi.resolve() is deprecated, use koffi.type()', 'KOFFI007'),
    introspect: deprecate(type, 'koffi.introspect() is deprecated, use koffi.type()', 'KOFFI008'),
    types: registry.publicTypes(),
  };
}

function offsetOf({ specifiers }: Machine, args: readonly unknown[]): number {
  needArguments(args, 2, '2 arguments');
  const type = specifiers.resolve(args[0]);
  if (type.primitive !== 'Record') wrongType('The offsetof() function can only be used with record types');
  const [, name] = args;
  if (typeof name !== 'string') return wrongType(`Unexpected ${describeValue(name)} value for member, expected string`);
  const member = type.members.find((each) => each.name === name);
  return member?.offset ?? wrongType(`Record type ${type.name} does not have member '${name}'`);
}
