// What makes types: pointer, array, opaque, enumeration, alias, disposable, proto.
import { needArguments, refuse, wrongType } from '../errors.ts';
import { typedHint } from './primitives.ts';
import { type Parsed, parseClassic, parseText } from './prototype.ts';
import { isObject } from './records.ts';
import type { Specifiers } from './specifier.ts';
import { anonymousName, type Dispose, type Hint, type Prototype, Type } from './type.ts';
import { describeValue } from './value-names.ts';

/** The arguments behind a name, and the name: null and undefined leave it out. */
function behindName(args: readonly unknown[], isGiven: boolean): { name: string | null; rest: readonly unknown[] } {
  if (!isGiven) return { name: null, rest: args };
  const [name, ...rest] = args;
  if (name === null || name === undefined) return { name: null, rest };
  if (typeof name !== 'string') return wrongType(`Unexpected ${describeValue(name)} value for name, expected string`);
  return { name, rest };
}

export function makeOpaque(specifiers: Specifiers, args: readonly unknown[]): Type {
  const { name } = behindName(args, args.length > 0);
  const type = new Type({ name: name ?? anonymousName(), primitive: 'Void', size: 0, alignment: 0 });
  if (name !== null) specifiers.registry.add(name, type);
  return type;
}

export function makePointer(specifiers: Specifiers, args: readonly unknown[]): Type {
  needArguments(args, 1, '1 to 3 arguments');
  const { name, rest } = behindName(args, args.length > 1 && typeof args[1] !== 'number');
  const target = specifiers.resolve(rest[0]);
  const countedBy = typeof rest[1] === 'string' ? rest[1] : null;
  const stars = countedBy === null && rest.length > 1 ? starsOf(rest[1]) : 1;
  const type = Array.from({ length: stars }).reduce<Type>((inner) => specifiers.registry.pointerTo(inner), target);
  if (name === null && countedBy === null) return type;
  const own = type.with({ name: name ?? type.name, countedBy: countedBy ?? type.countedBy });
  if (name !== null) specifiers.registry.add(name, own);
  return own;
}

function starsOf(wanted: unknown): number {
  if (typeof wanted !== 'number') {
    return wrongType(`Unexpected ${describeValue(wanted)} value for count, expected number`);
  }
  const stars = wanted | 0;
  return stars >= 1 && stars <= 4 ? stars : wrongType('Value of count must be between 1 and 4');
}

export function makeArray(specifiers: Specifiers, args: readonly unknown[]): Type {
  needArguments(args, 2, '2 to 4 arguments');
  const { registry } = specifiers;
  const [, second, third] = args;
  const element = specifiers.resolve(args[0]);
  const countedBy = args.length > 2 && typeof second === 'string' ? second : null;
  const [wanted, hint] = countedBy === null ? [second, third] : [third, args[3]];
  if (typeof wanted !== 'number') {
    if (args.length === 2 && typeof second === 'string') wrongType('Missing maxLen argument');
    const which = countedBy === null ? 'len' : 'maxLen';
    return wrongType(`Unexpected ${describeValue(second)} value for ${which}, expected integer`);
  }
  const length = Math.trunc(wanted);
  if (!(length > 0)) wrongType('Array length must be positive and non-zero');
  const most = Math.floor(registry.maxTypeSize / element.size);
  if (length > most) wrongType(`Array length is too high (max = ${most.toString()})`);
  const shared = hint === null || hint === undefined;
  const type = registry.arrayOf(element, length, shared ? element.hint : hintNamed(element, hint, third), shared);
  // Even where the type is shared: koffi marks the one that everybody has.
  if (countedBy !== null) type.countedBy = countedBy;
  return type;
}

function hintNamed(element: Type, hint: unknown, shown: unknown): Hint {
  if (typeof hint !== 'string') return wrongType(`Unexpected ${describeValue(shown)} value for hint, expected string`);
  switch (hint) {
    case 'Typed':
    case 'typed':
    case 'Buffer':
    case 'buffer': {
      const word = hint.toLowerCase() === 'typed' ? 'Typed' : 'Buffer';
      if (element.hint === 'Array') refuse(`Array hint '${word}' cannot be used with type ${element.name}`);
      return word === 'Buffer' ? 'Buffer' : typedHint(element.primitive);
    }
    case 'Array':
    case 'array':
      return 'Array';
    case 'String':
    case 'string':
      if (element.primitive === 'Int8') return 'String8';
      if (element.primitive === 'Int16') return 'String16';
      if (element.primitive === 'Int32') return 'String32';
      return refuse("Array hint 'String' can only be used with 8, 16 and 32-bit signed integer types");
    default:
      return refuse("Array conversion hint must be 'Typed', 'Array' or 'String'");
  }
}

