import { DllparityError } from '../../base/errors.ts';
import { parseExport } from '../../types/declare/parse-prototype.ts';
import { type FunctionType, pointerTo } from '../../types/declare/types.ts';
import type { FactTypes } from './fact-types.ts';

const BEHIND = pointerTo({ kind: 'void', name: 'void' });

/** A function by the prototype of a fact. */
export interface DeclaredPrototype {
  /** As the prototype says. */
  readonly type: FunctionType;
  /** As it is called: a pointer comes back as it is, and what it leads to is read by who compares it. */
  readonly called: FunctionType;
}

const declared = new WeakMap<FactTypes, Map<string, DeclaredPrototype>>();

/** Reads a prototype; one that many facts have is read once. Throws what the parser of declarations says. */
export function declarePrototype(prototype: string, types: FactTypes): DeclaredPrototype {
  let known = declared.get(types);
  if (!known) declared.set(types, (known = new Map<string, DeclaredPrototype>()));
  let found = known.get(prototype);
  if (!found) known.set(prototype, (found = declare(prototype, types)));
  return found;
}

function declare(prototype: string, types: FactTypes): DeclaredPrototype {
  // The parser refuses `long double` because compilers disagree about it; these facts are Microsoft's, where it is double.
  const { type } = parseExport(prototype.replace(/\blong double\b/g, 'double'), types.named);
  if (type.kind !== 'function') {
    throw new DllparityError('PROTOTYPE_SYNTAX', {
      what: 'the prototype declares a variable',
      hint: 'Write a prototype: `int abs(int n)`.',
    });
  }
  return { type, called: type.result.kind === 'pointer' ? { ...type, result: BEHIND } : type };
}
