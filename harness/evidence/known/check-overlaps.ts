import type { DllparityError } from '../../base/errors.ts';
import { selectorsMeet } from '../../base/runtime-selector.ts';
import type { DeclaredCases } from './known-divergence.ts';

/** Refuses a case that two entries declare for one runtime: which of the two reasons holds could not be said. */
export function checkOverlaps(
  entries: readonly DeclaredCases[],
  error: (entry: DeclaredCases, id: string, what: string, hint: string) => DllparityError,
): void {
  const declared = new Map<string, DeclaredCases[]>();
  for (const entry of entries) {
    for (const id of entry.cases) {
      const key = `${entry.suite}\n${id}`;
      const others = declared.get(key);
      if (others === undefined) {
        declared.set(key, [entry]);
        continue;
      }
      const other = others.find((earlier) => selectorsMeet(earlier.runtimes, entry.runtimes));
      if (other !== undefined) {
        const hint = `Remove it from one of the two, or let their ranges (${other.wine} and ${entry.wine}) not overlap, or name another architecture or distribution in each.`;
        throw error(entry, id, `The case ${id} of ${entry.suite} is already declared in line ${other.line}`, hint);
      }
      others.push(entry);
    }
  }
}
