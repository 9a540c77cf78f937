// Type specifiers: `const char *`, `Pair *[4]`, `str!`, `_Out_ int *`, or a type object.
import { refuse, wrongType } from '../errors.ts';
import { DirectionMarker } from './direction-marker.ts';
import type { Registry } from './registry.ts';
import type { Type } from './type.ts';
import { anonymousName, type Directions, typeBehind } from './type.ts';
import { describeValue } from './value-names.ts';

const MAX_INDIRECTIONS = 8;
const DIRECTIONS: Readonly<Record<string, Directions>> = { _In_: 1, _Out_: 2, _Inout_: 3 };

/** The direction that a word stands for. */
export function directionNamed(word: string): Directions | undefined {
  return DIRECTIONS[word];
}

/** Gives back memory that was converted, where nobody says how. */
export interface Freeing {
  readonly free: (address: bigint) => void;
}

export class Specifiers {
  readonly registry: Registry;
  private readonly freeing: Freeing;

  constructor(registry: Registry, freeing: Freeing) {
    this.registry = registry;
    this.freeing = freeing;
  }

  /** The type that a specifier means. */
  resolve(specifier: unknown): Type {
    return this.resolveParameter(specifier, false).type;
  }

  /** The same for a parameter, which may have a direction. */
  resolveParameter(specifier: unknown, mayHaveDirection = true): { type: Type; directions: Directions } {
    if (typeof specifier === 'string') return this.resolveText(specifier, mayHaveDirection);
    if (specifier instanceof DirectionMarker) return DirectionMarker.read(specifier);
    const type = typeof specifier === 'object' && specifier !== null ? typeBehind(specifier) : undefined;
    if (type) return { type, directions: 1 };
    return wrongType(`Unexpected ${describeValue(specifier)} value as type specifier, expected string or type`);
  }

  private resolveText(specifier: string, mayHaveDirection: boolean): { type: Type; directions: Directions } {
    const known = this.registry.find(specifier);
    if (known) return { type: known, directions: 1 };
    let rest = specifier;
    let directions: Directions = 1;
    const word = mayHaveDirection ? /^[A-Za-z_]\w*/.exec(specifier)?.[0] : undefined;
    const named = word === undefined ? undefined : directionNamed(word);
    if (named && word !== undefined) {
      directions = named;
      rest = specifier.slice(word.length).trimStart();
    }
    const type = this.find(rest) ?? wrongType(`Unknown or invalid type name '${specifier}'`);
    this.registry.cache(rest, type);
    return { type, directions };
  }

  /** The type that a text means, or undefined when it begins with no known name. */
  find(text: string): Type | undefined {
    const bare = text.trimStart().replace(/^(?:const(?!\w)\s*)+/, '');
    const name = /^(?:[A-Za-z_]\w*\s*)*/.exec(bare)?.[0] ?? '';
    const steps = parseSuffix(bare.slice(name.length));
    const found = this.registry.find(name.trim()) ?? this.registry.find(name.trim().replace(/\s+/g, ' '));
    if (!found) return undefined;
    let type: Type = found;
    for (const step of steps) type = this.apply(type, step);
    return type;
  }

  private apply(type: Type, step: number | '!'): Type {
    const { registry } = this;
    if (step === '!') return this.disposable(type, 'Cannot create disposable type for non-pointer');
    if (step === 0) return registry.pointerTo(type);
    if (type.primitive === 'Void') wrongType('Cannot make array of empty or incomplete type');
    const most = Math.floor(registry.maxTypeSize / type.size);
    if (step > most) wrongType(`Array length is too high (max = ${most.toString()})`);
    return registry.arrayOf(type, step);
  }

  private disposable(type: Type, refusal: string): Type {
    if (type.primitive !== 'Pointer' && !type.isString) refuse(refusal);
    return type.with({ name: anonymousName(), dispose: this.freeing.free });
  }
}

/** What stands behind the name: 0 for a pointer, a length for an array, `!` for disposable. */
function parseSuffix(suffix: string): (number | '!')[] {
  const steps: (number | '!')[] = [];
  let rest = suffix.trimStart();
  let indirections = 0;
  let disposable = false;
  const add = (step: number): void => {
    if (indirections++ >= MAX_INDIRECTIONS) refuse('Too many type indirections');
    steps.push(step);
    disposable = false;
  };
  while (rest !== '') {
    if (rest.startsWith('*')) {
      rest = rest.slice(1);
      add(0);
    } else if (rest.startsWith('!')) {
      rest = rest.slice(1);
      if (!disposable) steps.push('!');
      disposable = true;
    } else if (rest.startsWith('[')) {
      const [whole, digits] = /^\[\s*(\d+)\s*/.exec(rest) ?? [];
      if (whole === undefined || digits === undefined) return refuse('Invalid array length');
      rest = rest.slice(whole.length);
      if (!rest.startsWith(']')) refuse("Expected ']' after array length");
      rest = rest.slice(1);
      add(Number(digits));
    } else if (/^const(?!\w)/.test(rest)) {
      rest = rest.slice(5);
    } else if (rest.trimEnd() !== '') {
      refuse(`Unexpected character '${rest.charAt(0)}' in type specifier`);
    }
    rest = rest.trimStart();
  }
  return steps;
}
