import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { DllparityError } from '../base/errors.ts';

const FILE_NAMES = ['ts', 'mts', 'js', 'mjs'].map((extension) => `dllparity.config.${extension}`);

/** What was found from a folder upward. */
export interface FoundConfig {
  /** The folder of the nearest package.json, or the start folder when there is none. Absolute. */
  readonly root: string;
  /** The configuration file, absolute, when there is one. */
  readonly path: string | undefined;
}

/**
 * Looks for `dllparity.config.{ts,mts,js,mjs}` from a folder upward, up to the folder of the nearest package.json.
 *
 * @throws CONFIG_FILE when one folder holds several
 */
export function findConfig(startFolder: string): FoundConfig {
  const folders = projectFolders(resolve(startFolder));
  const root = folders.at(-1) ?? startFolder;
  for (const folder of folders) {
    const [found, other] = FILE_NAMES.map((name) => join(folder, name)).filter((path) => existsSync(path));
    if (other !== undefined) {
      throw new DllparityError('CONFIG_FILE', {
        what: 'One folder has two configuration files',
        details: [`${found}`, other],
        where: { file: folder },
        hint: 'Keep one of them.',
      });
    }
    if (found !== undefined) return { root, path: found };
  }
  return { root, path: undefined };
}

// Above the project lie folders that others may write to, such as /tmp, and a configuration file is code that runs:
// without a package.json nothing above the start folder is looked at.
function projectFolders(start: string): string[] {
  const folders: string[] = [];
  for (let folder = start; ; folder = dirname(folder)) {
    folders.push(folder);
    if (existsSync(join(folder, 'package.json'))) return folders;
    if (folder === dirname(folder)) return [start];
  }
}
