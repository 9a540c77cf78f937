// Values of C types into shared memory, so that the function works on them in place. What their pointers lead to goes there too,
// and is brought back after the call where the function may have written.
import { layoutOf } from '../../types/abi/layout.ts';
import type { ArrayLayout, Layout, MemberLayout, PointerLayout, RecordLayout } from '../../types/abi/layout-kinds.ts';
import type { VariadicArgument } from '../../types/declare/prototype-types.ts';
import { typeOf } from '../../types/declare/type-objects.ts';
import type { Direction } from '../../types/declare/types.ts';
import { DllparityError } from '../../base/errors.ts';
import { writeBits } from './bit-fields.ts';
import { elementsIn, flexibleBytes, hasCounts, memberOf, settleCounts } from './counts.ts';
import { encodeAddress } from './decode-scalar.ts';
import { copyOutTexts } from './edited-texts.ts';
import { encodeScalar, refused } from './encode-scalar.ts';
import { bytesOf, Passed } from './passed.ts';
import { Place, SharedPlace } from './place.ts';
import { putBytes, putString } from './put-bytes.ts';
import { isOfUnknownType, membersOf, notAn, notBehind, tooLong } from './refused-values.ts';
import { encodeText } from './text.ts';
import type { Transfer, Where } from './transfer.ts';
import { isTyped } from './typed-value.ts';

/** Writes `value` at byte `at` of the shared memory. null and undefined are zero. */
export function writeValue(transfer: Transfer, layout: Layout, value: unknown, at: number, where: Where): void {
  const { session } = transfer;
  if (value === null || value === undefined) {
    session.bytes.fill(0, at, at + layout.bytes);
    return;
  }
  switch (layout.kind) {
    case 'scalar': {
      const refusal = encodeScalar(layout, value, session.view, at);
      if (refusal) throw refused(refusal, layout, value, where());
      return;
    }
    case 'pointer': {
      const address = encodePointer(transfer, layout, layout.type.const ? 'in' : 'inout', value, where, true);
      encodeAddress(layout.bytes, address, session.view, at);
      if (typeof value !== 'string' && (!(value instanceof Place) || value instanceof SharedPlace))
        (transfer.passed ??= new Passed()).note(address, value);
      return;
    }
    case 'array':
      session.bytes.fill(0, at, at + layout.bytes);
      writeArray(transfer, layout, value, at, layout.length, where);
      return;
    case 'struct':
    case 'union':
      session.bytes.fill(0, at, at + layout.bytes);
      writeRecord(transfer, layout, value, at, where);
      return;
    case 'sizeless':
      throw new DllparityError('ARGUMENT_TYPE', {
        what: `${where()} is of type ${layout.name}, which has no values`,
        hint: 'Use a pointer to it.',
      });
  }
}

/** HOT for scalars: elements one after the other. */
export function writeElements(
  transfer: Transfer,
  element: Layout,
  values: ArrayLike<unknown>,
  at: number,
  where: Where,
): void {
  const { bytes } = element;
  const { view } = transfer.session;
  if (element.kind === 'scalar') {
    for (let i = 0; i < values.length; i++) {
      const value = values[i] ?? (element.code === 'bool' ? false : 0);
      const refusal = encodeScalar(element, value, view, at + i * bytes);
      if (refusal) throw refused(refusal, element, value, `element ${i.toString()} of ${where()}`);
    }
    return;
  }
  for (let i = 0; i < values.length; i++) {
    writeValue(transfer, element, values[i], at + i * bytes, () => `element ${i.toString()} of ${where()}`);
  }
}

