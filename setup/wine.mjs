import { dirname, join } from 'node:path';
import { findProgram, isExecutable } from './find-program.mjs';
import { rootLauncher } from './root-launcher.mjs';
import { rootFolder } from './root-recipe.mjs';
import { lastLines, runProgram } from './run-program.mjs';
import { SetupError } from './setup-error.mjs';

// Debian keeps the loader off PATH: its `wine` there is a script that prefers 32-bit programs.
const DEBIAN_FOLDER = '/usr/lib/wine';
// What starts every 32-bit program of Linux.
const DYNAMIC_LINKER_32 = '/lib/ld-linux.so.2';
const BUBBLEWRAP_NEEDS =
  'bubblewrap needs root or user namespaces (sysctl kernel.unprivileged_userns_clone=1), and in a container the capability SYS_ADMIN.';

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

/** @typedef {import('./locations.mjs').Architecture} Architecture */

/**
 * @typedef {object} Wine
 * @property {readonly string[]} launcher What stands before Wine's programs on a command line; empty for the machine's own Wine.
 * @property {string} root The folder that holds its /usr and /etc: `/` for the machine's own Wine.
 * @property {readonly { readonly architecture: Architecture, readonly loader: string }[]} loaders
 *   A program of either architecture is started by its own loader; all share a prefix. The first makes it.
 * @property {readonly { readonly architecture: Architecture, readonly why: string }[]} cannotRun Architectures that this machine cannot run, though the Wine is there for them.
 * @property {string} server Path of wineserver.
 * @property {string} build Its own words, for example `wine-8.0 (Debian 8.0~repack-4)`.
 * @property {string} version For example `8.0`.
 */

/**
 * Every Wine that the set-up is to prepare; the machine's own comes first.
 * @param {import('./context.mjs').Context} context
 * @returns {Promise<readonly Wine[]>}
 */
export async function winesOf(context) {
  const wines = [await wineOfMachine(context)];
  if (context.withWine10) wines.push(await wineOfRoot(context));
  return wines;
}

/** @type {Promise<Wine> | undefined} */
let ofMachine;

/**
 * The Wine of this machine, asked once.
 * @param {import('./context.mjs').Context} context
 */
export function wineOfMachine(context) {
  const ask = async () => {
    const found = findWine(context.env);
    if (!found) throw new SetupError(`no 64-bit Wine was found in ${DEBIAN_FOLDER} or on PATH.`);
    const version = await askVersion(
      [],
      found.wine,
      'reinstall Wine: apt-get install --reinstall wine64 libwine',
      context,
    );
    const loaders = [{ architecture: /** @type {const} */ ('x64'), loader: found.wine }];
    return { launcher: [], root: '/', loaders, cannotRun: [], server: found.server, ...version };
  };
  ofMachine ??= ask();
  return ofMachine;
}

/** @type {Map<string, Promise<Wine>>} */
const ofRoots = new Map();

/**
 * The Wine in the root folder, asked once.
 * @param {import('./context.mjs').Context} context
 */
function wineOfRoot(context) {
  const folder = rootFolder(context.cache);
  const ask = async () => {
    const bubblewrap = findProgram(['bwrap'], context.env);
    if (bubblewrap === undefined) throw new SetupError('bubblewrap (bwrap) is not on PATH.');
    const launcher = await rootLauncher(bubblewrap, folder);
    const loader = join(DEBIAN_FOLDER, 'wine64');
    const version = await askVersion(launcher, loader, BUBBLEWRAP_NEEDS, context);
    // The 64-bit loader would start a 32-bit program by way of another process, whose end is not the program's.
    const loaders = [
      { architecture: /** @type {const} */ ('x64'), loader },
      { architecture: /** @type {const} */ ('ia32'), loader: join(DEBIAN_FOLDER, 'wine') },
    ];
    const why = await whyNot32Bit(launcher, context);
    return {
      launcher,
      root: folder,
      loaders: why === undefined ? loaders : loaders.slice(0, 1),
      cannotRun: why === undefined ? [] : [{ architecture: /** @type {const} */ ('ia32'), why }],
      server: join(DEBIAN_FOLDER, 'wineserver64'),
      ...version,
    };
  };
  const asked = ofRoots.get(folder) ?? ask();
  ofRoots.set(folder, asked);
  return asked;
}

/**
 * Why 32-bit Linux programs do not run, or undefined when they do: some kernels and virtual machines run 64-bit code alone.
 * @param {readonly string[]} launcher
 * @param {import('./context.mjs').Context} context
 */
async function whyNot32Bit(launcher, context) {
  const [program, ...args] = [...launcher, DYNAMIC_LINKER_32, '--version'];
  const { code } = await runProgram(program, args, { signal: context.signal });
  return code === 0
    ? undefined
    : `the kernel of this machine runs no 32-bit programs (${DYNAMIC_LINKER_32} --version ended with exit code ${String(code)}); where it is only switched off, the kernel parameter ia32_emulation=on allows them`;
}

/**
 * @param {readonly string[]} launcher
 * @param {string} loader
 * @param {string} repair Command or words to follow when it fails.
 * @param {import('./context.mjs').Context} context
 */
async function askVersion(launcher, loader, repair, context) {
  const [program, ...args] = [...launcher, loader, '--version'];
  const { code, lines } = await runProgram(program, args, { signal: context.signal });
  const build = lines.find((line) => line.startsWith('wine-'));
  const version = build === undefined ? undefined : /^wine-([\w.-]+)/.exec(build)?.[1];
  if (code !== 0 || build === undefined || version === undefined) {
    const how = launcher.length === 0 ? '' : ' in its root folder';
    throw new SetupError(`${loader} --version${how} did not say its version (exit code ${String(code)}).`, {
      output: lastLines(lines, 5),
      next: repair,
    });
  }
  return { build, version };
}
