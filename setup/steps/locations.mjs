import { dirname } from 'node:path';
import { readIfThere, writeAtomically } from '../atomic-file.mjs';
import { cacheFiles, projectFiles } from '../locations.mjs';
import { ARCHITECTURE, templateFolder } from '../template-recipe.mjs';
import { wineOfMachine } from '../wine.mjs';

/** Tells the harness where everything is. It reads this file and nothing else of the set-up. @type {import('../context.mjs').Step} */
export const locations = {
  name: 'locations',
  purposes: ['run', 'tests', 'record'],
  async run(context) {
    const wine = await wineOfMachine(context);
    const files = projectFiles(context.root);
    const text = `${JSON.stringify(
      {
        wine: wine.wine,
        wineserver: wine.server,
        wineBuild: wine.build,
        wineVersion: wine.version,
        architecture: ARCHITECTURE,
        template: templateFolder(context.cache, wine),
        guestNode: files.guestNode,
        guestModules: files.guestModules,
        agentLibrary: files.agentLibrary,
        referenceDlls: files.referenceDlls,
        oracles: cacheFiles(context.cache).oracles,
      },
      undefined,
      2,
    )}\n`;
    if ((await readIfThere(files.setupFile)) === text) return { changed: false, text: 'build/setup.json' };
    await writeAtomically(files.setupFile, text);
    return { changed: true, text: `wrote build/setup.json (cache: ${dirname(cacheFiles(context.cache).oracles)})` };
  },
};
