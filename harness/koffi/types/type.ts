// Types as koffi has them: what a declaration makes, and the objects that programs see.
import { refuse } from '../errors.ts';

export type Primitive =
  | 'Void'
  | 'Bool'
  | `${'Int' | 'UInt'}8`
  | `${'Int' | 'UInt'}${16 | 32 | 64}${'' | 'S'}`
  | `String${'' | '16' | '32'}`
  | 'Pointer'
  | 'Record'
  | 'Union'
  | 'Array'
  | 'Float32'
  | 'Float64'
  | 'Prototype'
  | 'Callback';

export type TypedArrayName =
  `${'Int' | 'Uint'}${8 | 16 | 32}Array` | `Big${'Int' | 'Uint'}64Array` | `Float${32 | 64}Array`;

/** What arrays of a type become in JavaScript. */
export type Hint = 'Array' | 'Buffer' | `String${8 | 16 | 32}` | TypedArrayName;

/** How arguments travel; only x86 has more than one way. */
export type Convention = '__cdecl' | '__stdcall' | '__fastcall' | '__thiscall';

/** 1 in, 2 out, 3 both. */
export type Directions = 1 | 2 | 3;

export interface Parameter {
  readonly type: Type;
  readonly directions: Directions;
}

export interface Prototype {
  readonly name: string;
  readonly convention: Convention;
  readonly result: Type;
  readonly parameters: readonly Parameter[];
  readonly variadic: boolean;
}

export interface Member {
  readonly name: string;
  readonly type: Type;
  readonly offset: number;
  /** The member that counts this one's elements. */
  readonly countedBy: Member | null;
}

/** Gives back memory that was converted. */
export type Dispose = (address: bigint) => void;

interface Shape {
  readonly name: string;
  readonly primitive: Primitive;
  readonly size: number;
  readonly alignment: number;
  readonly hint?: Hint;
  readonly ref?: Type;
  readonly members?: readonly Member[];
  readonly prototype?: Prototype;
  readonly countedBy?: string | null;
  readonly dispose?: Dispose | null;
  readonly values?: Readonly<Record<string, number | bigint>>;
}

let made = 0;

/** Name of a type that has none. */
export function anonymousName(): string {
  return `<anonymous_${(made + 1).toString()}>`;
}

/** One type. An opaque one can become a record later, so it is not constant. */
export class Type {
  name: string;
  primitive: Primitive;
  size: number;
  alignment: number;
  hint: Hint;
  ref: Type | null;
  members: readonly Member[];
  prototype: Prototype | null;
  countedBy: string | null;
  dispose: Dispose | null;
  values: Readonly<Record<string, number | bigint>> | null;
  /** What later parts have worked out for this type: converters, the class of a union. */
  readonly derived = new Map<symbol, unknown>();
  private wrapper: TypeObject | undefined;

  constructor(shape: Shape) {
    made++;
    this.name = shape.name;
    this.primitive = shape.primitive;
    this.size = shape.size;
    this.alignment = shape.alignment;
    this.hint = shape.hint ?? 'Array';
    this.ref = shape.ref ?? null;
    this.members = shape.members ?? [];
    this.prototype = shape.prototype ?? null;
    this.countedBy = shape.countedBy ?? null;
    this.dispose = shape.dispose ?? null;
    this.values = shape.values ?? null;
  }

  /** Another type that differs in some respects. */
  with(changes: Partial<Shape>): Type {
    const { name, primitive, size, alignment, hint, members, countedBy, dispose } = this;
    return new Type({
      ...{ name, primitive, size, alignment, hint, members, countedBy, dispose },
      ...(this.ref && { ref: this.ref }),
      ...(this.prototype && { prototype: this.prototype }),
      ...changes,
    });
  }

  /** Makes this type what `other` is: an opaque one that is declared at last. */
  become(other: Type): void {
    this.primitive = other.primitive;
    this.size = other.size;
    this.alignment = other.alignment;
    this.members = other.members;
    this.derived.clear();
    this.wrapper = undefined;
  }

  /** What programs see. */
  get object(): TypeObject {
    this.wrapper ??= new TypeObject(KEY, this);
    return this.wrapper;
  }

  get isAggregate(): boolean {
    return this.primitive === 'Record' || this.primitive === 'Union';
  }

  get isInteger(): boolean {
    return /^U?Int/.test(this.primitive);
  }

  get isString(): boolean {
    return this.primitive.startsWith('String');
  }
}

const KEY = Symbol('type objects are made by koffi');
const behind = new WeakMap<object, Type>();

/** Describes a type to programs. */
export class TypeObject {
  declare readonly name: string;
  declare readonly primitive: Primitive;
  declare readonly size: number;
  declare readonly alignment: number;
  declare readonly disposable: boolean;

  constructor(key: unknown, type: Type) {
    if (key !== KEY) refuse('Type objects cannot be constructed manually');
    behind.set(this, type);
    const { name, primitive, size, alignment } = type;
    Object.assign(this, { name, primitive, size, alignment, disposable: type.dispose !== null });
    // Types that point to themselves meet this object while it is being filled.
    queueDetails(this, type);
  }
}

/** The type behind a type object. */
export function typeBehind(value: object): Type | undefined {
  return behind.get(value);
}

const pending: (() => void)[] = [];
let filling = false;

/** What refers to other types is filled in once the objects exist. */
function queueDetails(object: TypeObject, type: Type): void {
  pending.push(() => {
    Object.assign(object, detailsOf(type));
    Object.freeze(object);
  });
  if (filling) return;
  filling = true;
  try {
    for (let next = pending.shift(); next; next = pending.shift()) next();
  } finally {
    filling = false;
  }
}

const HINT_NAMES: Readonly<Partial<Record<Hint, string>>> = {
  Array: 'Array',
  Buffer: 'Buffer',
  String8: 'String',
  String16: 'String',
  String32: 'String',
};

function detailsOf(type: Type): object {
  switch (type.primitive) {
    case 'Array':
      return {
        length: type.ref ? type.size / type.ref.size : 0,
        hint: HINT_NAMES[type.hint] ?? 'Typed',
        ref: type.ref?.object,
      };
    case 'Pointer':
      return { ref: type.ref?.object };
    case 'Record':
    case 'Union':
      return { members: membersOf(type) };
    case 'Prototype':
    case 'Callback':
      return { proto: type.prototype && describePrototype(type.prototype) };
    default:
      return type.values ? { values: type.values } : {};
  }
}

function membersOf(type: Type): object {
  const members: Record<string, object> = {};
  for (const { name, type: member, offset } of type.members) members[name] = { name, type: member.object, offset };
  return Object.freeze(members);
}

const DIRECTION_NAMES = { 1: 'Input', 2: 'Output', 3: 'Input/Output' } as const;

/** What `info` of a function and `proto` of a type say. */
export function describePrototype({ name, parameters, result }: Prototype, shownName = name): object {
  return Object.freeze({
    name: shownName,
    arguments: parameters.map(({ type, directions }) => ({
      type: type.object,
      direction: DIRECTION_NAMES[directions],
    })),
    result: result.object,
  });
}
