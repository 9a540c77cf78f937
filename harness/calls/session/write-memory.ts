import { writeAgentMemory } from './agent-memory.ts';
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
    return writeAgentMemory(session, at, address, bytes.length);
  } finally {
    session.top = mark;
  }
}

/** The same for bytes that lie in the shared memory already, from `at` on. */
export function writeShared(session: Session, address: bigint, at: number, bytes: number): boolean {
  const offset = offsetOf(session, address);
  if (offset < 0) return writeAgentMemory(session, at, address, bytes);
  if (offset + bytes > session.capacity) return false;
  session.bytes.copyWithin(offset, at, at + bytes);
  return true;
}
