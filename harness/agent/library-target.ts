import { DllparityError } from '../errors.ts';
import { findDll } from '../paths/find-dll.ts';
import { readPeHeader } from '../paths/pe-header.ts';
import { toWindowsPath } from '../paths/windows-path.ts';

/** What to hand to the Windows loader for a library: the Windows path of a file that was found and checked, or a name to be found by it. */
export function libraryTarget(
  name: string,
  searchPaths: readonly string[],
  prefix: string,
  architecture: 'x64' | 'ia32',
): string {
  const found = findDll(name, { prefix, searchPaths });
  if (found.kind === 'system') return found.name;
  const header = readPeHeader(found.path);
  if (header.architecture !== architecture) {
    throw new DllparityError('DLL_WRONG_ARCHITECTURE', {
      what: `the DLL was built for ${header.architecture}, and the agent runs as ${architecture}`,
      where: { file: found.path },
      hint: `Use the ${architecture} build of the DLL.`,
    });
  }
  return toWindowsPath(found.path, prefix);
}
