import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { writeAtomically } from './atomic-file.mjs';
import { withFolderLock } from './folder-lock.mjs';
import { cacheFiles } from './locations.mjs';
import { EDGE } from './oracle-packages.mjs';
import { lastLines, runProgram } from './run-program.mjs';
import { SetupError } from './setup-error.mjs';

const ABOUT = 'dllparity-oracle.json';

/**
 * Puts Microsoft's DLLs at `<cache>/oracles/<package>-<version>/<architecture>/<dll>`, from a package whose bytes are pinned.
 * @param {import('./context.mjs').Context} context
 * @returns {Promise<{ readonly folder: string, readonly fetched: boolean }>}
 */
export async function ensureOracle(context) {
  const { oracles } = cacheFiles(context.cache);
  const folder = join(oracles, `${EDGE.name}-${EDGE.version}`);
  if (isComplete(folder)) return { folder, fetched: false };
  const fetched = await withFolderLock(`${folder}.lock`, { signal: context.signal }, async () => {
    if (isComplete(folder)) return false;
    const aside = `${folder}.building`;
    await rm(aside, { recursive: true, force: true });
    try {
      await fetchInto(aside, context);
      await rm(folder, { recursive: true, force: true });
      await rename(join(aside, 'oracle'), folder);
    } finally {
      await rm(aside, { recursive: true, force: true });
    }
    return true;
  });
  return { folder, fetched };
}

/**
 * Whether everything is there: an earlier version fetched the DLLs of one architecture alone.
 * @param {string} folder
 */
function isComplete(folder) {
  const files = Object.keys(EDGE.folders).flatMap((architecture) => EDGE.dlls.map((dll) => join(architecture, dll)));
  return [ABOUT, ...files].every((file) => existsSync(join(folder, file)));
}

/**
 * @param {string} aside
 * @param {import('./context.mjs').Context} context
 */
async function fetchInto(aside, context) {
  const id = `${EDGE.name}@${EDGE.version}`;
  await mkdir(join(aside, 'oracle'), { recursive: true });
  context.say(`fetching ${id} from the npm registry (95 MB)`);
  const pack = ['pack', id, '--ignore-scripts', '--pack-destination', aside];
  await succeed('npm', pack, `the npm package ${id} could not be fetched`, aside, context);
  const archive = (await readdir(aside)).find((name) => name.endsWith('.tgz'));
  if (archive === undefined) throw new SetupError(`npm pack ${id} succeeded, but left no archive in ${aside}.`);
  await verify(join(aside, archive), id);

  /** @type {Record<string, string>} */
  const sha256 = {};
  for (const [architecture, source] of Object.entries(EDGE.folders)) {
    const members = EDGE.dlls.map((dll) => `${source}/${dll}`);
    const target = join(aside, 'oracle', architecture);
    await mkdir(target);
    const depth = `--strip-components=${String(source.split('/').length)}`;
    await succeed(
      'tar',
      ['-xzf', join(aside, archive), '-C', target, depth, ...members],
      `${archive} could not be unpacked`,
      aside,
      context,
    );
    for (const dll of EDGE.dlls) {
      sha256[`${architecture}/${dll}`] = createHash('sha256')
        .update(await readFile(join(target, dll)))
        .digest('hex');
    }
  }
  const about = { source: `npm:${id}`, integrity: EDGE.integrity, sha256, fetchedAt: new Date().toISOString() };
  await writeAtomically(join(aside, 'oracle', ABOUT), `${JSON.stringify(about, undefined, 2)}\n`);
}

/**
 * @param {string} archive
 * @param {string} id
 */
async function verify(archive, id) {
  const integrity = `sha512-${createHash('sha512')
    .update(await readFile(archive))
    .digest('base64')}`;
  if (integrity === EDGE.integrity) return;
  throw new SetupError(
    `the archive of ${id} is not the one that is pinned: its integrity is ${integrity}, not ${EDGE.integrity}.`,
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
