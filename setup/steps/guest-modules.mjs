import { relative } from 'node:path';
import { projectFiles } from '../locations.mjs';
import { installModules } from '../node-modules.mjs';

/** @type {import('../context.mjs').Step} */
export const guestModules = {
  name: 'guest modules',
  purposes: ['run', 'tests', 'record'],
  async run(context) {
    const { guest, guestNode } = projectFiles(context.root);
    const mustHave = [relative(guest, guestNode), 'node_modules/@koromix/koffi-win32-x64/package.json'];
    // --force: npm refuses Windows packages on Linux otherwise.
    const project = { folder: guest, arguments: ['--force', '--os=win32', '--cpu=x64'], mustHave };
    const changed = await installModules(project, context);
    return {
      changed,
      text: changed ? 'installed Windows Node and koffi' : 'Windows Node and koffi, as in guest/package-lock.json',
    };
  },
};
