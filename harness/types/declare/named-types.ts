// Built-in types by name: what a declaration may use without declaring it.
import { POINTER_NAMES, pointerNamed, SCALAR_NAMES, scalarNamed } from './scalars.ts';
import type { CType } from './types.ts';

export { canonicalName } from './scalars.ts';

/** Every name a declaration may use, for the error that suggests one. */
export const KNOWN_TYPE_NAMES: readonly string[] = ['void', ...SCALAR_NAMES, ...POINTER_NAMES];

const made = new Map<string, CType>();

/** The built-in type called `name`, or undefined. */
export function typeNamed(name: string): CType | undefined {
  let type = made.get(name);
  if (!type) {
    type = make(name);
    if (type) made.set(name, type);
  }
  return type;
}

function make(name: string): CType | undefined {
  if (name === 'void' || name === 'VOID') return { kind: 'void', name: 'void' };
  const scalar = scalarNamed(name);
  if (scalar) return scalar;
  const pointer = pointerNamed(name);
  const target = pointer && typeNamed(pointer.target);
  return pointer && target && { kind: 'pointer', name, target, const: pointer.isConst, countedBy: null };
}
