import { existsSync } from 'node:fs';
import { mkdir, rename, rm, statfs } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { writeAtomically } from '../atomic-file.mjs';
import { withFolderLock } from '../folder-lock.mjs';
import { makeTemplate } from '../make-template.mjs';
import { SetupError } from '../setup-error.mjs';
import { ARCHITECTURE, recipeHash, templateFolder } from '../template-recipe.mjs';
import { wineOfMachine } from '../wine.mjs';

const ABOUT = 'dllparity-template.json';
const NEEDED_BYTES = 1_500_000_000;
const UNFINISHED = '.building-';

/** @type {import('../context.mjs').Step} */
export const prefixTemplate = {
  name: 'prefix template',
  purposes: ['run', 'tests', 'record'],
  async run(context) {
    const wine = await wineOfMachine(context);
    const template = templateFolder(context.cache, wine);
    const there = { changed: false, text: `${basename(template)} (${wine.build})` };
    if (existsSync(join(template, ABOUT))) return there;
    const onWait = (/** @type {number} */ pid) => {
      context.say(`waiting for process ${String(pid)}, which is making the template`);
    };
    const made = await withFolderLock(`${template}.lock`, { signal: context.signal, onWait }, async () => {
      if (existsSync(join(template, ABOUT))) return false;
      await makeAside(template, wine, context);
      return true;
    });
    return made ? { changed: true, text: `made ${template}` } : there;
  },
};

/**
 * @param {string} template
 * @param {import('../wine.mjs').Wine} wine
 * @param {import('../context.mjs').Context} context
 */
async function makeAside(template, wine, context) {
  const folder = dirname(template);
  const aside = join(folder, `${UNFINISHED}${basename(template)}`);
  await mkdir(folder, { recursive: true });
  // We hold the lock: whatever lies here was left by a set-up that was killed.
  await rm(aside, { recursive: true, force: true });
  await requireSpace(folder);
  try {
    const prefix = join(aside, 'prefix');
    await mkdir(prefix, { recursive: true });
    await makeTemplate(prefix, aside, wine, context);
    const about = { wine: wine.build, version: wine.version, architecture: ARCHITECTURE, recipe: recipeHash(wine) };
    await writeAtomically(
      join(prefix, ABOUT),
      `${JSON.stringify({ ...about, createdAt: new Date().toISOString() }, undefined, 2)}\n`,
    );
    await rm(template, { recursive: true, force: true });
    await rename(prefix, template);
  } finally {
    await rm(aside, { recursive: true, force: true });
  }
}

/** @param {string} folder */
async function requireSpace(folder) {
  const { bavail, bsize } = await statfs(folder);
  if (bavail * bsize >= NEEDED_BYTES) return;
  const free = Math.floor((bavail * bsize) / 1e6);
  throw new SetupError(
    `the prefix template needs ${String(NEEDED_BYTES / 1e6)} MB in ${folder}; ${String(free)} MB are free.`,
    {
      next: 'make space, or name another folder in DLLPARITY_CACHE, and run the set-up again.',
    },
  );
}
