// What is said of values that cannot be written.
import type { PointerLayout, RecordLayout } from '../../types/abi/layout-kinds.ts';
import { DllparityError } from '../../base/errors.ts';
import { describe } from './encode-scalar.ts';
import type { Where } from './transfer.ts';

export function notAn(name: string, value: unknown, where: Where): DllparityError {
  return new DllparityError('ARGUMENT_TYPE', {
    what: `${where()} is of type ${name} and cannot take ${describe(value)}`,
    hint: 'Pass an array, or a typed array; a string where the elements are characters.',
  });
}

export function tooLong(name: string, given: number, room: number, where: Where): DllparityError {
  return new DllparityError('ARGUMENT_RANGE', {
    what: `${where()} is of type ${name} and too short for the value`,
    figures: [
      { name: 'given', value: given, unit: 'elements' },
      { name: 'room', value: room, unit: 'elements' },
    ],
    hint: 'Pass fewer elements.',
  });
}

/** HOT: refuses values that are no objects, and names that are no members: a typing error would be a zero. Benchmark: image-filter-structs. */
export function membersOf(layout: RecordLayout, value: unknown, where: Where): Readonly<Record<string, unknown>> {
  const known = (): string => layout.members.map(({ name }) => name).join(', ');
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new DllparityError('ARGUMENT_TYPE', {
      what: `${where()} is the ${layout.kind} ${layout.name} and cannot take ${describe(value)}`,
      hint: `Pass an object with the members ${known()}.`,
    });
  }
  const { members } = layout;
  let next = 0;
  for (const key of Object.keys(value)) {
    // Mostly they are given in the order of the declaration, some of them left out.
    while (next < members.length && members[next]?.name !== key) next++;
    if (next < members.length) continue;
    next = members.findIndex(({ name }) => name === key);
    if (next >= 0) continue;
    throw new DllparityError('ARGUMENT_TYPE', {
      what: `${where()} has no member "${key}": it is the ${layout.kind} ${layout.name}`,
      hint: `Its members are ${known()}.`,
    });
  }
  return value as Readonly<Record<string, unknown>>;
}

/** Whether nothing is known of what the pointer leads to. */
export function isOfUnknownType({ type }: PointerLayout): boolean {
  return type.target.kind === 'void' || type.target.kind === 'opaque';
}

export function notBehind(layout: PointerLayout, value: unknown, where: Where): DllparityError {
  const { type } = layout;
  return new DllparityError('ARGUMENT_TYPE', {
    what: `${where()} is of type ${type.name} and cannot take ${describe(value)}`,
    hint:
      type.target.kind === 'function'
        ? 'Pass a function, the `pointer` of an `agent.callback(...)`, a Pointer, or null.'
        : isOfUnknownType(layout)
          ? 'Say what it is with `as`, for example as({ x: 1 }, pointer(point)), or pass a typed array or Buffer, a Pointer, or null.'
          : 'Pass a typed array or Buffer, an array of its elements, a Pointer, or null.',
  });
}
