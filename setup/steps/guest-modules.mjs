import { relative } from 'node:path';
import { agentFiles } from '../locations.mjs';
import { installModules } from '../node-modules.mjs';

/** @type {import('../context.mjs').Step} */
export const guestModules = {
  name: 'guest modules',
  purposes: ['tests'],
  async run(context) {
    const installed = [];
    for (const architecture of context.withWine10
      ? /** @type {const} */ (['x64', 'ia32'])
      : /** @type {const} */ (['x64'])) {
      const { guest, guestNode } = agentFiles(context.root, architecture);
      const mustHave = [relative(guest, guestNode), `node_modules/@koromix/koffi-win32-${architecture}/package.json`];
      // --force: npm refuses Windows packages on Linux otherwise.
      const project = { folder: guest, arguments: ['--force', '--os=win32', `--cpu=${architecture}`], mustHave };
      if (await installModules(project, context)) installed.push(architecture);
    }
    if (installed.length > 0)
      return { changed: true, text: `installed Windows Node and koffi (${installed.join(', ')})` };
    return { changed: false, text: 'Windows Node and koffi, as in guest/package-lock.json' };
  },
};
