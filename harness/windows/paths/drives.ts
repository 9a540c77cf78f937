import { readdirSync, readlinkSync, realpathSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { DllparityError } from '../../base/errors.ts';
import { setupCommand } from '../../base/package-root.ts';

/** A drive letter of a prefix and the Unix folder behind it. */
export interface Drive {
  /** Lower case, without the colon. */
  readonly letter: string;
  /** The folder as the link names it, absolute. */
  readonly folder: string;
  /** The folder with all links followed; the same as `folder` when it does not exist. */
  readonly realFolder: string;
}

/**
 * The drives of a prefix, from the links in its `dosdevices`, in the order of their letters.
 *
 * @throws PATH_NOT_VISIBLE when the folder is no prefix
 */
export function readDrives(prefix: string): Drive[] {
  const devices = join(resolve(prefix), 'dosdevices');
  return names(devices)
    .filter((name) => /^[a-z]:$/i.test(name))
    .sort()
    .flatMap((name) => {
      const target = linkTarget(join(devices, name));
      if (target === undefined) return [];
      const folder = resolve(devices, target);
      return [{ letter: name.charAt(0).toLowerCase(), folder, realFolder: realFolder(folder) }];
    });
}

function names(devices: string): string[] {
  try {
    return readdirSync(devices);
  } catch (cause) {
    throw new DllparityError('PATH_NOT_VISIBLE', {
      what: 'A Wine prefix has no dosdevices folder, so no path can be seen through it',
      where: { file: devices },
      hint: `Run \`${setupCommand}\` to make the prefix template again.`,
      cause,
    });
  }
}

function linkTarget(link: string): string | undefined {
  try {
    return readlinkSync(link);
  } catch {
    // A folder in place of a link is a drive too, as on a file system without links.
    return link;
  }
}

function realFolder(folder: string): string {
  try {
    return realpathSync(folder);
  } catch {
    return folder;
  }
}
