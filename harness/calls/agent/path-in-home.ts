import { DllparityError } from '../../base/errors.ts';
import { toWindowsPath } from '../../windows/paths/windows-path.ts';
import type { Home } from '../../machines/wine/home.ts';

/**
 * The path by which programs in a home know a file of this machine. It need not exist.
 *
 * @throws PATH_NOT_VISIBLE when no drive leads there, or the sandbox hides it
 */
export function windowsPathIn(home: Home, path: string): string {
  const windows = toWindowsPath(path, home.folders.prefix);
  if (home.sees(path)) return windows;
  throw new DllparityError('PATH_NOT_VISIBLE', {
    what: `the sandbox hides ${path} from DLLs`,
    hint: 'Add its folder to the option `folders` (DLLPARITY_FOLDERS), or set `sandbox` to off.',
  });
}
