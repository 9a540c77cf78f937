import { type MemberTypes, type RecordOptions, recordType } from './record.ts';
import type { NamedTypes } from './parse-declaration.ts';
import type { RecordType } from './types.ts';
import type { RecordIn, RecordOut, Typed } from './values.ts';
import { type KnownTypes, WINDOWS_TYPES } from './windows-types.ts';

/** A struct or union as a type object. */
export type RecordOf<M extends MemberTypes, T> = RecordType &
  Typed<RecordOut<M, KnownTypes<T>>, RecordIn<M, KnownTypes<T>>>;

/**
 * Declares a struct with the layout Microsoft's compiler gives it. Members are C types as text (`int`, `char[16]`,
 * `wchar_t *`, `unsigned : 3` for a bit-field, `int[count]` for a flexible array that the member `count` counts) or type
 * objects. The struct's own name may be used: `node *`.
 *
 * @example struct('div_t', { quot: 'int', rem: 'int' })
 */
export function struct<const M extends MemberTypes, const T extends NamedTypes = NamedTypes>(
  name: string,
  members: M,
  options: RecordOptions<T> = {},
): RecordOf<M, T> {
  return recordType('struct', name, members, options, WINDOWS_TYPES);
}

/**
 * Declares a union. It is read as an object with all its members, and written as an object with one of them: several are
 * accepted when they agree bit by bit.
 *
 * @example union('number', { integer: 'int64_t', real: 'double' })
 */
export function union<const M extends MemberTypes, const T extends NamedTypes = NamedTypes>(
  name: string,
  members: M,
  options: RecordOptions<T> = {},
): RecordOf<M, T> {
  return recordType('union', name, members, options, WINDOWS_TYPES);
}
