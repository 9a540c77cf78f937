import { readFile } from 'node:fs/promises';
import { join, posix } from 'node:path';
import ts from 'typescript';
import { complaints, type Gate } from '../gate.ts';
import { isTest } from '../layers.ts';

const SOURCE = /\.(ts|mts|js|mjs)$/;

/** No file of the product imports itself by way of others, for a type neither. */
export const importCycles: Gate = {
  name: 'import cycles',
  async run(root, files) {
    const sources = files.filter((file) => SOURCE.test(file) && !isTest(file));
    const texts = await Promise.all(sources.map((file) => readFile(join(root, file), 'utf8')));
    const graph = new Map(sources.map((file, index) => [file, importsOf(file, texts[index] ?? '')]));
    return complaints(`${sources.length} files`, cyclesIn(graph).map(complaint));
  },
};

/** Each knot of files by one of its cycles, a shortest one. `graph` holds what each file imports. */
export function cyclesIn(graph: ReadonlyMap<string, readonly string[]>): readonly (readonly string[])[] {
  const cycles: (readonly string[])[] = [];
  const isSeen = new Set<string>();
  for (const file of graph.keys()) {
    if (isSeen.has(file)) continue;
    const back = wayBack(file, graph);
    if (back === undefined) continue;
    cycles.push(back);
    // Whatever leads there and back belongs to the same knot: one complaint at a time is easier to follow.
    const reached = reachable(file, graph);
    for (const other of reached) if (reachable(other, graph).has(file)) isSeen.add(other);
  }
  return cycles;
}

function complaint(cycle: readonly string[]): string {
  return (
    `${[...cycle, cycle[0]].join(' -> ')}: these import each other in a circle. ` +
    'Move what they share (a type will do) to the lowest of them or to a file of its own, or have the lower file take an interface that the higher one passes in.'
  );
}

function importsOf(file: string, text: string): readonly string[] {
  return ts
    .preProcessFile(text, true, true)
    .importedFiles.map(({ fileName }) => fileName)
    .filter((specifier) => specifier.startsWith('.'))
    .map((specifier) => posix.normalize(posix.join(posix.dirname(file), specifier)));
}

/** The files of a shortest way from a file to itself, that file first; undefined where there is none. */
function wayBack(file: string, graph: ReadonlyMap<string, readonly string[]>): readonly string[] | undefined {
  let ways: readonly (readonly string[])[] = [[file]];
  const isSeen = new Set<string>();
  while (ways.length > 0) {
    const longer: (readonly string[])[] = [];
    for (const way of ways) {
      for (const next of graph.get(way.at(-1) ?? file) ?? []) {
        if (next === file) return way;
        if (isSeen.has(next)) continue;
        isSeen.add(next);
        longer.push([...way, next]);
      }
    }
    ways = longer;
  }
  return undefined;
}

/** Every file that one imports, itself or by way of others. */
function reachable(file: string, graph: ReadonlyMap<string, readonly string[]>): ReadonlySet<string> {
  const found = new Set<string>();
  const left = [file];
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    for (const imported of graph.get(next) ?? []) {
      if (found.has(imported)) continue;
      found.add(imported);
      left.push(imported);
    }
  }
  return found;
}
