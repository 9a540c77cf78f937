import { readdir } from 'node:fs/promises';
import { basename, extname, join, relative } from 'node:path';
import { projectFiles } from './locations.mjs';

/**
 * One DLL to build.
 * @typedef {object} Target
 * @property {string} output Absolute path of the DLL.
 * @property {string} folder Folder of the sources, relative to the project.
 * @property {readonly string[]} sources Compiled and linked in this order, relative to the project.
 * @property {readonly string[]} inputs All files whose change asks for a rebuild, relative to the project.
 * @property {string | undefined} definition The .def file.
 * @property {boolean} cplusplus
 */

const SOURCE = /\.(c|cpp|S)$/;
const INPUT = /\.(c|cpp|S|h|hpp|def)$/;

/**
 * The helper DLL of the agent, from all sources in its folder, and one DLL for each source of each reference folder.
 * @param {string} root
 * @param {boolean} withCplusplus
 * @returns {Promise<readonly Target[]>}
 */
export async function nativeTargets(root, withCplusplus) {
  const files = projectFiles(root);
  const targets = [...(await agentTarget(root, files)), ...(await referenceTargets(root, files))];
  return targets.filter((target) => withCplusplus || !target.cplusplus);
}

/**
 * @param {string} root
 * @param {ReturnType<typeof projectFiles>} files
 * @returns {Promise<Target[]>}
 */
async function agentTarget(root, files) {
  const names = await sortedNames(files.agentSources);
  const sources = names.filter((name) => SOURCE.test(name));
  if (sources.length === 0) return [];
  return [target(root, files.agentLibrary, files.agentSources, sources, names)];
}

/**
 * @param {string} root
 * @param {ReturnType<typeof projectFiles>} files
 */
async function referenceTargets(root, files) {
  const targets = [];
  const entries = await readdir(files.referenceSources, { withFileTypes: true }).catch(() => []);
  const folders = entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => join(files.referenceSources, entry.name));
  for (const folder of folders.sort()) {
    const names = await sortedNames(folder);
    const headers = names.filter((name) => /\.(h|hpp)$/.test(name));
    for (const source of names.filter((name) => SOURCE.test(name))) {
      const stem = basename(source, extname(source));
      const definition = names.filter((name) => name === `${stem}.def`);
      const output = join(files.referenceDlls, `${stem}.dll`);
      targets.push(target(root, output, folder, [source], [source, ...headers, ...definition]));
    }
  }
  return targets;
}

/**
 * @param {string} root
 * @param {string} output
 * @param {string} folder
 * @param {readonly string[]} sources
 * @param {readonly string[]} inputs
 * @returns {Target}
 */
function target(root, output, folder, sources, inputs) {
  const place = relative(root, folder);
  const definition = inputs.find((name) => name.endsWith('.def'));
  return {
    output,
    folder: place,
    sources: sources.map((name) => join(place, name)),
    inputs: inputs.map((name) => join(place, name)),
    definition: definition === undefined ? undefined : join(place, definition),
    cplusplus: sources.some((name) => name.endsWith('.cpp')),
  };
}

/** @param {string} folder */
async function sortedNames(folder) {
  const names = await readdir(folder).catch(() => []);
  return names.filter((name) => INPUT.test(name)).sort();
}
