import { findDll } from '../../windows/paths/find-dll.ts';
import { toWindowsPath } from '../../windows/paths/windows-path.ts';
import { kernelCall } from '../session/kernel-call.ts';
import { writeText } from '../session/modules.ts';
import type { Session } from '../session/session.ts';

/** UTF-16 units of the longest path that Windows has, with its end. */
const PATH_UNITS = 32_768;

export interface FindOptions {
  readonly searchPaths: readonly string[];
  readonly architecture: 'x64' | 'ia32';
}

/**
 * The Windows path of the DLL that a name or path leads to, without loading it: in the search paths, or where Windows looks (SearchPath).
 * Null when there is none. What is loaded already, or redirected, is not asked.
 */
export function findInAgent(session: Session, name: string, { searchPaths, architecture }: FindOptions): string | null {
  const { prefix } = session.machine.folders;
  const found = findDll(name, { prefix, searchPaths, architecture });
  return found.kind === 'file' ? toWindowsPath(found.path, prefix) : searchPath(session, found.name);
}

function searchPath(session: Session, name: string): string | null {
  const mark = session.top;
  try {
    const text = writeText(session, name, 'utf16le');
    const at = session.reserve(2 * PATH_UNITS);
    const place = BigInt(session.base + at);
    const { integer } = kernelCall(session, 'SearchPathW', 0n, text, 0n, BigInt(PATH_UNITS), place, 0n);
    const units = Math.min(Number(integer & 0xffffffffn), PATH_UNITS);
    return units === 0 ? null : Buffer.from(session.bytes.slice(at, at + 2 * units)).toString('utf16le');
  } finally {
    session.top = mark;
  }
}
