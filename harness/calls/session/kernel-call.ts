import { HEADER } from '../../../protocol/wire/layout.ts';
import { DllparityError } from '../../base/errors.ts';
import { rawCall, type RawResult } from './raw-call.ts';
import type { Session } from './session.ts';

/** Addresses by name, of the agent process they were looked up in. */
const found = new WeakMap<Session, { readonly generation: number; readonly addresses: Map<string, bigint> }>();

/** Calls a function of kernel32.dll with arguments of a pointer's width. Throws when it is not there. */
export function kernelCall(session: Session, name: string, ...slots: readonly bigint[]): RawResult {
  return rawCall(session, addressOf(session, name), ...slots);
}

function addressOf(session: Session, name: string): bigint {
  let known = found.get(session);
  if (known?.generation !== session.generation) {
    known = { generation: session.generation, addresses: new Map() };
    found.set(session, known);
  }
  let address = known.addresses.get(name);
  if (address === undefined) {
    address = lookUp(session, name);
    known.addresses.set(name, address);
  }
  return address;
}

function lookUp(session: Session, name: string): bigint {
  const { view } = session;
  const mark = session.top;
  try {
    const dll = writeText(session, 'kernel32.dll', 'utf16le');
    const { integer: handle } = rawCall(session, view.getBigUint64(HEADER.LOAD_LIBRARY, true), dll, 0n, 0n);
    const text = writeText(session, name, 'latin1');
    const { integer } = rawCall(session, view.getBigUint64(HEADER.GET_PROC_ADDRESS, true), handle, text);
    if (integer !== 0n) return integer;
  } finally {
    session.top = mark;
  }
  throw new DllparityError('EXPORT_NOT_FOUND', {
    what: `kernel32.dll does not export ${name}`,
    hint: 'The runtime is not the Windows that the harness needs.',
  });
}

/** Puts a NUL-terminated text into the heap and returns its address. The caller gives the heap back. */
export function writeText(session: Session, text: string, encoding: 'utf16le' | 'latin1'): bigint {
  const bytes = Buffer.from(`${text}\0`, encoding);
  const at = session.reserve(bytes.length);
  session.bytes.set(bytes, at);
  return BigInt(session.base + at);
}
