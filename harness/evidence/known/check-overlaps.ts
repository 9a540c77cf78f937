import type { DllparityError } from '../../base/errors.ts';
import type { KnownDivergence } from './known-divergence.ts';
import { rangesMeet } from './wine-range.ts';

function mayBothHold(one: KnownDivergence, other: KnownDivergence): boolean {
  const sameMachine =
    one.architecture === undefined || other.architecture === undefined || one.architecture === other.architecture;
  return sameMachine && rangesMeet(one.range, other.range);
}

/** Refuses a case that two entries declare for one Wine version: which of the two reasons holds could not be said. */
export function checkOverlaps(
  entries: readonly KnownDivergence[],
  error: (entry: KnownDivergence, id: string, what: string, hint: string) => DllparityError,
): void {
  const declared = new Map<string, KnownDivergence[]>();
  for (const entry of entries) {
    for (const id of entry.cases) {
      const key = `${entry.suite}\n${id}`;
      const others = declared.get(key);
      if (others === undefined) {
        declared.set(key, [entry]);
        continue;
      }
      const other = others.find((earlier) => mayBothHold(earlier, entry));
      if (other !== undefined) {
        const hint = `Remove it from one of the two, or let their ranges (${other.wine} and ${entry.wine}) not overlap, or name another architecture in each.`;
        throw error(entry, id, `The case ${id} of ${entry.suite} is already declared in line ${other.line}`, hint);
      }
      others.push(entry);
    }
  }
}
