import { readFile } from 'node:fs/promises';
import { join, posix } from 'node:path';
import ts from 'typescript';
import { complaints, type Gate } from '../gate.ts';
import { isNamed, isPackageNamed, isTest, layerOf, partsOf, readLayers, type Layers } from '../layers.ts';

const LAW = 'ci/layers.json';
const SOURCE = /\.(ts|mts|js|mjs)$/;

/** Every import is one that ci/layers.json allows. */
export const importGraph: Gate = {
  name: 'import graph',
  async run(root, files) {
    const layers = readLayers(await readFile(join(root, LAW), 'utf8'));
    const sources = files.filter((file) => SOURCE.test(file));
    const found: string[] = [];
    for (const file of sources) found.push(...checkFile(file, await readFile(join(root, file), 'utf8'), layers));
    return complaints(`${sources.length} files against ${LAW}`, found);
  },
};

/** Complaints about one file. Exported for its test. */
export function checkFile(file: string, text: string, layers: Layers): readonly string[] {
  const layer = layerOf(file, layers);
  if (layer === undefined) {
    return [`${file}: ${LAW} does not know this folder. Add it under "layers", with what it may import.`];
  }
  const found: string[] = [];
  for (const own of isTest(file) ? [] : partsOf(file, layers)) {
    if (layers.order[own.folder]?.includes(own.part)) continue;
    found.push(`${file}: ${LAW} does not know "${own.part}". Add it under "order" at its place in ${own.folder}/.`);
  }
  for (const { fileName: specifier, pos } of ts.preProcessFile(text, true, true).importedFiles) {
    const why = judge(file, specifier, layer, layers);
    if (why === undefined) continue;
    const line = text.slice(0, pos).split('\n').length;
    found.push(`${file}:${line}: imports "${specifier}": ${why}`);
  }
  return found;
}

/** Why an import is not allowed, or undefined when it is. */
function judge(file: string, specifier: string, layer: string, layers: Layers): string | undefined {
  const rules = layers.layers[layer];
  const extra = isTest(file) ? layers.tests : { imports: [], packages: [] };
  if (!specifier.startsWith('.')) {
    const packages = [...(rules?.packages ?? []), ...extra.packages];
    if (isPackageNamed(specifier, packages)) return undefined;
    return `${layer}/ may import ${listed(packages, 'no package')}. Move the code, or edit "${layer}" in ${LAW}.`;
  }
  const target = posix.normalize(posix.join(posix.dirname(file), specifier));
  if (layers.exceptions.some((each) => each.file === file && each.imports === target)) return undefined;
  if (target.startsWith('../')) return 'it lies outside the project.';
  const imports = [...(rules?.imports ?? []), ...extra.imports];
  if (layerOf(target, layers) !== layer && !isNamed(target, imports)) {
    return `${layer}/ may import ${listed(imports, 'nothing of the project')} besides itself. Move the code, or edit "${layer}" in ${LAW}.`;
  }
  return isTest(file) ? undefined : judgeOrder(file, target, layers);
}

function judgeOrder(file: string, target: string, layers: Layers): string | undefined {
  const targets = partsOf(target, layers);
  for (const from of partsOf(file, layers)) {
    const to = targets.find((each) => each.folder === from.folder);
    if (!to || to.part === from.part) continue;
    const order = layers.order[from.folder] ?? [];
    // A part the law does not know is complained about at its own files.
    if (!order.includes(from.part) || order.indexOf(to.part) < order.indexOf(from.part)) continue;
    return `"${from.part}" lies below "${to.part}" in ${from.folder}/. Move the code down, or edit "order" in ${LAW}.`;
  }
  return undefined;
}

function listed(names: readonly string[], none: string): string {
  return names.length === 0 ? none : names.join(', ');
}
