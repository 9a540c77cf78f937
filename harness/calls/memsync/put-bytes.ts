// What needs no values written: texts and bytes of the caller, put into shared memory.
import type { PointerLayout } from '../../types/abi/layout-kinds.ts';
import { type Direction, textOf } from '../../types/declare/types.ts';
import { DllparityError } from '../../base/errors.ts';
import { Passed } from './passed.ts';
import { PassedText } from './passed-text.ts';
import { encodeText, requireWhole } from './text.ts';
import type { Transfer, Where } from './transfer.ts';

/** Puts a text where the function can reach it and returns the address. */
export function putString(
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

/** The same for memory that JavaScript itself has as bytes. */
export function putBytes(transfer: Transfer, bytes: Uint8Array, direction: Direction): bigint {
  const { session, after } = transfer;
  // Memory that is shared already needs no journey.
  if (bytes.buffer === session.bytes.buffer) return BigInt(session.base + bytes.byteOffset);
  const { ranges } = (transfer.passed ??= new Passed());
  return BigInt(session.base + ranges.place(session, bytes, direction === 'in' ? undefined : after.copyBack));
}
