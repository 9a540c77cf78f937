// Types that are made of other types, for declarations that are written as objects.
import { DllparityError } from '../../base/errors.ts';
import { requireType } from './check-declared.ts';
import { parseType } from './parse-prototype.ts';
import type { MemberIn, MemberOut, AnyType, PointerCell, PointerLike, Typed } from './values.ts';
import { type ArrayType, arrayOf, type CType, type OpaqueType, pointerTo, type PointerType } from './types.ts';
import type { WindowsTypes } from './windows-types.ts';

/** The type behind its text or object. */
export function typeOf(type: AnyType): CType {
  if (typeof type === 'string') return parseType(type);
  requireType(type, 'what was given for a type');
  return type as CType;
}

/** A type of which only the name is known. Functions take and return pointers to it: `widget *` after `opaque('widget')`. */
export function opaque(name: string): OpaqueType & Typed<unknown> {
  return { kind: 'opaque', name };
}

/**
 * A type by another name: a key of `types` then stands for it, as a typedef does in C.
 *
 * @example library('zlib1.dll', { ... }, { types: { uLong: alias('unsigned long') } })
 */
export function alias<const T extends AnyType>(
  type: T,
): CType & Typed<MemberOut<T, WindowsTypes>, MemberIn<T, WindowsTypes>> {
  return typeOf(type);
}

/** `length` elements of a type, as a member of a struct or an exported variable. */
export function array<const T extends AnyType>(
  element: T,
  length: number,
): ArrayType & Typed<MemberOut<T, WindowsTypes>[], readonly MemberIn<T, WindowsTypes>[] | ArrayBufferView> {
  if (!Number.isInteger(length) || length < 1) {
    throw new DllparityError('ARGUMENT_RANGE', {
      what: `an array of ${length.toString()} elements has no meaning in C`,
      hint: 'Give the number of its elements, at least 1. A flexible array is written as text: `int[]`.',
    });
  }
  return arrayOf(typeOf(element), length);
}

/** A pointer to a type. */
export function pointer(
  target: AnyType,
  options: { readonly const?: boolean } = {},
): PointerType & Typed<PointerLike | null, PointerCell> {
  return pointerTo(typeOf(target), options.const ?? false);
}

/**
 * A member of a struct that points to as many elements as other members say: one of them, by a path where it is inside a struct,
 * or arithmetic of several. It is read as an array, and written as one: a count that is a single member is filled in unless it is
 * given.
 *
 * @example struct('list', { n: 'int', items: counted('double', 'n') })
 * @example struct('image', { pixels: counted('uint8_t', 'width * height'), width: 'int', height: 'int' })
 */
export function counted<const T extends AnyType>(
  element: T,
  countedBy: string,
): PointerType &
  Typed<
    MemberOut<T, WindowsTypes>[] | null,
    readonly MemberIn<T, WindowsTypes>[] | PointerLike | ArrayBufferView | null
  > {
  return pointerTo(typeOf(element), false, countedBy);
}
