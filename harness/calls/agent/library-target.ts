import { DllparityError } from '../../base/errors.ts';
import { findDll } from '../../windows/paths/find-dll.ts';
import { readPeHeader } from '../../windows/pe/pe-header.ts';
import type { Machine } from '../../machines/machine.ts';
import { visiblePath } from './visible-path.ts';

/** What to hand to the Windows loader for a library. */
export interface LibraryTarget {
  /** The Windows path of a file that was found and checked, or a name to be found by the loader. */
  readonly name: string;
  /** Whether it is a file, and none of Wine's own DLLs. */
  readonly isForeign: boolean;
  /** Path of the file on this machine; undefined where the loader is to find it. */
  readonly file: string | undefined;
}

/** Finds a library, and checks that the agent can load it. */
export function libraryTarget(
  name: string,
  searchPaths: readonly string[],
  machine: Machine,
  architecture: 'x64' | 'ia32',
): LibraryTarget {
  const found = findDll(name, { prefix: machine.folders.prefix, searchPaths, architecture });
  if (found.kind === 'system') return { name: found.name, isForeign: false, file: undefined };
  const header = readPeHeader(found.path);
  if (header.architecture !== architecture) {
    throw new DllparityError('DLL_WRONG_ARCHITECTURE', {
      what: `the DLL was built for ${header.architecture}, and the agent runs as ${architecture}`,
      where: { file: found.path },
      hint: `Use the ${architecture} build of the DLL.`,
    });
  }
  if (header.isManaged) {
    throw new DllparityError('DLL_LOAD_FAILED', {
      what: 'The DLL is a .NET assembly: its code runs in the runtime of .NET, and is not called from C',
      where: { file: found.path },
      hint: 'Declare the native DLL that does the work, if it wraps one, or a build of it that exports C functions.',
    });
  }
  return { name: visiblePath(machine, found.path), isForeign: header.wineMark === undefined, file: found.path };
}
