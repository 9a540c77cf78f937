// Values that carry the type they are passed as, where the prototype leaves it open.
import type { VariadicArgument } from '../../types/declare/prototype-types.ts';
import type { AnyType } from '../../types/declare/values.ts';

/**
 * Gives a value the type that the prototype leaves open: an argument that belongs to "...", or one for a `void *`.
 * @example as(1.5, 'double')
 * @example as({ x: 1 }, pointer(point))
 */
export function as(value: unknown, type: AnyType): VariadicArgument {
  return { as: type, value };
}

/** Whether a value was made by `as`. */
export function isTyped(value: unknown): value is VariadicArgument {
  return typeof value === 'object' && value !== null && 'as' in value && 'value' in value;
}
