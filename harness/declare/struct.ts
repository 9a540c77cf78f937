import { DllparityError } from '../errors.ts';
import { parseType } from './parse-prototype.ts';
import type { StructMember, StructType } from './types.ts';
import type { StructValue } from './values.ts';
import type { ScalarOf } from './prototype-types.ts';

/** The TypeScript value of a struct: one property per member. */
export type StructFields<M extends Readonly<Record<string, string>>> = { -readonly [K in keyof M]: ScalarOf<M[K]> };

/**
 * Declares a struct of scalars and pointers with the layout Microsoft's compiler gives it by default: each member at a
 * multiple of its size, the whole a multiple of the largest.
 *
 * @example struct('div_t', { quot: 'int', rem: 'int' })
 */
export function struct<const M extends Readonly<Record<string, string>>>(
  name: string,
  members: M,
): StructType & StructValue<StructFields<M>> {
  let offset = 0;
  let alignment = 1;
  const laidOut: StructMember[] = Object.entries(members).map(([member, source]) => {
    const type = parseType(source);
    if (type.kind !== 'scalar' && type.kind !== 'pointer') {
      throw new DllparityError('PROTOTYPE_TYPE_UNKNOWN', {
        what: `member "${member}" of struct ${name} cannot have the type "${source}"`,
        hint: 'Use a scalar or a pointer.',
      });
    }
    const bytes = type.kind === 'scalar' ? type.bytes : 8;
    offset = Math.ceil(offset / bytes) * bytes;
    alignment = Math.max(alignment, bytes);
    const placed = { name: member, type, offset };
    offset += bytes;
    return placed;
  });
  return { kind: 'struct', name, bytes: Math.ceil(offset / alignment) * alignment, alignment, members: laidOut };
}
