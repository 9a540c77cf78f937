// What stands behind a pointer: put into shared memory before the call, so that the function works on it in place, and
// brought back after the call where the function may have written.
import { layoutOf } from '../../types/abi/layout.ts';
import type { Layout, PointerLayout, RecordLayout } from '../../types/abi/layout-kinds.ts';
import type { VariadicArgument } from '../../types/declare/prototype-types.ts';
import { typeOf } from '../../types/declare/type-objects.ts';
import { type Direction, textOf } from '../../types/declare/types.ts';
import { DllparityError } from '../../base/errors.ts';
import { bringBackElements, bringBackRecord } from './bring-back.ts';
import { bringBackTexts } from './edited-texts.ts';
import { describe } from './encode-scalar.ts';
import { bytesOf, Passed } from './passed.ts';
import { PassedText } from './passed-text.ts';
import { Pointer } from './pointer.ts';
import { SharedBuffer } from './shared-buffer.ts';
import { encodeText, requireWhole } from './text.ts';
import type { Transfer, Where } from './transfer.ts';
import { isTyped } from './typed-value.ts';
import { flexibleBytes, writeElements, writeRecord } from './write-value.ts';

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
  if (value instanceof Pointer) return value.addressIn(session);
  if (value instanceof SharedBuffer) return value.pointer.addressIn(session);
  if (typeof value === 'string') return encodeString(transfer, layout, direction, value, where, nested);
  const bytes = bytesOf(value);
  if (bytes) return encodeBytes(transfer, bytes, direction);
  if (typeof value === 'function' && type.target.kind === 'function') {
    return transfer.makeCallback(type.target, value as (...args: never[]) => unknown, transfer.after);
  }
  const target = layoutOf(type.target, layout.bytes);
  const isUnknown = type.target.kind === 'void' || type.target.kind === 'opaque';
  if (isUnknown && isTyped(value)) return encodeTyped(transfer, layout, direction, value, where, nested);
  if (Array.isArray(value)) return encodeArray(transfer, layout, target, direction, value, where);
  if (typeof value === 'object' && (target.kind === 'struct' || target.kind === 'union')) {
    return encodeRecord(transfer, target, direction, value as Record<string, unknown>, where);
  }
  throw new DllparityError('ARGUMENT_TYPE', {
    what: `${where()} is of type ${type.name} and cannot take ${describe(value)}`,
    hint:
      type.target.kind === 'function'
        ? 'Pass a function, the `pointer` of an `agent.callback(...)`, a Pointer, or null.'
        : isUnknown
          ? 'Say what it is with `as`, for example as({ x: 1 }, pointer(point)), or pass a typed array or Buffer, a Pointer, or null.'
          : 'Pass a typed array or Buffer, an array of its elements, a Pointer, or null.',
  });
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
  if (given.kind === 'pointer' && given.type.target.kind !== 'void' && given.type.target.kind !== 'opaque') {
    return encodePointer(transfer, given, direction, typed.value, where, nested);
  }
  throw new DllparityError('ARGUMENT_TYPE', {
    what: `${where()} is of type ${type.name} and cannot take a value as ${given.name}`,
    hint: "Pass the type of a pointer to it, for example as([1, 2], 'int *') or as({ x: 1 }, pointer(point)).",
  });
}

function encodeString(
  transfer: Transfer,
  { type }: PointerLayout,
  direction: Direction,
  value: string,
  where: Where,
  nested: boolean,
): bigint {
  const text = textOf(type.target);
  if (text === null || (direction !== 'in' && !nested)) {
    throw new DllparityError('ARGUMENT_TYPE', {
      what: `${where()} is of type ${type.name}${text === null ? '' : ', which the function may write to,'} and cannot take a string`,
      hint:
        text === null
          ? 'Pass a Buffer.'
          : 'Pass a Buffer, or declare the parameter `const` or `_In_` when the function only reads it.',
    });
  }
  const unit = text === 'wchar' ? 2 : 1;
  const { at, bytes } = unit === 2 ? putWide(transfer, value, type.name === 'BSTR') : putNarrow(transfer, value);
  const address = BigInt(transfer.session.base + at);
  if (nested) (transfer.passed ??= new Passed()).note(address, new PassedText(value, at, bytes, unit));
  return address;
}

interface Put {
  readonly at: number;
  /** Without the terminator. */
  readonly bytes: number;
}

function putWide({ session }: Transfer, value: string, isBstr: boolean): Put {
  // A BSTR has its length in bytes before the text (Microsoft, "BSTR").
  const prefix = isBstr ? 4 : 0;
  const bytes = value.length * 2;
  const at = session.reserve(bytes + 2 + prefix) + prefix;
  if (prefix > 0) session.view.setUint32(at - 4, bytes, true);
  Buffer.from(session.bytes.buffer).write(value, at, 'utf16le');
  // One unit more than the text for the terminator; the heap is not cleared, so it is written.
  session.view.setUint16(at + bytes, 0, true);
  return { at, bytes };
}

function putNarrow({ session, encoding }: Transfer, value: string): Put {
  if (encoding === 'utf8') {
    const bytes = Buffer.byteLength(value);
    const at = session.reserve(bytes + 1);
    Buffer.from(session.bytes.buffer).write(value, at, 'utf8');
    // Only what is not ASCII can hold half a character.
    if (bytes !== value.length) requireWhole(value);
    session.bytes[at + bytes] = 0;
    return { at, bytes };
  }
  const encoded = encodeText(value, encoding);
  const at = session.reserve(encoded.length + 1);
  session.bytes.set(encoded, at);
  session.bytes[at + encoded.length] = 0;
  return { at, bytes: encoded.length };
}

function encodeBytes(transfer: Transfer, bytes: Uint8Array, direction: Direction): bigint {
  const { session, after } = transfer;
  // Memory that is shared already needs no journey.
  if (bytes.buffer === session.bytes.buffer) return BigInt(session.base + bytes.byteOffset);
  const { ranges } = (transfer.passed ??= new Passed());
  return BigInt(session.base + ranges.place(session, bytes, direction === 'in' ? undefined : after.copyBack));
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
    after.copyBack.push(() => {
      bringBackElements(transfer, target, value, at, length);
    });
  } else if (direction === 'in') bringBackTexts(transfer, target, value, at);
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
    after.copyBack.push(() => {
      bringBackRecord(transfer, target, value, at, room);
    });
  } else if (direction === 'in') bringBackTexts(transfer, target, [value], at);
  return BigInt(session.base + at);
}
