import { existsSync } from 'node:fs';
import { mkdir, rename } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { addWine10 } from '../added-wine.mjs';
import { asRoot } from '../as-root.mjs';
import { withFolderLock } from '../folder-lock.mjs';
import { requireSpace } from '../require-space.mjs';
import { mmdebstrapArguments, rootFolder } from '../root-recipe.mjs';
import { lastLines, runProgram } from '../run-program.mjs';
import { SetupError } from '../setup-error.mjs';

const NEEDED_BYTES = 2_500_000_000;
const UNFINISHED = '.building-';

/** @type {import('../context.mjs').Step} */
export const wineRoot = {
  name: 'Wine 10',
  purposes: ['run', 'tests', 'record'],
  async run(context) {
    if (!context.withWine10) return { changed: false, text: `not added; ${addWine10(context.root)} adds it` };
    const folder = rootFolder(context.cache);
    // It got its name when it was complete.
    const there = { changed: false, text: basename(folder) };
    if (existsSync(folder)) return there;
    const onWait = (/** @type {number} */ pid) => {
      context.say(`waiting for process ${String(pid)}, which is making the same folder`);
    };
    const made = await withFolderLock(`${folder}.lock`, { signal: context.signal, onWait }, async () => {
      if (existsSync(folder)) return false;
      await makeAside(folder, context);
      return true;
    });
    return made ? { changed: true, text: `made ${folder}` } : there;
  },
};

/**
 * @param {string} folder
 * @param {import('../context.mjs').Context} context
 */
async function makeAside(folder, context) {
  const aside = join(dirname(folder), `${UNFINISHED}${basename(folder)}`);
  const args = mmdebstrapArguments(aside);
  const prefix = await asRoot(context);
  if (prefix === undefined) {
    throw new SetupError(
      'making the root folder of Wine 10 needs root, and sudo without a password is not available.',
      {
        next: `run this set-up as root with the same cache folder: DLLPARITY_CACHE=${context.cache}`,
      },
    );
  }
  const [program, ...before] = [...prefix, 'mmdebstrap'];
  await mkdir(dirname(folder), { recursive: true });
  await requireSpace('the root folder of Wine 10', dirname(folder), NEEDED_BYTES);
  // We hold the lock: whatever lies here was left by a set-up that was killed.
  await removeAsRoot(aside, prefix);
  try {
    context.say('mmdebstrap: starting (two minutes, 1.9 GB in all)');
    const { code, lines } = await runProgram(program, [...before, ...args], {
      env: { ...context.env, LC_ALL: 'C.UTF-8' },
      signal: context.signal,
      onLine: (line) => {
        if (/^I: (?!running --)/.test(line)) context.say(`mmdebstrap: ${line.slice(3)}`);
      },
      // It takes its mounts down first. Asked alone it would wait until its children are done, which is minutes.
      interruptBy: (group) => [...prefix, 'kill', '-INT', '--', `-${String(group)}`],
    });
    if (code !== 0) throw failure(code, lines);
    await rename(aside, folder);
  } finally {
    await removeAsRoot(aside, prefix);
  }
}

/**
 * @param {string} folder
 * @param {readonly string[]} prefix
 */
async function removeAsRoot(folder, prefix) {
  if (!existsSync(folder)) return;
  const [program, ...args] = [...prefix, 'rm', '-rf', '--one-file-system', folder];
  await runProgram(program, args);
}

/**
 * @param {number} code
 * @param {readonly string[]} lines
 */
function failure(code, lines) {
  const complaints = lines.filter((line) => /^(E|Err:|\s+File has)/.test(line));
  return new SetupError(`mmdebstrap failed with exit code ${String(code)} while making the root folder of Wine 10.`, {
    output: complaints.length > 0 ? lastLines(complaints, 8) : lastLines(lines, 8),
    next: 'check the network; "Mirror sync in progress" passes within an hour; then run the set-up again.',
  });
}
