// Places in the agent's memory, and the values that are read there: pointers are read through, and what is read holds pointers.
import { layoutOf } from '../../types/abi/layout.ts';
import type { ArrayLayout, Layout, MemberLayout, RecordLayout } from '../../types/abi/layout-kinds.ts';
import type { MemberIn, MemberOut, AnyType, PointerLike } from '../../types/declare/values.ts';
import { typeOf } from '../../types/declare/type-objects.ts';
import { textOf } from '../../types/declare/types.ts';
import type { WindowsTypes } from '../../types/declare/windows-types.ts';
import { DllparityError } from '../../base/errors.ts';
import { readMemory, readText } from '../session/read-memory.ts';
import type { Session } from '../session/session.ts';
import { readBits } from './bit-fields.ts';
import { countIn } from './counts.ts';
import { decodeAddress, decodeScalar } from './decode-scalar.ts';
import { Place } from './place.ts';
import { fetchMemory } from '../session/read-memory.ts';
import { cannotRead, type Source, sourceAt } from './source.ts';
import { decodeText, decodeWide, lengthUntilZero } from './text.ts';
import { writePointee } from './write-pointee.ts';

/** A place in the agent's memory. Reading there asks the agent, unless the memory is shared. */
export class Pointer extends Place implements PointerLike {
  readonly address: bigint;
  // Hidden from whoever compares or prints a pointer: behind the session lie megabytes of memory.
  readonly #session: Session;
  readonly #generation: number;
  readonly #encoding: string;

  constructor(session: Session, address: bigint, encoding = 'utf8') {
    super();
    this.#session = session;
    this.#generation = session.generation;
    this.#encoding = encoding;
    this.address = address;
  }

  addressIn(session: Session): bigint {
    if (session === this.#session && session.generation === this.#generation) return this.address;
    throw new DllparityError('AGENT_GONE', {
      what: `${this.toString()} belongs to an agent process that has ended, or to another agent`,
      hint: 'Take a new pointer from the DLL as it is loaded now.',
    });
  }

  plus(bytes: number): Pointer {
    return new Pointer(this.#session, this.address + BigInt(bytes), this.#encoding);
  }

  read<const N extends AnyType>(type: N, index = 0): MemberOut<N, WindowsTypes> {
    const layout = layoutOf(typeOf(type), this.#session.pointerBytes);
    const address = this.addressIn(this.#session) + BigInt(index * layout.bytes);
    return readPointeeValue(this.#source, layout, address, `the ${layout.name}`) as MemberOut<N, WindowsTypes>;
  }

  write<const N extends AnyType>(type: N, value: MemberIn<N, WindowsTypes>, index = 0): void {
    const layout = layoutOf(typeOf(type), this.#session.pointerBytes);
    const address = this.addressIn(this.#session) + BigInt(index * layout.bytes);
    writePointee(this.#session, layout, value, address, this.#encoding);
  }

  array<const N extends AnyType>(type: N, length: number): MemberOut<N, WindowsTypes>[] {
    const layout = layoutOf(typeOf(type), this.#session.pointerBytes);
    const found = readPointee(
      this.#source,
      layout,
      this.addressIn(this.#session),
      length,
      `the array of ${layout.name}`,
    );
    // Characters as an array are numbers: whoever wants the text asks for it.
    return (typeof found === 'string' ? [...this.#units(layout.bytes, length)] : found) as MemberOut<N, WindowsTypes>[];
  }

  bytes(length: number, offset = 0): Uint8Array {
    const found = readMemory(this.#session, this.addressIn(this.#session) + BigInt(offset), length);
    if (found) return found;
    throw new DllparityError('ARGUMENT_RANGE', {
      what: `the memory at 0x${(this.address + BigInt(offset)).toString(16)} cannot be read`,
      figures: [{ name: 'wanted', value: length, unit: 'bytes' }],
      hint: 'The pointer is dangling, or fewer bytes lie behind it.',
    });
  }

  text(encoding = this.#encoding): string {
    return decodeText(readText(this.#session, this.addressIn(this.#session), 1), encoding);
  }

  wideText(): string {
    return Buffer.from(readText(this.#session, this.addressIn(this.#session), 2)).toString('utf16le');
  }

  override toString(): string {
    return `Pointer(0x${this.address.toString(16)})`;
  }

  get #source(): { readonly session: Session; readonly encoding: string } {
    return { session: this.#session, encoding: this.#encoding };
  }

  #units(unit: number, length: number): Int8Array | Uint16Array {
    const { buffer, byteOffset } = this.bytes(unit * length).slice();
    return unit === 2 ? new Uint16Array(buffer, byteOffset, length) : new Int8Array(buffer, byteOffset, length);
  }
}

/** The value of `layout` at byte `at`. Its pointers are not followed, except where a member counts what lies behind one. */
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
    return readPointee(
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

const flatness = new WeakMap<Layout, boolean>();

/** Whether all of a value lies in its own bytes, however they are: nothing in them counts, or leads elsewhere. */
function isFlat(layout: Layout): boolean {
  if (layout.kind === 'scalar') return true;
  let flat = flatness.get(layout);
  if (flat === undefined) {
    flat = findFlat(layout);
    flatness.set(layout, flat);
  }
  return flat;
}

function findFlat(layout: Layout): boolean {
  switch (layout.kind) {
    case 'scalar':
      return true;
    case 'pointer':
      return layout.type.countedBy === null;
    case 'array':
      return layout.type.length !== null && layout.bytes > 0 && isFlat(layout.element);
    case 'struct':
    case 'union':
      return layout.bytes > 0 && layout.members.every((member) => isFlat(member.layout));
    case 'sizeless':
      return false;
  }
}

/** HOT: `count` flat elements, without a copy of this process's own; `count` undefined: one value. Benchmark: image-filter-structs. */
function readFlat(
  { session, encoding }: Pick<Source, 'session' | 'encoding'>,
  element: Layout,
  address: bigint,
  count: number | undefined,
  what: string,
): unknown {
  const mark = session.top;
  try {
    const bytes = element.bytes * (count ?? 1);
    const at = fetchMemory(session, address, bytes);
    if (at < 0) throw cannotRead(what, bytes, address);
    const source = { view: session.view, session, encoding };
    return count === undefined ? readValue(source, element, at) : readElements(source, element, at, count);
  } finally {
    session.top = mark;
  }
}

/** `count` elements at an address of the agent: text as a string, others as an array. */
export function readPointee(
  { session, encoding }: Pick<Source, 'session' | 'encoding'>,
  element: Layout,
  address: bigint,
  count: number,
  what: string,
): unknown {
  const bytes = count * element.bytes;
  const text = textOf(element.type);
  if (text === null && bytes > 0 && isFlat(element))
    return readFlat({ session, encoding }, element, address, count, what);
  const source = sourceAt({ session, encoding }, address, bytes, what);
  if (text === null) return readElements(source.source, element, source.at, count);
  const found = bytesAt(source.source, source.at, bytes);
  return text === 'wchar' ? decodeWide(found) : decodeText(found, encoding);
}

/** A value at an address of the agent, with the flexible array at its end. */
export function readPointeeValue(
  { session, encoding }: Pick<Source, 'session' | 'encoding'>,
  layout: Layout,
  address: bigint,
  what: string,
): unknown {
  if (isFlat(layout)) return readFlat({ session, encoding }, layout, address, undefined, what);
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
