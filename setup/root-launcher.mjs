import { readdir, readlink } from 'node:fs/promises';
import { join } from 'node:path';
import { BORROWED_FILES } from './root-recipe.mjs';

// Folders that the root folder has of its own, or that are made anew; everything else is the machine's.
const OWN = new Set(['bin', 'boot', 'dev', 'etc', 'lib', 'lib32', 'lib64', 'libx32', 'lost+found', 'proc', 'sbin', 'sys', 'usr']); // prettier-ignore

/**
 * The words to put before a program so that bubblewrap runs it with Debian's files from `folder`, and with the machine's own
 * folders at their own places: a path means the same inside and outside. When bubblewrap is killed, so is the program.
 * @param {string} bubblewrap
 * @param {string} folder
 * @returns {Promise<readonly string[]>}
 */
export async function rootLauncher(bubblewrap, folder) {
  const words = [bubblewrap, '--die-with-parent', '--tmpfs', '/'];
  for (const name of ['usr', 'etc']) words.push('--ro-bind', join(folder, name), `/${name}`);
  for (const file of BORROWED_FILES) words.push('--ro-bind-try', file, file);
  words.push('--dev-bind', '/dev', '/dev', '--proc', '/proc', '--ro-bind', '/sys', '/sys');
  words.push('--bind-try', '/usr/local', '/usr/local');
  // Debian links /bin, /lib and the like into /usr.
  words.push(...(await links(folder, (name) => OWN.has(name))));
  words.push(...(await links('/', (name) => !OWN.has(name))));
  for (const entry of await readdir('/', { withFileTypes: true })) {
    // One that is gone by then is nobody's trouble.
    if (entry.isDirectory() && !OWN.has(entry.name)) words.push('--bind-try', `/${entry.name}`, `/${entry.name}`);
  }
  return [...words, '--'];
}

/**
 * @param {string} folder
 * @param {(name: string) => boolean} wanted
 */
async function links(folder, wanted) {
  const words = [];
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (!entry.isSymbolicLink() || !wanted(entry.name)) continue;
    words.push('--symlink', await readlink(join(folder, entry.name)), `/${entry.name}`);
  }
  return words;
}
