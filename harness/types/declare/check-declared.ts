// What JavaScript may hand over in place of C text or a type object: said by its place, before anything is made of it.
import { DllparityError } from '../../base/errors.ts';

const KINDS = new Set(['void', 'scalar', 'enum', 'pointer', 'array', 'struct', 'union', 'opaque', 'function']);

/** What a value is, for a message: `5`, `null`, `an array`. */
function described(value: unknown): string {
  if (value === undefined || value === null || typeof value === 'number' || typeof value === 'boolean')
    return String(value);
  return Array.isArray(value) ? 'an array' : `a value of type ${typeof value}`;
}

/**
 * Throws PROTOTYPE_SYNTAX unless a value is C text or a type object.
 * @param where what it was given for, for example `the member "x" of point`
 */
export function requireType(value: unknown, where: string): void {
  const isType =
    typeof value === 'object' && value !== null && KINDS.has((value as { readonly kind?: string }).kind ?? '');
  if (typeof value === 'string' || isType) return;
  throw new DllparityError('PROTOTYPE_SYNTAX', {
    what: `${where} is ${described(value)}, and no type`,
    hint: "Give C text such as 'unsigned int', or a type made by `struct`, `pointer`, `alias` and so on.",
  });
}

/** Throws PROTOTYPE_SYNTAX unless a value is an object with names as its keys. */
export function requireRecord(value: unknown, where: string, example: string): void {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return;
  throw new DllparityError('PROTOTYPE_SYNTAX', {
    what: `${where} are ${described(value)}, and no object`,
    hint: `Give ${example}.`,
  });
}

/** Throws PROTOTYPE_SYNTAX with the place and an example. */
export function refuseDeclared(where: string, value: unknown, wanted: string, example: string): never {
  throw new DllparityError('PROTOTYPE_SYNTAX', {
    what: `${where} is ${described(value)}, and not ${wanted}`,
    hint: `Give ${wanted}, for example ${example}.`,
  });
}
