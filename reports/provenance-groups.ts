import type { Provenance } from '../protocol/result-record.ts';
import type { Compatibility } from './compatibility.ts';

/** Baselines with the same origin. */
export interface ProvenanceGroup {
  readonly provenance: Provenance;
  readonly functions: number;
  /** ISO 8601, first and last recording. */
  readonly recordedAt: readonly [string, string];
}

export function provenanceGroups(model: Compatibility): readonly ProvenanceGroup[] {
  const groups = new Map<string, { provenance: Provenance; suites: Set<string>; dates: string[] }>();
  for (const { suites } of model.functions) {
    for (const { record } of suites) {
      if (record.baseline === null) continue;
      const { recordedAt, ...origin } = record.baseline.provenance;
      const key = JSON.stringify(origin);
      const group = groups.get(key) ?? { provenance: record.baseline.provenance, suites: new Set<string>(), dates: [] };
      group.suites.add(record.suite);
      group.dates.push(recordedAt);
      groups.set(key, group);
    }
  }
  return [...groups.values()].map(({ provenance, suites, dates }) => {
    dates.sort();
    return { provenance, functions: suites.size, recordedAt: [dates[0] ?? '', dates.at(-1) ?? ''] };
  });
}

/** Instruction-set extensions that only one of two processors has: Microsoft's code may branch on them. */
export function featureDifference(
  recorded: readonly string[],
  here: readonly string[],
): { only: readonly string[]; missing: readonly string[] } {
  return {
    only: recorded.filter((feature) => !here.includes(feature)),
    missing: here.filter((feature) => !recorded.includes(feature)),
  };
}
