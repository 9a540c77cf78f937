// After a call: what the function wrote, into the values that the caller passed. What is frozen stays as it is: the function had a copy.
import { layoutOf } from '../../types/abi/layout.ts';
import type { Layout, MemberLayout, PointerLayout, RecordLayout } from '../../types/abi/layout-kinds.ts';
import { textOf } from '../../types/declare/types.ts';
import { DllparityError } from '../../base/errors.ts';
import { offsetOf } from '../session/read-memory.ts';
import type { Session } from '../session/session.ts';
import { countIn } from './counts.ts';
import { decodeAddress, decodeScalar } from './decode-scalar.ts';
import { bytesOf, type Passed } from './passed.ts';
import { PassedText } from './passed-text.ts';
import { Pointer, readArray, readPointee, readMember, readValue } from './pointer.ts';
import type { Source } from './source.ts';
import type { AfterCall, Transfer, WrittenOut } from './transfer.ts';
import { isTyped } from './typed-value.ts';

/** Memory, and what the caller passed for the pointers in it. */
interface Brought extends Source {
  readonly passed: Passed | undefined;
}

const sourceOf = ({ session, encoding, passed }: Transfer): Brought => ({
  view: session.view,
  session,
  encoding,
  passed,
});

/** Brings everything back, and throws the first problem with it only then. */
export function copyAllOut({ copyBack }: AfterCall): void {
  let problem: { readonly error: unknown } | undefined;
  for (const each of copyBack) {
    try {
      if (typeof each === 'function') each();
      else copyOutWritten(each);
    } catch (error) {
      problem ??= { error };
    }
  }
  if (problem) throw problem.error;
}

function copyOutWritten(written: WrittenOut): void {
  const { transfer, at } = written;
  if (written.kind === 'elements') copyOutElements(transfer, written.layout, written.into, at, written.length);
  else copyOutRecord(transfer, written.layout, written.into, at, written.room);
}

/** HOT for scalars. */
function copyOutElements(transfer: Transfer, element: Layout, into: unknown[], at: number, length: number): void {
  if (Object.isFrozen(into)) return;
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
function copyOutRecord(
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
  copyOutMembers(source, layout, into, 0);
}

function copyOutMembers(source: Brought, layout: RecordLayout, into: Record<string, unknown>, at: number): void {
  if (Object.isFrozen(into)) return;
  let grown: DllparityError | undefined;
  for (const member of layout.members) {
    const present = into[member.name];
    const fits = fittingElements(source, layout, member, present, at);
    if (fits) {
      into[member.name] = fits.elements;
      grown ??= fits.problem;
      continue;
    }
    into[member.name] =
      member.bits === null && keepsItsValue(member.layout, present)
        ? broughtBack(source, member.layout, present, at + member.offset)
        : readMember(source, layout, member, at);
  }
  // The other members first: what is known is brought back.
  if (grown) throw grown;
}

/** Of an array of which the function now counts more elements than were passed, those that were: behind them lies something else. */
function fittingElements(
  source: Brought,
  record: RecordLayout,
  { name, layout, offset }: MemberLayout,
  present: unknown,
  at: number,
): { readonly elements: unknown; readonly problem: DllparityError } | undefined {
  if ((layout.kind !== 'array' && layout.kind !== 'pointer') || layout.type.countedBy === null) return undefined;
  const { countedBy } = layout.type;
  const element = layout.kind === 'array' ? layout.element : layoutOf(layout.type.target, layout.bytes);
  const passed =
    layout.kind === 'array'
      ? Math.floor((source.view.byteLength - (at + offset)) / element.bytes)
      : passedBehind(source, layout, present, element, at + offset);
  const count = countIn(source, record, countedBy, at);
  if (passed === undefined || count <= passed) return undefined;
  const problem = new DllparityError('ARGUMENT_RANGE', {
    what: `the function has made ${record.name}.${name} longer than what was passed: elements behind it are lost, and other memory may be spoilt`,
    figures: [
      { name: 'passed', value: passed, unit: 'elements' },
      { name: countedBy, value: count, unit: 'elements' },
    ],
    hint: `Pass as many elements as the function may need, and in ${countedBy} how many of them are in use.`,
  });
  const elements =
    layout.kind === 'array'
      ? readArray(source, layout, at + offset, passed)
      : readPointee(source, element, decodeAddress(layout.bytes, source.view, at + offset), passed, name);
  return { elements, problem };
}

/** How many elements the caller has passed behind a pointer, as long as it leads there. */
function passedBehind(
  { session, passed, view }: Brought,
  { bytes }: PointerLayout,
  present: unknown,
  element: Layout,
  at: number,
): number | undefined {
  const address = decodeAddress(bytes, view, at);
  const memory = bytesOf(present);
  if (memory) {
    const offset = passed?.ranges.offsetOf(memory) ?? -1;
    return address === BigInt(session.base + offset) ? Math.floor(memory.byteLength / element.bytes) : undefined;
  }
  if (!Array.isArray(present) || passed?.valueAt(address) !== present) return undefined;
  return present.length;
}

/** Whether what a member is now depends on the caller's objects: on the one that it held, or on another that its pointer leads to. */
function keepsItsValue(layout: Layout, value: unknown): boolean {
  if (layout.kind === 'pointer') return layout.type.countedBy === null;
  if (value === null || value === undefined) return false;
  return (
    layout.kind === 'struct' || layout.kind === 'union' || (layout.kind === 'array' && layout.type.length !== null)
  );
}

/** The value that now stands for memory for which `present` stood before the call. */
function broughtBack(source: Brought, layout: Layout, present: unknown, at: number): unknown {
  if (layout.kind === 'pointer') return pointerAfter(source, layout, present, at);
  if ((layout.kind === 'struct' || layout.kind === 'union') && isObject(present)) {
    copyOutMembers(source, layout, present, at);
    return present;
  }
  if (layout.kind === 'array' && Array.isArray(present)) {
    if (Object.isFrozen(present)) return present;
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
 * What a pointer stands for: the caller's object, as long as it leads to one that was passed for this call, there or elsewhere
 * (the object has been brought up to date by itself), and text as it is now. Functions sort arrays of pointers, and link lists
 * anew. Anything else is a place.
 */
function pointerAfter(source: Brought, { type, bytes }: PointerLayout, present: unknown, at: number): unknown {
  const { view, session, encoding, passed } = source;
  const address = decodeAddress(bytes, view, at);
  if (address === 0n) return null;
  const found = passed?.valueAt(address);
  const text = textOf(type.target);
  if (text !== null && passed?.hasBehind && (found === undefined || found instanceof PassedText)) {
    const offset = offsetOf(session, address);
    const around = found ?? (offset < 0 ? undefined : passed.textAround(offset));
    if (around?.unit === (text === 'wchar' ? 2 : 1)) return around.now(source, offset);
  }
  if (found instanceof PassedText)
    return isTyped(found.given) ? found.now(source, found.at) : new Pointer(session, address, encoding);
  if (found === undefined) return new Pointer(session, address, encoding);
  return isSame(present, found) || isMemoryAt(session, passed, present, address) ? present : found;
}

function isSame(present: unknown, found: unknown): boolean {
  return isTyped(present) && isTyped(found) ? present.value === found.value : present === found;
}

/** Several views may begin at one address. */
function isMemoryAt(session: Session, passed: Passed | undefined, present: unknown, address: bigint): boolean {
  const memory = bytesOf(present);
  if (!memory) return false;
  const isShared = memory.buffer === session.bytes.buffer;
  return address === BigInt(session.base + (isShared ? memory.byteOffset : (passed?.ranges.offsetOf(memory) ?? -1)));
}
