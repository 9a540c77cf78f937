import { dirname } from 'node:path';
import { addWine10, RUNTIMES_OF_WINE_10 } from '../added-wine.mjs';
import { readIfThere, writeAtomically } from '../atomic-file.mjs';
import { findProgram } from '../find-program.mjs';
import { agentFiles, cacheFiles, projectFiles } from '../locations.mjs';
import { templateFolder } from '../template-recipe.mjs';
import { winesOf } from '../wine.mjs';

/** Tells the harness where everything is. It reads this file and nothing else of the set-up. @type {import('../context.mjs').Step} */
export const locations = {
  name: 'locations',
  purposes: ['run', 'tests', 'record'],
  async run(context) {
    const { setupFile } = projectFiles(context.root);
    const { oracles } = cacheFiles(context.cache);
    const wines = await winesOf(context);
    const record = {
      runtimes: wines.flatMap((wine) => runtimesOf(wine, context)),
      notInstalled: context.withWine10
        ? []
        : RUNTIMES_OF_WINE_10.map((id) => ({ id, command: addWine10(context.root) })),
      cannotRun: wines.flatMap((wine) => wine.cannotRun.map((each) => ({ id: runtimeId(wine, each), why: each.why }))),
      withWine10: context.withWine10,
      oracles,
    };
    const text = `${JSON.stringify(record, undefined, 2)}\n`;
    const left = record.cannotRun.map(({ id, why }) => `; without ${id}: ${why}`).join('');
    if ((await readIfThere(setupFile)) === text) return { changed: false, text: `build/setup.json${left}` };
    await writeAtomically(setupFile, text);
    return { changed: true, text: `wrote build/setup.json (cache: ${dirname(oracles)})${left}` };
  },
};

/**
 * @param {import('../wine.mjs').Wine} wine
 * @param {{ readonly architecture: import('../locations.mjs').Architecture }} of
 */
const runtimeId = (wine, { architecture }) => `wine-${wine.version}-${architecture}`;

/**
 * A Wine and an architecture make a runtime.
 * @param {import('../wine.mjs').Wine} wine
 * @param {import('../context.mjs').Context} context
 */
function runtimesOf(wine, context) {
  return wine.loaders.map(({ architecture, loader }) => {
    const { guestNode, guestModules, agentProgram, launcher, scenarioFiles, referenceDlls } = agentFiles(
      context.root,
      architecture,
    );
    return {
      id: runtimeId(wine, { architecture }),
      architecture,
      launcher: wine.launcher,
      root: wine.root,
      bubblewrap: findProgram(['bwrap'], context.env) ?? null,
      wine: loader,
      // Both architectures share a prefix; a 64-bit program in it is started by this one.
      wine64: wine.loaders[0]?.loader,
      wineserver: wine.server,
      wineBuild: wine.build,
      wineVersion: wine.version,
      template: templateFolder(context.cache, wine),
      guestNode,
      guestModules,
      agentProgram,
      exitWatcher: projectFiles(context.root).exitWatcher,
      programLauncher: launcher,
      // One folder for each architecture: scenarios have files of both.
      scenarioFiles: dirname(scenarioFiles),
      referenceDlls,
    };
  });
}
