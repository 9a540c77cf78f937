import { isCheckout } from '../locations.mjs';
import { installModules } from '../node-modules.mjs';

/** @type {import('../context.mjs').Step} */
export const hostModules = {
  name: 'npm modules',
  purposes: ['check', 'run', 'tests', 'record'],
  async run(context) {
    if (!isCheckout(context.root)) return { changed: false, text: 'installed with the package' };
    // koffi and esbuild bring their binaries as packages of their own; no installation script is needed.
    const mustHave = [
      'node_modules/koffi/package.json',
      'node_modules/vitest/package.json',
      'node_modules/tsx/package.json',
    ];
    const project = { folder: context.root, arguments: [], mustHave };
    const changed = await installModules(project, context);
    return { changed, text: changed ? 'installed from package-lock.json' : 'as in package-lock.json' };
  },
};
