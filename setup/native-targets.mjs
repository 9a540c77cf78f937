import { readdir } from 'node:fs/promises';
import { basename, extname, join, relative } from 'node:path';
import { agentFiles, projectFiles } from './locations.mjs';

/** @typedef {import('./locations.mjs').Architecture} Architecture */

/**
 * One DLL, or one program, to build.
 * @typedef {object} Target
 * @property {Architecture} architecture
 * @property {string} output Absolute path of the DLL; a program ends in .exe.
 * @property {string} folder Folder of the sources, relative to the project.
 * @property {readonly string[]} sources Compiled and linked in this order, relative to the project.
 * @property {readonly string[]} inputs All files whose change asks for a rebuild, relative to the project.
 * @property {string | undefined} definition The .def file.
 * @property {boolean} cplusplus
 * @property {'c' | 'ntdll' | 'none'} runtime Where its C functions come from. But for `c`, its entry is the function `entry`.
 */

const SOURCE = /\.(c|cpp|S)$/;
const HEADER = /\.(h|hpp)$/;
const INPUT = /\.(c|cpp|S|h|hpp|def)$/;
// A file for one architecture says so at the end of its stem: invoke-x64.S, exports-ia32.def.
const FOR_ONE = /-(x64|ia32)$/;

/**
 * The agent, from all sources in its folder, and one DLL for each source of each reference folder.
 * @param {string} root
 * @param {Architecture} architecture
 * @param {boolean} withCplusplus
 * @returns {Promise<readonly Target[]>}
 */
export async function nativeTargets(root, architecture, withCplusplus) {
  const targets = [
    ...(await agentTarget(root, architecture)),
    ...(await exitWatcherTarget(root, architecture)),
    ...(await launcherTarget(root, architecture)),
    ...(await scenarioTargets(root, architecture)),
    ...(await referenceTargets(root, architecture)),
  ];
  return targets.filter((target) => withCplusplus || !target.cplusplus);
}

/**
 * @param {string} root
 * @param {Architecture} architecture
 * @returns {Promise<Target[]>}
 */
async function agentTarget(root, architecture) {
  const { agentSources } = projectFiles(root);
  const { agentProgram } = agentFiles(root, architecture);
  const names = await inputNames(agentSources, architecture);
  if (!names.some((name) => SOURCE.test(name))) return [];
  return [{ ...target(root, architecture, agentProgram, agentSources, names), runtime: 'ntdll' }];
}

/**
 * The program beside the agent.
 * @param {string} root
 * @param {Architecture} architecture
 * @returns {Promise<Target[]>}
 */
async function exitWatcherTarget(root, architecture) {
  const { exitWatcherSources, exitWatcher } = projectFiles(root);
  if (architecture !== 'x64') return [];
  const names = await inputNames(exitWatcherSources, architecture);
  if (names.length === 0) return [];
  // It shares a header with the agent.
  return [target(root, architecture, exitWatcher, exitWatcherSources, [...names, join('..', 'native', 'wineboot.h')])];
}

/**
 * The library with which an agent starts programs.
 * @param {string} root
 * @param {Architecture} architecture
 * @returns {Promise<Target[]>}
 */
async function launcherTarget(root, architecture) {
  const { launcherSources } = projectFiles(root);
  const { launcher } = agentFiles(root, architecture);
  const names = await inputNames(launcherSources, architecture);
  if (!names.some((name) => SOURCE.test(name))) return [];
  return [target(root, architecture, launcher, launcherSources, names)];
}

/**
 * What search-order scenarios are made of: a program, and the DLL that all others are copies of.
 * @param {string} root
 * @param {Architecture} architecture
 * @returns {Promise<Target[]>}
 */
export async function scenarioTargets(root, architecture) {
  const { scenarioSources } = projectFiles(root);
  const { scenarioFiles } = agentFiles(root, architecture);
  const names = await inputNames(scenarioSources, architecture);
  const headers = names.filter((name) => HEADER.test(name));
  return names
    .filter((name) => SOURCE.test(name))
    .map((name) => {
      const output = join(scenarioFiles, name === 'probe.c' ? 'probe.exe' : `${stemOf(name)}.dll`);
      return { ...target(root, architecture, output, scenarioSources, [name, ...headers]), runtime: 'none' };
    });
}

/**
 * @param {string} root
 * @param {Architecture} architecture
 */
async function referenceTargets(root, architecture) {
  const { referenceSources } = projectFiles(root);
  const { referenceDlls } = agentFiles(root, architecture);
  const targets = [];
  const entries = await readdir(referenceSources, { withFileTypes: true }).catch(() => []);
  const folders = entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => join(referenceSources, entry.name))
    .filter((folder) => folder !== projectFiles(root).scenarioSources);
  for (const folder of folders.sort()) {
    const names = await inputNames(folder, architecture);
    const headers = names.filter((name) => HEADER.test(name));
    // Sources of one stem, such as stem.c and stem-x64.S, make one DLL.
    for (const stem of new Set(names.filter((name) => SOURCE.test(name)).map(stemOf))) {
      const own = names.filter((name) => !HEADER.test(name) && stemOf(name) === stem);
      const output = join(referenceDlls, `${stem}.dll`);
      targets.push(target(root, architecture, output, folder, [...own, ...headers]));
    }
  }
  return targets;
}

/**
 * @param {string} root
 * @param {Architecture} architecture
 * @param {string} output
 * @param {string} folder
 * @param {readonly string[]} inputs
 * @returns {Target}
 */
function target(root, architecture, output, folder, inputs) {
  const place = relative(root, folder);
  const sources = inputs.filter((name) => SOURCE.test(name));
  const definitions = inputs.filter((name) => name.endsWith('.def'));
  // One for this architecture wins over one for both.
  const definition = definitions.find((name) => FOR_ONE.test(basename(name, '.def'))) ?? definitions[0];
  return {
    architecture,
    output,
    folder: place,
    sources: sources.map((name) => join(place, name)),
    inputs: inputs.map((name) => join(place, name)),
    definition: definition === undefined ? undefined : join(place, definition),
    cplusplus: sources.some((name) => name.endsWith('.cpp')),
    runtime: 'c',
  };
}

/**
 * Sorted names of the files in `folder` that count for this architecture.
 * @param {string} folder
 * @param {Architecture} architecture
 */
async function inputNames(folder, architecture) {
  const names = await readdir(folder).catch(() => []);
  const counts = (/** @type {string} */ name) => {
    const only = FOR_ONE.exec(basename(name, extname(name)))?.[1];
    return INPUT.test(name) && (only === undefined || only === architecture);
  };
  return names.filter(counts).sort();
}

/** The name of the DLL that a file belongs to. @param {string} name */
function stemOf(name) {
  return basename(name, extname(name)).replace(FOR_ONE, '');
}