/** An array that is part of a record; memory that the value does not fill stays as it is. */
function writeArray(
  transfer: Transfer,
  { element, name }: ArrayLayout,
  value: unknown,
  at: number,
  length: number,
  where: Where,
): void {
  const { session } = transfer;
  const room = length * element.bytes;
  if (typeof value === 'string') {
    const text = element.kind === 'scalar' ? element.text : null;
    if (text === null) throw notAn(name, value, where);
    const bytes = text === 'wchar' ? Buffer.from(value, 'utf16le') : encodeText(value, transfer.encoding);
    if (bytes.length > room) throw tooLong(name, bytes.length / element.bytes, length, where);
    session.bytes.set(bytes, at);
  } else if (Array.isArray(value)) {
    if (value.length > length) throw tooLong(name, value.length, length, where);
    writeElements(transfer, element, value, at, where);
  } else if (ArrayBuffer.isView(value)) {
    if (value.byteLength > room) throw tooLong(name, value.byteLength / element.bytes, length, where);
    session.bytes.set(new Uint8Array(value.buffer, value.byteOffset, value.byteLength), at);
  } else throw notAn(name, value, where);
}

/** Writes a struct or union over memory that is zero. */
export function writeRecord(transfer: Transfer, layout: RecordLayout, value: unknown, at: number, where: Where): void {
  const members = membersOf(layout, value, where);
  if (layout.kind === 'union') {
    writeUnion(transfer, layout, members, at, where);
    return;
  }
  for (const member of layout.members) {
    const given = memberOf(members, member.name);
    if (given === undefined) continue;
    writeMember(transfer, member, given, at, () => `member ${member.name} of ${where()}`);
  }
  if (!hasCounts(layout)) return;
  const { session, encoding } = transfer;
  settleCounts({ view: session.view, session, encoding }, layout, members, at, where);
}

function writeMember(
  transfer: Transfer,
  { layout, offset, bits }: MemberLayout,
  value: unknown,
  at: number,
  where: Where,
): void {
  if (bits && layout.kind === 'scalar') {
    const wanted = writeBits(layout, bits, value, transfer.session.view, at + offset);
    if (wanted !== undefined) throw refused({ code: 'ARGUMENT_RANGE', wanted }, layout, value, where());
  } else if (layout.kind === 'array' && layout.type.length === null) {
    writeArray(transfer, layout, value, at + offset, elementsIn(value, layout.element.bytes) ?? 0, where);
  } else writeValue(transfer, layout, value, at + offset, where);
}

/** Members of a union lie on top of each other, so that several may only be given when they say the same. */
function writeUnion(
  transfer: Transfer,
  layout: RecordLayout,
  members: Readonly<Record<string, unknown>>,
  at: number,
  where: Where,
): void {
  const { bytes } = transfer.session;
  const given = layout.members.filter(({ name }) => (memberOf(members, name) ?? null) !== null);
  let first: Uint8Array | undefined;
  let written = 0;
  for (const member of given.toSorted((a, b) => b.layout.bytes - a.layout.bytes)) {
    const before = first;
    bytes.fill(0, at, at + layout.bytes);
    writeMember(transfer, member, members[member.name], at, () => `member ${member.name} of ${where()}`);
    const now = bytes.slice(at, at + layout.bytes);
    first ??= now;
    if (before && member.layout.bytes <= written && !sameStart(before, now, member.layout.bytes)) {
      throw new DllparityError('ARGUMENT_TYPE', {
        what: `${where()} is the union ${layout.name}, and the members given say different things: ${given.map(({ name }) => name).join(', ')}`,
        hint: 'Pass one of them.',
      });
    }
    written = Math.max(written, member.layout.bytes);
  }
  if (first) bytes.set(first, at);
}

function sameStart(a: Uint8Array, b: Uint8Array, length: number): boolean {
  for (let i = 0; i < length; i++) if (a[i] !== b[i]) return false;
  return true;
}

/**
 * Puts `value` where the function can reach it and returns the address.
 * @param nested the pointer itself lies in memory: text that stands there may be written to, and the new text put in its place
 */
