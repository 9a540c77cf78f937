import { existsSync, readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { DllparityError } from '../../base/errors.ts';
import { KNOWN_FACTS } from './known-facts.ts';
import { type FactSet, readFacts } from './read-facts.ts';

/**
 * The facts of files, and of all files in folders.
 *
 * @throws FACT_SYNTAX when there are none at all; what is wrong with some of them is in `problems`
 */
export function findFacts(paths: readonly string[]): FactSet {
  const set = readFacts(paths.flatMap((path) => filesAt(resolve(path))));
  if (set.facts.length + set.problems.length > 0) return set;
  throw new DllparityError('FACT_SYNTAX', {
    what: 'The files have no facts',
    hint: 'Name files with entries of the form "- id: ..."; docs/guides/facts.md shows one.',
  });
}

function filesAt(path: string): string[] {
  if (!existsSync(path) || !statSync(path).isDirectory()) return [path];
  const names = readdirSync(path).filter((name) => /\.ya?ml$/.test(name) && name !== KNOWN_FACTS);
  return names.sort().map((name) => join(path, name));
}
