import { DllparityError } from '../../base/errors.ts';
import { readAgentMemory } from './agent-memory.ts';
import { endOfText, type TextUnit } from './end-of-text.ts';
import type { Session } from './session.ts';

/** Offset in the shared memory of an address of the agent, or -1 when it lies elsewhere. */
export function offsetOf(session: Session, address: bigint): number {
  const offset = Number(address) - session.base;
  return offset >= 0 && offset < session.capacity ? offset : -1;
}

/**
 * A copy of `bytes` bytes of the agent's memory, or undefined when they cannot all be read.
 *
 * @throws READ_TOO_LARGE
 */
export function readMemory(session: Session, address: bigint, bytes: number): Uint8Array | undefined {
  const mark = session.top;
  try {
    const at = fetchMemory(session, address, bytes);
    return at < 0 ? undefined : session.bytes.slice(at, at + bytes);
  } finally {
    session.top = mark;
  }
}

/**
 * HOT: where `bytes` bytes of the agent's memory lie in the shared memory: in place, or copied to its heap, whose `top` the caller
 * sets back. -1 when they cannot all be read. The DLL can change them at any time: they are for what is read once, and no number
 * among them may say how far the reading goes. Benchmark: image-filter-structs.
 *
 * @throws READ_TOO_LARGE
 */
export function fetchMemory(session: Session, address: bigint, bytes: number): number {
  if (bytes > session.readBytes) throw tooLarge(session, 'the memory behind a pointer is larger than what is taken');
  const offset = offsetOf(session, address);
  if (offset >= 0) return offset + bytes <= session.capacity ? offset : -1;
  const at = session.reserve(bytes);
  return readAgentMemory(session, address, at, bytes) ? at : -1;
}

const PAGE_BITS = 12;
const PAGE = 2 ** PAGE_BITS;
/** Bytes asked for first: most texts end within them. */
const SHORT_TEXT = 64;
/** Pages asked for at once, at most. */
const MAX_PAGES = 256;

/** The error for a DLL that hands over more than was asked for. */
export function tooLarge({ readBytes }: Session, what: string): DllparityError {
  return new DllparityError('READ_TOO_LARGE', {
    what,
    figures: [{ name: 'limit', value: readBytes, unit: 'bytes' }],
    hint: 'Raise `limits.readBytes` (DLLPARITY_LIMITS_READ_BYTES), or read a part of it through a Pointer.',
  });
}

/**
 * The NUL-terminated text at an address: bytes, or pairs of bytes for `unit` 2, without the terminator.
 *
 * @throws READ_TOO_LARGE, and CALL_DID_NOT_RETURN when it runs into memory that cannot be read
 */
export function readText(session: Session, address: bigint, unit: 1 | 2): Uint8Array {
  const text = findText(session, address, unit);
  if (text) return text;
  throw new DllparityError('CALL_DID_NOT_RETURN', {
    what: `the text at 0x${address.toString(16)} runs into memory that cannot be read`,
    hint: 'The function returned something that is not a NUL-terminated text; declare its result as `void *` to look at the address.',
  });
}

/**
 * The same for characters of any width; undefined when it runs into memory that cannot be read.
 *
 * @throws READ_TOO_LARGE
 */
export function findText(session: Session, address: bigint, unit: TextUnit): Uint8Array | undefined {
  const parts: Uint8Array[] = [];
  let at = address;
  let most = SHORT_TEXT;
  for (let pages = 1; ;) {
    if (parts.length > 0 && at - address > BigInt(session.readBytes))
      throw tooLarge(session, 'a text of the DLL goes on for more than is taken');
    // Up to the end of its page a byte is as readable as the one before; what lies behind is tried, more and more of it.
    const pageEnd = PAGE - Number(BigInt.asUintN(PAGE_BITS, at));
    const bytes = Math.min(most, pageEnd + (pages - 1) * PAGE);
    const part = textPart(session, at, Math.min(session.readBytes, Math.max(unit, bytes - (bytes % unit))), unit);
    if (part) {
      if (part.isLast) return parts.length === 0 ? part.text : Buffer.concat([...parts, part.text]);
      parts.push(part.text);
      at += BigInt(part.text.length);
      if (most === SHORT_TEXT) most = Infinity;
      else pages = Math.min(pages * 2, MAX_PAGES);
    } else if (pages > 1) {
      pages = 1;
    } else return undefined;
  }
}

/** The text among `bytes` bytes, and whether it ends there; undefined when they cannot all be read. */
function textPart(
  session: Session,
  address: bigint,
  bytes: number,
  unit: TextUnit,
): { readonly text: Uint8Array; readonly isLast: boolean } | undefined {
  const mark = session.top;
  try {
    const at = fetchMemory(session, address, bytes);
    if (at < 0) return undefined;
    const end = endOfText(session.bytes.subarray(at, at + bytes), unit);
    return { text: session.bytes.slice(at, at + (end < 0 ? bytes : end)), isLast: end >= 0 };
  } finally {
    session.top = mark;
  }
}
