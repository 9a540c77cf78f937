import { existsSync, readdirSync, statSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { DllparityError } from '../base/errors.ts';
import { packageRoot } from '../base/package-root.ts';
import { readScenarios } from './read-scenarios.ts';
import type { Scenario } from './scenario.ts';

/** Those that come with dllparity. */
const OWN = join(packageRoot, 'suites', 'search-order');

/**
 * The scenarios of files, and of all files in folders.
 *
 * @param paths those that come with dllparity when there are none
 * @throws SCENARIO_SYNTAX for the first thing that is wrong, an id that two scenarios have among them
 */
export function findScenarios(paths: readonly string[]): Scenario[] {
  const files = (paths.length > 0 ? paths : [OWN]).flatMap((path) => filesAt(resolve(path)));
  const scenarios = files.flatMap((file) => readScenarios(relative(process.cwd(), file)));
  const seen = new Map<string, Scenario>();
  for (const scenario of scenarios) {
    const other = seen.get(scenario.id);
    if (other !== undefined) throw twice(scenario, other);
    seen.set(scenario.id, scenario);
  }
  return scenarios;
}

function filesAt(path: string): string[] {
  if (!existsSync(path) || !statSync(path).isDirectory()) return [path];
  const names = readdirSync(path).filter((name) => /\.ya?ml$/.test(name));
  if (names.length > 0) return names.sort().map((name) => join(path, name));
  throw new DllparityError('SCENARIO_SYNTAX', {
    what: 'The folder has no files of scenarios in it',
    where: { file: path },
    hint: 'Name a .yaml file, or a folder that has some.',
  });
}

function twice({ id, file, line }: Scenario, other: Scenario): DllparityError {
  return new DllparityError('SCENARIO_SYNTAX', {
    what: `there is a scenario ${id} at ${other.file}:${String(other.line)} already`,
    where: { file, line },
    hint: 'Give one of them another id, or run the files one after the other.',
  });
}