export function encodePointer(
  transfer: Transfer,
  layout: PointerLayout,
  direction: Direction,
  value: unknown,
  where: Where,
  nested = false,
): bigint {
  if (value === null || value === undefined) return 0n;
  const { session } = transfer;
  const { type } = layout;
  if (typeof value === 'string') return putString(transfer, layout, direction, value, where, nested);
  if (typeof value === 'function' && type.target.kind === 'function') {
    return transfer.makeCallback(type.target, value as (...args: never[]) => unknown, transfer.after);
  }
  if (value instanceof Place) return value.addressIn(session);
  const bytes = bytesOf(value);
  if (bytes) return putBytes(transfer, bytes, direction);
  const target = layoutOf(type.target, layout.bytes);
  if (isOfUnknownType(layout) && isTyped(value)) return encodeTyped(transfer, layout, direction, value, where, nested);
  if (Array.isArray(value)) return encodeArray(transfer, layout, target, direction, value, where);
  if (typeof value === 'object' && (target.kind === 'struct' || target.kind === 'union')) {
    return encodeRecord(transfer, target, direction, value as Record<string, unknown>, where);
  }
  throw notBehind(layout, value, where);
}

/** A `void *`, or a pointer to an opaque type, leads to whatever the caller says. */
function encodeTyped(
  transfer: Transfer,
  { type, bytes }: PointerLayout,
  direction: Direction,
  typed: VariadicArgument,
  where: Where,
  nested: boolean,
): bigint {
  const given = layoutOf(typeOf(typed.as), bytes);
  if (given.kind === 'pointer' && !isOfUnknownType(given)) {
    return encodePointer(transfer, given, direction, typed.value, where, nested);
  }
  throw new DllparityError('ARGUMENT_TYPE', {
    what: `${where()} is of type ${type.name} and cannot take a value as ${given.name}`,
    hint: "Pass the type of a pointer to it, for example as([1, 2], 'int *') or as({ x: 1 }, pointer(point)).",
  });
}

function encodeArray(
  transfer: Transfer,
  { type }: PointerLayout,
  target: Layout,
  direction: Direction,
  value: unknown[],
  where: Where,
): bigint {
  if (target.kind === 'sizeless') {
    throw new DllparityError('ARGUMENT_TYPE', {
      what: `${where()} is of type ${type.name}, whose elements have no known size`,
      hint: 'Pass a typed array or Buffer.',
    });
  }
  const { session, after } = transfer;
  const { length } = value;
  const passed = (transfer.passed ??= new Passed());
  let placed = passed.find(value, target);
  if (!placed) {
    const at = session.reserve(Math.max(1, length) * target.bytes);
    placed = passed.add(value, target, at, direction !== 'out');
    if (direction === 'out') session.bytes.fill(0, at, at + length * target.bytes);
    else writeElements(transfer, target, value, at, where);
  } else if (!placed.hasValues && direction !== 'out') {
    placed.hasValues = true;
    writeElements(transfer, target, value, placed.at, where);
  }
  const { at } = placed;
  if (direction !== 'in' && !placed.comesBack) {
    placed.comesBack = true;
    after.copyBack.push({ kind: 'elements', transfer, layout: target, into: value, at, length });
  } else if (direction === 'in') copyOutTexts(transfer, target, value, at);
  return BigInt(session.base + at);
}

function encodeRecord(
  transfer: Transfer,
  target: RecordLayout,
  direction: Direction,
  value: Record<string, unknown>,
  where: Where,
): bigint {
  const { session, after } = transfer;
  const passed = (transfer.passed ??= new Passed());
  const room = target.bytes + flexibleBytes(target, value);
  let placed = passed.find(value, target);
  if (!placed) {
    const at = session.reserve(room);
    // Before its members: one of them may lead back to it.
    placed = passed.add(value, target, at, true);
    session.bytes.fill(0, at, at + room);
    writeRecord(transfer, target, value, at, where);
  }
  const { at } = placed;
  if (direction !== 'in' && !placed.comesBack) {
    placed.comesBack = true;
    after.copyBack.push({ kind: 'record', transfer, layout: target, into: value, at, room });
  } else if (direction === 'in') copyOutTexts(transfer, target, [value], at);
  return BigInt(session.base + at);
}
