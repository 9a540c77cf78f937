import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { cacheFiles } from './locations.mjs';

/**
 * The root folder that Wine 10 runs in: a small Debian 13. Debian's Wine has its paths built in, so it cannot be unpacked
 * beside the machine's own. A change here makes a new folder: the text is part of its name.
 */
export const ROOT_RECIPE = {
  revision: 1,
  suite: 'trixie',
  // The release alone, without its update suites: its indexes change a few times a year, and never apart from one another.
  mirror: 'http://deb.debian.org/debian',
  architectures: ['amd64', 'i386'],
  packages: ['wine', 'wine64', 'wine32:i386', 'libgnutls30t64'],
  aptOptions: ['Apt::Install-Recommends "false"', 'Acquire::Retries "3"'],
};

/** Files of the machine that programs in the root folder see instead of its own: user names, time zone, name resolution. */
export const BORROWED_FILES = ['/etc/passwd', '/etc/group', '/etc/hosts', '/etc/resolv.conf', '/etc/localtime'];

const HASH_DIGITS = 12;

/** @param {string} cache */
export function rootFolder(cache) {
  const hash = createHash('sha256')
    .update(JSON.stringify([ROOT_RECIPE, BORROWED_FILES]))
    .digest('hex');
  return join(cacheFiles(cache).roots, `${ROOT_RECIPE.suite}-${hash.slice(0, HASH_DIGITS)}`);
}

/**
 * Arguments of mmdebstrap that make the folder.
 * @param {string} folder
 */
export function mmdebstrapArguments(folder) {
  const { suite, mirror, architectures, packages, aptOptions } = ROOT_RECIPE;
  // A file can be shown in place of another only where there is one, and the folder is read-only when it is used.
  const places = BORROWED_FILES.map((file) => `"$1${file}"`).join(' ');
  return [
    '--mode=root',
    '--variant=apt',
    `--architectures=${architectures.join(',')}`,
    ...aptOptions.map((option) => `--aptopt=${option}`),
    `--include=${packages.join(',')}`,
    `--customize-hook=touch ${places}`,
    suite,
    folder,
    mirror,
  ];
}
