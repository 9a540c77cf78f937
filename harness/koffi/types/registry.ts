// The types of this process by name, as koffi keeps them: one flat map that reset() empties.
import { refuse } from '../errors.ts';
import { primitiveTypes } from './primitives.ts';
import { Type } from './type.ts';

const NAME = /^[A-Za-z_]\w*$/;

/** Whether koffi takes this as the name of a type or member. */
export function isName(name: string): boolean {
  return NAME.test(name);
}

export class Registry {
  readonly pointerBytes: 4 | 8;
  readonly void: Type;
  /** What koffi calls a string, by bytes of its units. */
  readonly strings: Readonly<Record<1 | 2 | 4, Type>>;
  /** Most bytes of a type. */
  maxTypeSize = 64 << 20;
  private readonly base: ReadonlyMap<string, Type>;
  private types: Map<string, Type>;

  constructor(pointerBytes: 4 | 8) {
    this.pointerBytes = pointerBytes;
    this.base = primitiveTypes(pointerBytes);
    this.types = new Map(this.base);
    this.void = this.primitive('void');
    this.strings = { 1: this.primitive('str'), 2: this.primitive('str16'), 4: this.primitive('str32') };
  }

  /** One of the types that exist from the start. */
  primitive(name: string): Type {
    return this.base.get(name) ?? refuse(`${name} is no type of koffi's`);
  }

  find(name: string): Type | undefined {
    return this.types.get(name);
  }

  /** Remembers what a specifier means; names that stand already keep their meaning. */
  cache(specifier: string, type: Type): void {
    if (!this.types.has(specifier)) this.types.set(specifier, type);
  }

  /** Gives a type a name that no other has. */
  add(name: string, type: Type): void {
    if (!isName(name)) refuse(`Invalid type name '${name}'`);
    if (this.types.has(name)) refuse(`Duplicate type name '${name}'`);
    this.types.set(name, type);
  }

  /** How many names there are. */
  get size(): number {
    return this.types.size;
  }

  /** Forgets the names that came after there were `size` of them: their declaration has failed. */
  rollBack(size: number): void {
    for (const name of [...this.types.keys()].slice(size)) this.types.delete(name);
  }

  /** Forgets all but the types from the start. */
  reset(): void {
    this.types = new Map(this.base);
  }

  /** `koffi.types`: without the names that end in a star. */
  publicTypes(): Record<string, object> {
    const entries = [...this.base].filter(([name]) => !name.endsWith('*'));
    return Object.fromEntries(entries.map(([name, type]) => [name, type.object]));
  }

  /** The type of pointers to `target`; there is one for each name. */
  pointerTo(target: Type): Type {
    const name = `${target.name}${target.name.endsWith('*') ? '' : ' '}*`;
    const known = this.types.get(name);
    if (known) return known;
    const bytes = this.pointerBytes;
    const type =
      target.primitive === 'Prototype' && target.prototype
        ? new Type({
            name,
            primitive: 'Callback',
            size: bytes,
            alignment: bytes,
            ref: this.void,
            prototype: target.prototype,
          })
        : new Type({ name, primitive: 'Pointer', size: bytes, alignment: bytes, ref: target, hint: target.hint });
    this.types.set(name, type);
    return type;
  }

  /** The type of arrays; those without a hint of their own are one for each name. */
  arrayOf(element: Type, length: number, hint = element.hint, shared = true): Type {
    const name = `${element.name}[${length.toString()}]`;
    const known = shared ? this.types.get(name) : undefined;
    if (known) return known;
    const { alignment, size } = element;
    const type = new Type({ name, primitive: 'Array', size: length * size, alignment, ref: element, hint });
    if (shared) this.types.set(name, type);
    return type;
  }
}
