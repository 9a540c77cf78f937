import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { writeAtomically } from '../atomic-file.mjs';
import { withFolderLock } from '../folder-lock.mjs';
import { endWine, makeTemplate } from '../make-template.mjs';
import { requireSpace } from '../require-space.mjs';
import { architecturesOf, recipeHash, templateFolder } from '../template-recipe.mjs';
import { winesOf } from '../wine.mjs';

const ABOUT = 'dllparity-template.json';
// Wine 8 writes 700 MB, Wine 10 with both architectures 1.4 GB.
const NEEDED_BYTES = 2_000_000_000;
const UNFINISHED = '.building-';

/** @type {import('../context.mjs').Step} */
export const prefixTemplate = {
  name: 'prefix template',
  purposes: ['run', 'tests', 'record'],
  async run(context) {
    const made = [];
    const there = [];
    for (const wine of await winesOf(context)) {
      const template = templateFolder(context.cache, wine);
      if (await ensureTemplate(template, wine, context)) made.push(template);
      else there.push(`${basename(template)} (${wine.build})`);
    }
    return made.length > 0
      ? { changed: true, text: `made ${made.join(', ')}` }
      : { changed: false, text: there.join(', ') };
  },
};

/**
 * @param {string} template
 * @param {import('../wine.mjs').Wine} wine
 * @param {import('../context.mjs').Context} context
 * @returns {Promise<boolean>} Whether it was made.
 */
async function ensureTemplate(template, wine, context) {
  if (existsSync(join(template, ABOUT))) return false;
  const onWait = (/** @type {number} */ pid) => {
    context.say(`waiting for process ${String(pid)}, which is making the template`);
  };
  return withFolderLock(`${template}.lock`, { signal: context.signal, onWait }, async () => {
    if (existsSync(join(template, ABOUT))) return false;
    await makeAside(template, wine, context);
    return true;
  });
}

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
  if (existsSync(aside)) await endWine(join(aside, 'prefix'), aside, wine);
  await rm(aside, { recursive: true, force: true });
  await requireSpace('the prefix template', folder, NEEDED_BYTES);
  try {
    const prefix = join(aside, 'prefix');
    await mkdir(prefix, { recursive: true });
    await makeTemplate(prefix, aside, wine, context);
    const about = {
      wine: wine.build,
      version: wine.version,
      architecture: architecturesOf(wine),
      recipe: recipeHash(wine),
    };
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
