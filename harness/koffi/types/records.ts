// koffi.struct(), pack() and union(). Offsets are worked out here: koffi lets each member say its alignment, also a lower one than its
// type has, for which C has no words, and so the core's layouts have none.
import { needArguments, refuse, wrongType } from '../errors.ts';
import { isName } from './registry.ts';
import type { Specifiers } from './specifier.ts';
import { anonymousName, type Member, Type, typeBehind } from './type.ts';
import { describeValue } from './value-names.ts';

export type RecordKind = 'struct' | 'pack' | 'union';

/** A plain object, as koffi takes one: not null, and no array. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function makeRecord(specifiers: Specifiers, kind: RecordKind, args: readonly unknown[]): Type {
  needArguments(args, 1, '1 or 2 arguments');
  const [first] = args;
  const definition = args.length > 1 ? args[1] : first;
  const named = args.length > 1 && first !== null && first !== undefined;
  const replaced = named && typeof first === 'object' ? typeBehind(first) : undefined;
  if (named && typeof first !== 'string' && !replaced) {
    wrongType(`Unexpected ${describeValue(first)} value for name, expected string`);
  }
  if (!isObject(definition)) {
    return wrongType(`Unexpected ${describeValue(args[1])} value for members, expected object`);
  }
  if (replaced && (replaced.primitive !== 'Void' || replaced === specifiers.registry.void)) {
    wrongType(`Cannot redefine non-opaque type ${replaced.name}`);
  }
  const name = replaced?.name ?? (named ? (first as string) : anonymousName());
  const type = new Type({ name, primitive: 'Void', size: 0, alignment: 1 });
  const before = specifiers.registry.size;
  if (named && !replaced) specifiers.registry.add(name, type);
  try {
    type.become(kind === 'union' ? union(specifiers, type, definition) : struct(specifiers, type, definition, kind));
  } catch (error) {
    specifiers.registry.rollBack(before);
    throw error;
  }
  if (!replaced) return type;
  replaced.become(type);
  return replaced;
}

interface Entry {
  readonly name: string;
  readonly type: Type;
  /** What the definition asks for, or 0. */
  readonly alignment: number;
}

function entries(specifiers: Specifiers, definition: Record<string, unknown>, check: (entry: Entry) => void): void {
  for (const [name, value] of Object.entries(definition)) {
    let specifier: unknown = value;
    let alignment = 0;
    if (Array.isArray(value)) {
      const [wanted, wrapped] = value as unknown[];
      if (value.length !== 2 || typeof wanted !== 'number') {
        return refuse('Member specifier array must contain alignement value and type');
      }
      alignment = Math.trunc(wanted);
      if (![1, 2, 4, 8].includes(alignment)) refuse(`Alignment of member '${name}' must be 1, 2, 4 or 8`);
      specifier = wrapped;
    }
    const type = specifiers.resolve(specifier);
    const canStore =
      type.size > 0 &&
      type.primitive !== 'Prototype' &&
      !(type.primitive === 'Callback' && type.prototype?.variadic === true);
    if (!canStore) wrongType(`Type ${type.name} cannot be used as a member (maybe try ${type.name} *)`);
    check({ name, type, alignment });
  }
}

const roundUp = (value: number, to: number): number => Math.ceil(value / to) * to;

function struct(specifiers: Specifiers, whole: Type, definition: Record<string, unknown>, kind: RecordKind): Type {
  const members: Member[] = [];
  let size = 0;
  let alignment = 1;
  entries(specifiers, definition, ({ name, type, alignment: wanted }) => {
    const aligned = wanted || (kind === 'struct' ? type.alignment : 1);
    const offset = roundUp(size, aligned);
    size = offset + type.size;
    alignment = Math.max(alignment, aligned);
    if (size > specifiers.registry.maxTypeSize) {
      refuse(`Struct '${whole.name}' size is too high (max = ${memorySize(size)})`);
    }
    if (name === '_') return;
    if (!isName(name)) refuse(`Invalid member name '${name}'`);
    members.push({ name, type, offset, countedBy: null });
  });
  const counted = members.map((member, index) => withCount(whole, members, member, index));
  return finished(whole, 'Record', roundUp(size, alignment), alignment, counted);
}

function withCount(whole: Type, members: readonly Member[], member: Member, index: number): Member {
  const { countedBy } = member.type;
  if (countedBy === null) return member;
  const counter = members.find(({ name }) => name === countedBy);
  if (!counter) return refuse(`Record type ${whole.name} does not have member '${countedBy}'`);
  if (!counter.type.isInteger) refuse(`Dynamic length member ${countedBy} is not an integer`);
  if (member.type.primitive === 'Array' && index < members.length - 1) {
    refuse(`Flexible array '${member.name}' is not the last member of struct`);
  }
  return { ...member, countedBy: counter };
}

function union(specifiers: Specifiers, whole: Type, definition: Record<string, unknown>): Type {
  const members: Member[] = [];
  let size = 0;
  let alignment = 1;
  entries(specifiers, definition, ({ name, type, alignment: wanted }) => {
    if (type.countedBy !== null) wrongType('Cannot use dynamic-length array or pointer inside of union');
    size = Math.max(size, type.size);
    alignment = Math.max(alignment, wanted || type.alignment);
    if (name === '_') return;
    if (!isName(name)) refuse(`Invalid member name '${name}'`);
    members.push({ name, type, offset: 0, countedBy: null });
  });
  return finished(whole, 'Union', roundUp(size, alignment), alignment, members);
}

function finished(
  whole: Type,
  primitive: 'Record' | 'Union',
  size: number,
  alignment: number,
  members: readonly Member[],
): Type {
  if (size === 0) refuse(`Empty type '${whole.name}' is not allowed in C`);
  return new Type({ name: whole.name, primitive, size, alignment, members });
}

/** `1.5 MiB`, as koffi writes sizes. */
export function memorySize(bytes: number): string {
  const [unit, factor] =
    bytes >= 2 ** 20 ? (['MiB', 2 ** 20] as const) : bytes >= 1024 ? (['kiB', 1024] as const) : (['B', 1] as const);
  return `${Number((bytes / factor).toPrecision(4)).toString()} ${unit}`;
}
