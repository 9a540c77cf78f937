import { typeOf } from '../declare/type-objects.ts';
import type { AnyType } from '../declare/values.ts';
import { DllparityError } from '../../base/errors.ts';
import { layoutOf } from './layout.ts';
import type { PointerBytes } from './layout-kinds.ts';

/** Bytes of a type where pointers have `pointerBytes` bytes, as C's sizeof says. */
export function sizeOf(type: AnyType, pointerBytes: PointerBytes): number {
  return layoutOf(typeOf(type), pointerBytes).bytes;
}

/** Bytes from the start of a struct to each of its members, as C's offsetof says; of a bit-field, to its unit. */
export function offsetsOf(type: AnyType, pointerBytes: PointerBytes): Readonly<Record<string, number>> {
  const layout = layoutOf(typeOf(type), pointerBytes);
  if (layout.kind === 'struct' || layout.kind === 'union') {
    return Object.fromEntries(layout.members.map(({ name, offset }) => [name, offset]));
  }
  throw new DllparityError('ARGUMENT_TYPE', {
    what: `${layout.name} has no members`,
    hint: 'Ask for the offsets of a struct or a union.',
  });
}
