// Values of C types out of memory. Pointers are not followed, except where a member counts what lies behind one.
import { layoutOf } from '../../types/abi/layout.ts';
import type { ArrayLayout, Layout, MemberLayout, RecordLayout } from '../../types/abi/layout-kinds.ts';
import { textOf } from '../../types/declare/types.ts';
import { readBits } from './bit-fields.ts';
import { countIn } from './counts.ts';
import { decodeAddress, decodeScalar } from './decode-scalar.ts';
import { Pointer } from './pointer.ts';
import { cannotRead, type Source, sourceAt } from './source.ts';
import { decodeText, decodeWide, lengthUntilZero } from './text.ts';

/** The value of `layout` at byte `at`. */
export function readValue(source: Source, layout: Layout, at: number): unknown {
  switch (layout.kind) {
    case 'scalar':
      return decodeScalar(layout.code, source.view, at);
    case 'pointer': {
      const address = decodeAddress(layout.bytes, source.view, at);
      return address === 0n ? null : new Pointer(source.session, address, source.encoding);
    }
    case 'array':
      return readArray(source, layout, at, layout.length);
    case 'struct':
    case 'union':
      return readRecord(source, layout, at);
    case 'sizeless':
      return undefined;
  }
}

function bytesAt({ view }: Source, at: number, length: number): Uint8Array {
  return new Uint8Array(view.buffer, view.byteOffset + at, length);
}

/** `length` elements as an array, or as a string where they are characters. */
export function readArray(source: Source, layout: ArrayLayout, at: number, length: number): unknown {
  const { element } = layout;
  const text = element.kind === 'scalar' ? element.text : null;
  if (text === null) return readElements(source, element, at, length);
  const bytes = bytesAt(source, at, length * element.bytes);
  const used = bytes.subarray(0, lengthUntilZero(bytes, text === 'wchar' ? 2 : 1));
  return text === 'wchar' ? decodeWide(used) : decodeText(used, source.encoding);
}

/** HOT for scalars: `length` elements one after the other. */
export function readElements(
  source: Source,
  element: Layout,
  at: number,
  length: number,
  into: unknown[] = [],
): unknown[] {
  into.length = length;
  const { view } = source;
  const { bytes } = element;
  if (element.kind === 'scalar') {
    const { code } = element;
    for (let i = 0; i < length; i++) into[i] = decodeScalar(code, view, at + i * bytes);
  } else for (let i = 0; i < length; i++) into[i] = readValue(source, element, at + i * bytes);
  return into;
}

function readRecord(source: Source, layout: RecordLayout, at: number): Record<string, unknown> {
  const value: Record<string, unknown> = {};
  for (const member of layout.members) value[member.name] = readMember(source, layout, member, at);
  return value;
}

/** One member of the record at `at`, whose others may count it. */
export function readMember(
  source: Source,
  record: RecordLayout,
  { name, layout, offset, bits }: MemberLayout,
  at: number,
): unknown {
  if (bits && layout.kind === 'scalar') return readBits(layout, bits, source.view, at + offset);
  if (layout.kind === 'pointer' && layout.type.countedBy !== null) {
    const address = decodeAddress(layout.bytes, source.view, at + offset);
    if (address === 0n) return null;
    const target = layoutOf(layout.type.target, layout.bytes);
    return readBehind(
      source,
      target,
      address,
      countIn(source, record, layout.type.countedBy, at),
      `${record.name}.${name}`,
    );
  }
  if (layout.kind === 'array' && layout.type.length === null) {
    const count = layout.type.countedBy === null ? 0 : countIn(source, record, layout.type.countedBy, at);
    const room = source.view.byteLength - (at + offset);
    if (count * layout.element.bytes > room) throw cannotRead(`${record.name}.${name}`, count * layout.element.bytes);
    return readArray(source, layout, at + offset, count);
  }
  return readValue(source, layout, at + offset);
}

/** `count` elements at an address of the agent: text as a string, others as an array. */
export function readBehind(
  { session, encoding }: Pick<Source, 'session' | 'encoding'>,
  element: Layout,
  address: bigint,
  count: number,
  what: string,
): unknown {
  const bytes = count * element.bytes;
  const source = sourceAt({ session, encoding }, address, bytes, what);
  const text = textOf(element.type);
  if (text === null) return readElements(source.source, element, source.at, count);
  const found = bytesAt(source.source, source.at, bytes);
  return text === 'wchar' ? decodeWide(found) : decodeText(found, encoding);
}

/** A value at an address of the agent, with the flexible array at its end. */
export function readValueBehind(
  { session, encoding }: Pick<Source, 'session' | 'encoding'>,
  layout: Layout,
  address: bigint,
  what: string,
): unknown {
  const fixed = sourceAt({ session, encoding }, address, layout.bytes, what);
  const last = layout.kind === 'struct' ? layout.members.at(-1) : undefined;
  if (layout.kind !== 'struct' || last?.layout.kind !== 'array' || last.layout.type.countedBy === null) {
    return readValue(fixed.source, layout, fixed.at);
  }
  // First the members before the array, to know how much more there is.
  const count = countIn(fixed.source, layout, last.layout.type.countedBy, fixed.at);
  const bytes = Math.max(layout.bytes, last.offset + count * last.layout.element.bytes);
  const whole = sourceAt({ session, encoding }, address, bytes, what);
  return readValue(whole.source, layout, whole.at);
}
