import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readIfThere, writeAtomically } from './atomic-file.mjs';
import { runProgram } from './run-program.mjs';
import { SetupError } from './setup-error.mjs';

// npm removes it with node_modules, so an interrupted installation is never taken for a whole one.
const STAMP = '.dllparity-lock';
const NO_NETWORK = /\b(ENOTFOUND|EAI_AGAIN|ETIMEDOUT|ECONNREFUSED|ECONNRESET|ENETUNREACH|ERR_SOCKET_TIMEOUT)\b/;
// npm exports these to the programs it runs; in a child npm they would describe the wrong project.
const PARENT_NPM =
  /^npm_(package|lifecycle|config_(local_|global_)?prefix|config_(ignore_scripts|omit|only|production|force|os|cpu|libc))/i;

/**
 * Installs a folder's node_modules from its lockfile, unless they are those of the lockfile already.
 * @param {object} project
 * @param {string} project.folder
 * @param {readonly string[]} project.arguments What `npm ci` is given besides.
 * @param {readonly string[]} project.mustHave Files below `folder` without which the installation is of no use.
 * @param {import('./context.mjs').Context} context
 * @returns {Promise<boolean>} Whether anything was installed.
 */
export async function installModules(project, context) {
  const { folder } = project;
  const lockText = await readFile(join(folder, 'package-lock.json'), 'utf8');
  const stamp = createHash('sha256').update(lockText).update(project.arguments.join(' ')).digest('hex');
  const stampFile = join(folder, 'node_modules', STAMP);
  const complete = () => project.mustHave.every((file) => existsSync(join(folder, file)));
  if ((await readIfThere(stampFile)) === stamp && complete()) return false;

  // Somebody ran `npm install` by hand: npm's own record says what is there.
  const installed = await readIfThere(join(folder, 'node_modules', '.package-lock.json'));
  if (installed !== undefined && complete() && matchesLock(lockText, installed)) {
    await writeAtomically(stampFile, stamp);
    return false;
  }

  await npmCi(project, context);
  if (!complete()) {
    throw new SetupError(`npm ci in ${folder} succeeded, but did not install ${project.mustHave.join(' and ')}.`, {
      next: `remove ${join(folder, 'node_modules')} and run the set-up again.`,
    });
  }
  await writeAtomically(stampFile, stamp);
  return true;
}

/**
 * @param {{ readonly folder: string, readonly arguments: readonly string[] }} project
 * @param {import('./context.mjs').Context} context
 */
async function npmCi(project, context) {
  const args = ['ci', '--ignore-scripts', '--include=dev', '--no-audit', '--no-fund', ...project.arguments];
  const env = Object.fromEntries(Object.entries(context.env).filter(([name]) => !PARENT_NPM.test(name)));
  const { code, lines } = await runProgram('npm', args, {
    cwd: project.folder,
    env: { ...env, npm_config_update_notifier: 'false' },
    signal: context.signal,
  });
  if (code === 0) return;
  const noNetwork = NO_NETWORK.test(lines.join('\n'));
  throw new SetupError(
    noNetwork
      ? `the npm registry could not be reached, so the packages of ${project.folder} are not installed.`
      : `npm ci failed in ${project.folder} with exit code ${String(code)}.`,
    {
      // npm says what is wrong first, and how it is used after that.
      output: lines.filter(saysSomething).slice(0, 8),
      next: `${noNetwork ? 'with a network connection' : 'when the cause is removed'}, repeat: cd ${project.folder} && npm ${args.join(' ')}`,
    },
  );
}

/** An error line of npm that is neither empty nor of a stack trace. @param {string} line */
function saysSomething(line) {
  return /^npm error +\S/.test(line) && !/^npm error +at /.test(line);
}

/**
 * Whether what npm recorded as installed is what the lockfile asks for. Optional packages may be missing: most are for
 * other platforms.
 * @param {string} lockText
 * @param {string} installedText
 */
export function matchesLock(lockText, installedText) {
  const wanted = readPackages(lockText);
  const installed = readPackages(installedText);
  for (const [path, entry] of installed) {
    if (wanted.get(path)?.integrity !== entry.integrity) return false;
  }
  for (const [path, entry] of wanted) {
    if (path !== '' && !installed.has(path) && !entry.optional) return false;
  }
  return true;
}

/**
 * @param {string} text A package-lock.json.
 * @returns {Map<string, { readonly integrity: string, readonly optional: boolean }>}
 */
function readPackages(text) {
  /** @type {unknown} */
  const lock = JSON.parse(text);
  const packages = new Map();
  if (typeof lock !== 'object' || lock === null || !('packages' in lock)) return packages;
  for (const [path, value] of Object.entries(/** @type {object} */ (lock.packages))) {
    const entry = /** @type {{ integrity?: string, optional?: boolean, devOptional?: boolean }} */ (value);
    const optional = entry.optional === true || entry.devOptional === true;
    packages.set(path, { integrity: entry.integrity ?? '', optional });
  }
  return packages;
}
