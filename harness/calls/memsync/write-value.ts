// Values of C types into shared memory; what their pointers lead to goes there too.
import type { ArrayLayout, Layout, MemberLayout, RecordLayout } from '../../types/abi/layout-kinds.ts';
import { DllparityError } from '../../base/errors.ts';
import { writeBits } from './bit-fields.ts';
import { elementsIn, memberOf, settleCounts } from './counts.ts';
import { encodeAddress } from './decode-scalar.ts';
import { encodePointer } from './encode-pointer.ts';
import { describe, encodeScalar, refused } from './encode-scalar.ts';
import { Passed } from './passed.ts';
import { Pointer } from './pointer.ts';
import { encodeText } from './text.ts';
import type { Transfer, Where } from './transfer.ts';

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
      if (typeof value !== 'string' && !(value instanceof Pointer))
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

function notAn(name: string, value: unknown, where: Where): DllparityError {
  return new DllparityError('ARGUMENT_TYPE', {
    what: `${where()} is of type ${name} and cannot take ${describe(value)}`,
    hint: 'Pass an array, or a typed array; a string where the elements are characters.',
  });
}

function tooLong(name: string, given: number, room: number, where: Where): DllparityError {
  return new DllparityError('ARGUMENT_RANGE', {
    what: `${where()} is of type ${name} and too short for the value`,
    figures: [
      { name: 'given', value: given, unit: 'elements' },
      { name: 'room', value: room, unit: 'elements' },
    ],
    hint: 'Pass fewer elements.',
  });
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

const counting = new WeakMap<RecordLayout, boolean>();

function hasCounts(record: RecordLayout): boolean {
  let has = counting.get(record);
  if (has === undefined) {
    has = record.members.some(
      ({ layout }) => (layout.kind === 'array' || layout.kind === 'pointer') && layout.type.countedBy !== null,
    );
    counting.set(record, has);
  }
  return has;
}

/** Refuses values that are no objects, and names that are no members: a typing error would be a zero. */
function membersOf(layout: RecordLayout, value: unknown, where: Where): Readonly<Record<string, unknown>> {
  const known = (): string => layout.members.map(({ name }) => name).join(', ');
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new DllparityError('ARGUMENT_TYPE', {
      what: `${where()} is the ${layout.kind} ${layout.name} and cannot take ${describe(value)}`,
      hint: `Pass an object with the members ${known()}.`,
    });
  }
  for (const key of Object.keys(value)) {
    if (layout.members.some(({ name }) => name === key)) continue;
    throw new DllparityError('ARGUMENT_TYPE', {
      what: `${where()} has no member "${key}": it is the ${layout.kind} ${layout.name}`,
      hint: `Its members are ${known()}.`,
    });
  }
  return value as Readonly<Record<string, unknown>>;
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

/** Bytes that the flexible array of a struct needs behind the struct. */
export function flexibleBytes(layout: RecordLayout, value: Readonly<Record<string, unknown>>): number {
  const last = layout.members.at(-1);
  if (last?.layout.kind !== 'array' || last.layout.type.length !== null) return 0;
  const given = value[last.name];
  const end = last.offset + (elementsIn(given, last.layout.element.bytes) ?? 0) * last.layout.element.bytes;
  return Math.max(0, end - layout.bytes);
}
