import { readdir, rm } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { buildTarget } from '../build-native.mjs';
import { agentFiles, isCheckout, projectFiles } from '../locations.mjs';
import { nativeTargets, scenarioTargets } from '../native-targets.mjs';
import { findCompiler } from '../mingw.mjs';

/** @type {import('../context.mjs').Step} */
export const nativeBuild = {
  name: 'native build',
  purposes: ['run', 'tests', 'record'],
  async run(context) {
    if (!isCheckout(context.root)) return { changed: false, text: 'the agent came built with the package' };
    const architectures = context.withWine10 ? /** @type {const} */ (['x64', 'ia32']) : /** @type {const} */ (['x64']);
    const targets = [];
    for (const architecture of architectures) {
      const withCplusplus = context.purpose === 'tests' || findCompiler('g++', architecture, context.env) !== undefined;
      const own = await nativeTargets(context.root, architecture, withCplusplus);
      await removeStale(agentFiles(context.root, architecture).referenceDlls, own);
      targets.push(...own);
    }
    await removeStale(dirname(projectFiles(context.root).exitWatcher), targets);
    // Scenarios have DLLs of the other architecture in them, also where no runtime has it.
    if (!context.withWine10) targets.push(...(await scenarioTargets(context.root, 'ia32')));
    const built = await buildAll(targets, context);
    if (built.length > 0) return { changed: true, text: `built ${built.join(' ')}` };
    return { changed: false, text: `${String(targets.length)} DLLs, nothing changed` };
  },
};

/**
 * @param {readonly import('../native-targets.mjs').Target[]} targets
 * @param {import('../context.mjs').Context} context
 * @returns {Promise<readonly string[]>} Names of those that were built, with the architecture of those that are not x64.
 */
async function buildAll(targets, context) {
  const stamps = join(projectFiles(context.root).build, 'stamps');
  const build = { root: context.root, stamps, env: context.env, signal: context.signal };
  /** @type {string[]} */
  const built = [];
  const waiting = [...targets];
  const worker = async () => {
    for (let target = waiting.shift(); target !== undefined; target = waiting.shift()) {
      if (!(await buildTarget(target, build))) continue;
      built.push(`${target.architecture === 'x64' ? '' : `${target.architecture}/`}${basename(target.output)}`);
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, worker));
  return built.sort();
}

/**
 * Removes files of a folder whose source is gone, so that no test passes against a leftover and no package has one in it.
 * @param {string} folder
 * @param {readonly import('../native-targets.mjs').Target[]} targets
 */
async function removeStale(folder, targets) {
  const wanted = new Set(targets.map((target) => target.output));
  for (const entry of await readdir(folder, { withFileTypes: true }).catch(() => [])) {
    const file = join(folder, entry.name);
    if (entry.isFile() && !wanted.has(file)) await rm(file, { force: true });
  }
}
