import { ownerOfStub, STUB_BYTES } from '../../windows/pe/wine-stub.ts';
import { readMemory } from '../session/read-memory.ts';
import type { Session } from '../session/session.ts';

const MAX_NAME_BYTES = 64;

/**
 * The DLL that has the function at an address by name only, as its code says: Wine makes such a stub where nobody has written
 * the function yet. Undefined for any other function. Costs two microseconds, where a call would cost a process.
 */
export function stubAt(session: Session, address: bigint): string | undefined {
  const code = readMemory(session, address, STUB_BYTES);
  const owner = code && ownerOfStub(Buffer.from(code), address, session.pointerBytes);
  const name = owner === undefined ? undefined : readMemory(session, owner, MAX_NAME_BYTES);
  const text = name && Buffer.from(name).toString('latin1').split('\0')[0];
  return text !== undefined && /^[\w.+-]+$/.test(text) ? text : undefined;
}
