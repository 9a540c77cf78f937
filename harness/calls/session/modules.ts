// The loader of Windows, as its own functions have it: what the harness loads DLLs and finds their exports with.
import { HEADER } from '../../../protocol/wire/layout.ts';
import { rawCall } from './raw-call.ts';
import type { Session } from './session.ts';

/** What the loader says to the wish for a module. */
export interface ModuleLoad {
  /** 0 when there is none. */
  readonly handle: bigint;
  /** GetLastError(), which means something only then. */
  readonly lastError: number;
}

/** LoadLibraryExW. */
export function loadModule(session: Session, name: string, flags: bigint): ModuleLoad {
  const mark = session.top;
  try {
    const { integer, lastError } = call(session, HEADER.LOAD_LIBRARY, writeText(session, name, 'utf16le'), 0n, flags);
    return { handle: integer, lastError };
  } finally {
    session.top = mark;
  }
}

/** FreeLibrary. */
export function freeModule(session: Session, handle: bigint): void {
  call(session, HEADER.FREE_LIBRARY, handle);
}

/** GetProcAddress: an export by its name or ordinal; 0 when there is none. */
export function exportOf(session: Session, handle: bigint, name: string | number): bigint {
  const mark = session.top;
  try {
    // A number below 65,536 in place of a name is an ordinal.
    const wanted = typeof name === 'number' ? BigInt(name & 0xffff) : writeText(session, name, 'latin1');
    return call(session, HEADER.GET_PROC_ADDRESS, handle, wanted).integer;
  } finally {
    session.top = mark;
  }
}

/** Puts a NUL-terminated text into the heap and returns its address. The caller gives the heap back. */
export function writeText(session: Session, text: string, encoding: 'utf16le' | 'latin1'): bigint {
  const bytes = Buffer.from(`${text}\0`, encoding);
  const at = session.reserve(bytes.length);
  session.bytes.set(bytes, at);
  return BigInt(session.base + at);
}

function call(session: Session, entry: number, ...slots: readonly bigint[]): ReturnType<typeof rawCall> {
  return rawCall(session, session.view.getBigUint64(entry, true), ...slots);
}
