import type { CAC } from 'cac';
import { nearestName } from '../base/nearest-name.ts';

/** Options that may be given several times, and then hold all that was given. */
const REPEATABLE = new Set(['only', 'known', 'which', '--']);

/** What is wrong with the words that were given, as a message; undefined where nothing is. The library knows neither of these. */
export function usageProblem({ matchedCommand, options }: CAC): string | undefined {
  if (matchedCommand === undefined) return undefined;
  const known = matchedCommand.options.map(({ name }) => name);
  for (const [name, value] of Object.entries(options)) {
    if (name === '--' || name === 'help' || name === 'version') continue;
    const written = name.length === 1 ? `-${name}` : `--${name}`;
    if (!matchedCommand.hasOption(name)) {
      const near = nearestName(name, known);
      const next =
        near === undefined ? `\`dllparity ${matchedCommand.name} --help\` lists them.` : `Did you mean --${near}?`;
      return `dllparity ${matchedCommand.name}: there is no option ${written}\n  next: ${next}`;
    }
    if (Array.isArray(value) && !REPEATABLE.has(name)) {
      return `dllparity ${matchedCommand.name}: ${written} was given ${String(value.length)} times, and takes one value\n  next: Leave all but one out.`;
    }
  }
  return undefined;
}
