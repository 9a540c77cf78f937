import { readdir, rm } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { basename, join } from 'node:path';
import { buildTarget } from '../build-native.mjs';
import { isCheckout, projectFiles } from '../locations.mjs';
import { nativeTargets } from '../native-targets.mjs';
import { findCompiler } from '../mingw.mjs';

/** @type {import('../context.mjs').Step} */
export const nativeBuild = {
  name: 'native build',
  purposes: ['run', 'tests', 'record'],
  async run(context) {
    const files = projectFiles(context.root);
    if (!isCheckout(context.root)) return { changed: false, text: 'the agent came built with the package' };
    const withCplusplus = context.purpose === 'tests' || findCompiler('g++', context.env) !== undefined;
    const targets = await nativeTargets(context.root, withCplusplus);
    const build = { root: context.root, stamps: join(files.build, 'stamps'), env: context.env, signal: context.signal };
    /** @type {string[]} */
    const built = [];
    const waiting = [...targets];
    const worker = async () => {
      for (let target = waiting.shift(); target !== undefined; target = waiting.shift()) {
        if (await buildTarget(target, build)) built.push(basename(target.output));
      }
    };
    await Promise.all(Array.from({ length: availableParallelism() }, worker));
    await removeStale(files.referenceDlls, targets);
    if (built.length > 0) return { changed: true, text: `built ${built.sort().join(' ')}` };
    return { changed: false, text: `${String(targets.length)} DLLs, nothing changed` };
  },
};

/**
 * Removes DLLs whose source is gone, so that no test passes against a leftover.
 * @param {string} folder
 * @param {readonly import('../native-targets.mjs').Target[]} targets
 */
async function removeStale(folder, targets) {
  const wanted = new Set(targets.map((target) => basename(target.output)));
  for (const name of await readdir(folder).catch(() => [])) {
    if (!wanted.has(name)) await rm(join(folder, name), { recursive: true, force: true });
  }
}
