import { basename } from 'node:path/win32';
import type { ResolvedConfig } from '../../config/config.ts';
import { DllparityError } from '../../base/errors.ts';
import { readMemory } from '../session/read-memory.ts';
import type { Session } from '../session/session.ts';
import type { LibraryTarget } from './library-target.ts';
import type { LoadedFile } from './loaded-library.ts';

// Wine writes it behind the DOS header of its own DLLs.
const MARK = Buffer.from('Wine builtin DLL');
const MARK_OFFSET = 0x40n;

/**
 * Wine's loader takes a builtin of its own before a file of the same name, wherever that lies; Wine 10 then even says that the
 * file is what it loaded. Nobody who gave a file means that, unless the load order says so.
 */
export function checkLoadedFile(
  session: Session,
  { name, isForeign }: LibraryTarget,
  { base }: LoadedFile,
  overrides: ResolvedConfig['dllOverrides'],
): void {
  if (!isForeign) return;
  const file = basename(name).toLowerCase();
  const stem = file.replace(/\.dll$/, '');
  if (Object.keys(overrides).some((key) => [stem, file].includes(key.toLowerCase()))) return;
  const mark = readMemory(session, base + MARK_OFFSET, MARK.length);
  if (!mark || !MARK.equals(mark)) return;
  throw new DllparityError('DLL_LOAD_FAILED', {
    what: `Wine took its own ${file} in place of ${name}`,
    hint: `Say in the options which is meant: dllOverrides: { ${JSON.stringify(stem)}: 'native,builtin' } is the file, 'builtin' Wine's.`,
  });
}
