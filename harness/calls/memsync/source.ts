// Memory that values are read from.
import { DllparityError } from '../../base/errors.ts';
import { offsetOf, readMemory } from '../session/read-memory.ts';
import type { Session } from '../session/session.ts';

/** Where values are read from: the shared memory, or a copy of the agent's. */
export interface Source {
  readonly view: DataView;
  readonly session: Session;
  /** Of 8-bit text. */
  readonly encoding: string;
}

/** Where memory of the agent can be read: shared memory in place, other as a copy. */
export function sourceAt(
  { session, encoding }: Pick<Source, 'session' | 'encoding'>,
  address: bigint,
  bytes: number,
  what: string,
): { readonly source: Source; readonly at: number } {
  // Zero bytes can be read anywhere.
  if (bytes === 0) return { source: { view: new DataView(new ArrayBuffer(0)), session, encoding }, at: 0 };
  const offset = offsetOf(session, address);
  if (offset >= 0 && offset + bytes <= session.capacity) {
    return { source: { view: session.view, session, encoding }, at: offset };
  }
  const copy = readMemory(session, address, bytes);
  if (!copy) throw cannotRead(what, bytes, address);
  return { source: { view: new DataView(copy.buffer, copy.byteOffset, copy.byteLength), session, encoding }, at: 0 };
}

export function cannotRead(what: string, bytes: number, address?: bigint): DllparityError {
  return new DllparityError('ARGUMENT_RANGE', {
    what: `the memory ${address === undefined ? '' : `at 0x${address.toString(16)} `}cannot be read for ${what}`,
    figures: [{ name: 'wanted', value: bytes, unit: 'bytes' }],
    hint: 'The pointer is dangling, or fewer bytes lie behind it than the length says.',
  });
}
