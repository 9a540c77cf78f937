import { DllparityError } from '../../base/errors.ts';
import { toWindowsPath } from '../../windows/paths/windows-path.ts';
import type { Machine } from '../../machines/machine.ts';

/**
 * The path by which programs in a machine know a file of the host. It need not exist.
 *
 * @throws PATH_NOT_VISIBLE when no drive leads there, or the sandbox hides it
 */
export function visiblePath(machine: Machine, path: string): string {
  const windows = toWindowsPath(path, machine.folders.prefix);
  if (machine.sees(path)) return windows;
  throw new DllparityError('PATH_NOT_VISIBLE', {
    what: `the sandbox hides ${path} from DLLs`,
    hint: 'Add its folder to the option `folders` (DLLPARITY_FOLDERS), or set `sandbox` to off.',
  });
}
