// After a call: what the function wrote, into the values that the caller passed.
import type { Layout, RecordLayout } from '../abi/layout.ts';
import { decodeAddress, decodeScalar } from './decode-scalar.ts';
import { Pointer } from './pointer.ts';
import { readMember, readValue, type Source } from './read-value.ts';
import type { Transfer } from './transfer.ts';

/** Memory, and what the caller passed for the pointers in it. */
interface Brought extends Source {
  readonly passed: ReadonlyMap<bigint, unknown> | undefined;
}

const sourceOf = ({ session, encoding, after }: Transfer): Brought => ({
  view: session.view,
  session,
  encoding,
  passed: after.passed,
});

/** HOT for scalars. */
export function bringBackElements(
  transfer: Transfer,
  element: Layout,
  into: unknown[],
  at: number,
  length: number,
): void {
  const { view } = transfer.session;
  const { bytes } = element;
  if (element.kind === 'scalar') {
    const { code } = element;
    for (let i = 0; i < length; i++) into[i] = decodeScalar(code, view, at + i * bytes);
    return;
  }
  const source = sourceOf(transfer);
  for (let i = 0; i < length; i++) into[i] = broughtBack(source, element, into[i], at + i * bytes);
}

/** @param room bytes that were passed, the flexible array included */
export function bringBackRecord(
  transfer: Transfer,
  layout: RecordLayout,
  into: Record<string, unknown>,
  at: number,
  room: number,
): void {
  const { session } = transfer;
  // A view of what was passed: a count that the function made too large must not lead beyond it.
  const source: Brought = {
    ...sourceOf(transfer),
    view: new DataView(session.bytes.buffer, session.bytes.byteOffset + at, room),
  };
  bringBackMembers(source, layout, into, 0);
}

function bringBackMembers(source: Brought, layout: RecordLayout, into: Record<string, unknown>, at: number): void {
  for (const member of layout.members) {
    const present = into[member.name];
    into[member.name] =
      member.bits === null && keepsItsValue(member.layout, present)
        ? broughtBack(source, member.layout, present, at + member.offset)
        : readMember(source, layout, member, at, into);
  }
}

/** Whether a value is an object of the caller's that goes on standing for what it stood for. */
function keepsItsValue(layout: Layout, value: unknown): boolean {
  if (value === null || value === undefined) return false;
  if (layout.kind === 'pointer') return layout.type.countedBy === null;
  return (
    layout.kind === 'struct' || layout.kind === 'union' || (layout.kind === 'array' && layout.type.length !== null)
  );
}

/** The value that now stands for memory for which `present` stood before the call. */
function broughtBack(source: Brought, layout: Layout, present: unknown, at: number): unknown {
  if (layout.kind === 'pointer') return pointerAfter(source, layout.bytes, present, at);
  if ((layout.kind === 'struct' || layout.kind === 'union') && isObject(present)) {
    bringBackMembers(source, layout, present, at);
    return present;
  }
  if (layout.kind === 'array' && Array.isArray(present)) {
    // All elements, also where the caller gave fewer: the function may have written the rest.
    for (let i = 0; i < layout.length; i++) {
      present[i] = broughtBack(source, layout.element, present[i], at + i * layout.element.bytes);
    }
    return present;
  }
  if (layout.kind === 'array' && ArrayBuffer.isView(present)) {
    const bytes = new Uint8Array(present.buffer, present.byteOffset, present.byteLength);
    bytes.set(new Uint8Array(source.view.buffer, source.view.byteOffset + at, bytes.length));
    return present;
  }
  return readValue(source, layout, at);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !(value instanceof Pointer);
}

/**
 * A pointer for which the caller passed memory, text or a function: as long as it leads into what was passed for this
 * call, the caller's object stands for it; it has been brought up to date by itself.
 */
function pointerAfter(source: Brought, bytes: 4 | 8, present: unknown, at: number): unknown {
  const address = decodeAddress(bytes, source.view, at);
  if (address === 0n) return null;
  const isOurs = present !== null && present !== undefined && !(present instanceof Pointer);
  if (isOurs && source.passed?.get(address) === present) return present;
  return new Pointer(source.session, address, source.encoding);
}
