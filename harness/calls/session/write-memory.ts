import { HEADER } from '../../../protocol/wire/layout.ts';
import { rawCall } from './raw-call.ts';
import { offsetOf } from './read-memory.ts';
import type { Session } from './session.ts';

/** Writes to the agent's memory. False when not all of it can be written: then any part of it may have been. */
export function writeMemory(session: Session, address: bigint, bytes: Uint8Array): boolean {
  const offset = offsetOf(session, address);
  if (offset >= 0) {
    if (offset + bytes.length > session.capacity) return false;
    session.bytes.set(bytes, offset);
    return true;
  }
  const mark = session.top;
  const at = session.reserve(bytes.length);
  session.bytes.set(bytes, at);
  try {
    const copyMemory = session.view.getBigUint64(HEADER.COPY_MEMORY, true);
    const copied = rawCall(session, copyMemory, address, BigInt(session.base + at), BigInt(bytes.length)).integer;
    return copied === BigInt(bytes.length);
  } finally {
    session.top = mark;
  }
}
