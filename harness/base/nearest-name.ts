import { distance } from 'fastest-levenshtein';

/** The name somebody probably meant, or nothing when no name is near enough for a proposal to help. */
export function nearestName(written: string, names: readonly string[]): string | undefined {
  const wanted = written.toLowerCase();
  let best: string | undefined;
  // More than two letters in five wrong, and a proposal is a guess.
  let bestDistance = Math.max(2, Math.floor(wanted.length * 0.4)) + 1;
  for (const name of names) {
    const candidate = name.toLowerCase();
    const lastPart = candidate.slice(candidate.lastIndexOf('.') + 1);
    // A word left out ("timeout" for "callTimeoutMs") is nearer than its number of letters says.
    const abridged = wanted.length >= 4 && candidate.includes(wanted) ? 2 : Infinity;
    const far = Math.min(distance(wanted, candidate), distance(wanted, lastPart), abridged);
    if (far < bestDistance) [best, bestDistance] = [name, far];
  }
  return best;
}