export function makeEnumeration(specifiers: Specifiers, args: readonly unknown[]): Type {
  needArguments(args, 1, '1 or 2 arguments');
  const [first] = args;
  const isNamed = args.length > 1 && !(typeof first === 'object' && first !== null);
  if (isNamed && typeof first !== 'string') {
    wrongType(`Unexpected ${describeValue(first)} value for name, expected string`);
  }
  const [definition, wanted] = isNamed ? args.slice(1) : args;
  if (!isObject(definition)) {
    return wrongType(`Unexpected ${describeValue(args[1])} value for values, expected object`);
  }
  const name = isNamed ? (first as string) : anonymousName();
  let type: Type;
  if (wanted !== null && wanted !== undefined) {
    const storage = specifiers.resolve(wanted);
    if (!storage.isInteger) wrongType('Expected integer type for underlying enum storage type');
    const { primitive, size, alignment } = storage;
    // koffi gives enumerations with a storage type of their own no values.
    type = new Type({ name, primitive, size, alignment, values: {} });
  } else {
    const values = Object.fromEntries(
      Object.entries(definition).map(([key, value]) => [key, enumValue(value, args[0])]),
    );
    type = new Type({ name, primitive: 'Int32', size: 4, alignment: 4, values });
  }
  if (isNamed) specifiers.registry.add(name, type);
  return type;
}

function enumValue(value: unknown, shown: unknown): number | bigint {
  if (typeof value !== 'number' && typeof value !== 'bigint') {
    return wrongType(`Unexpected ${describeValue(shown)} value for enumeration value, expected number`);
  }
  if (!(Math.abs(Number(value)) < 2 ** 63)) refuse('Cannot find storage type wide enough for enum values');
  const whole = typeof value === 'bigint' ? value : BigInt(Math.trunc(value));
  if (BigInt.asIntN(32, whole) !== whole) refuse('Cannot find storage type wide enough for enum values');
  return value;
}

export function makeAlias(specifiers: Specifiers, args: readonly unknown[]): Type {
  needArguments(args, 2, '2 arguments');
  const [name, target] = args;
  if (typeof name !== 'string') return wrongType(`Unexpected ${describeValue(name)} value for name, expected string`);
  const type = specifiers.resolve(target);
  specifiers.registry.add(name, type);
  return type;
}

/** Pointers and strings, of which an address is left to do something with. */
export function needPointer(type: Type): void {
  if (type.primitive !== 'Pointer' && !type.isString) {
    wrongType(`Unexpected ${type.name} type, expected pointer or string type`);
  }
}

/** @param free what gives back memory by default; @param toPointer what a program's own function is given */
export function makeDisposable(
  specifiers: Specifiers,
  args: readonly unknown[],
  free: Dispose,
  own: (callback: (pointer: unknown) => unknown) => Dispose,
): Type {
  needArguments(args, 1, '1 or 2 arguments');
  const { name, rest } = behindName(args, args.length > 1 && typeof args[1] !== 'function');
  const [wanted, given] = rest;
  const source = specifiers.resolve(wanted);
  needPointer(source);
  if (source.dispose) wrongType(`Cannot use disposable type '${source.name}' to create new disposable`);
  if (given !== null && given !== undefined && typeof given !== 'function') {
    wrongType(`Unexpected ${describeValue(given)} value for func, expected function`);
  }
  const dispose = typeof given === 'function' ? own(given as (pointer: unknown) => unknown) : free;
  const type = source.with({ name: name ?? anonymousName(), dispose });
  if (name !== null) {
    if (specifiers.registry.find(name)) refuse(`Duplicate type name '${name}'`);
    specifiers.registry.cache(name, type);
  }
  return type;
}

export function makeProto(specifiers: Specifiers, args: readonly unknown[]): Type {
  needArguments(args, 1, '1 to 4 arguments');
  const parsed = parseAny(specifiers, args, false);
  if (!parsed.variadic && parsed.convention !== '__cdecl' && parsed.convention !== '__stdcall') {
    refuse('Only Cdecl and Stdcall callbacks are supported');
  }
  const prototype: Prototype = { ...parsed, name: parsed.name ?? anonymousName() };
  const { pointerBytes } = specifiers.registry;
  const { name } = prototype;
  if (parsed.name !== null && specifiers.registry.find(name)) refuse(`Duplicate type name '${name}'`);
  const type = new Type({ name, primitive: 'Prototype', size: pointerBytes, alignment: pointerBytes, prototype });
  specifiers.registry.cache(name, type);
  return type;
}

/** Both forms of a declaration. */
export function parseAny(specifiers: Specifiers, args: readonly unknown[], concrete: boolean): Parsed {
  if (args.length >= 2) return parseClassic(specifiers, args, concrete);
  const [text] = args;
  if (typeof text !== 'string') {
    return wrongType(`Unexpected ${describeValue(text)} value for prototype, expected string`);
  }
  return parseText(specifiers, text, concrete);
}
