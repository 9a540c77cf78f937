import { dirname, join } from 'node:path';
import { findProgram, isExecutable } from './find-program.mjs';
import { lastLines, runProgram } from './run-program.mjs';
import { SetupError } from './setup-error.mjs';

// Debian keeps the loader off PATH: its `wine` there is a script that prefers 32-bit programs.
const DEBIAN_FOLDER = '/usr/lib/wine';

/**
 * The 64-bit Wine loader and the server that belongs to it, or undefined when either is missing.
 * @param {NodeJS.ProcessEnv} env
 */
export function findWine(env) {
  const onPath = findProgram(['wine64'], env);
  for (const wine of [join(DEBIAN_FOLDER, 'wine64'), onPath]) {
    if (wine === undefined || !isExecutable(wine)) continue;
    for (const name of ['wineserver64', 'wineserver']) {
      const server = join(dirname(wine), name);
      if (isExecutable(server)) return { wine, server };
    }
  }
  return undefined;
}

/**
 * @typedef {object} Wine
 * @property {string} wine Path of the loader.
 * @property {string} server Path of wineserver.
 * @property {string} build Its own words, for example `wine-8.0 (Debian 8.0~repack-4)`.
 * @property {string} version For example `8.0`.
 */

/** @type {Promise<Wine> | undefined} */
let asked;

/**
 * The Wine of this machine, asked once.
 * @param {import('./context.mjs').Context} context
 */
export function wineOfMachine(context) {
  asked ??= askWine(context);
  return asked;
}

/**
 * @param {import('./context.mjs').Context} context
 * @returns {Promise<Wine>}
 */
async function askWine(context) {
  const found = findWine(context.env);
  if (!found) throw new SetupError(`no 64-bit Wine was found in ${DEBIAN_FOLDER} or on PATH.`);
  const { code, lines } = await runProgram(found.wine, ['--version'], { signal: context.signal });
  const build = lines.find((line) => line.startsWith('wine-'));
  const version = build === undefined ? undefined : /^wine-([\w.-]+)/.exec(build)?.[1];
  if (code !== 0 || build === undefined || version === undefined) {
    throw new SetupError(`${found.wine} --version did not say its version (exit code ${String(code)}).`, {
      output: lastLines(lines, 5),
      next: 'reinstall Wine: apt-get install --reinstall wine64 libwine',
    });
  }
  return { ...found, build, version };
}
