import type { Provenance } from '../protocol/records/result-record.ts';
import type { Compatibility } from './compatibility.ts';

/** Baselines with the same origin. */
export interface ProvenanceGroup {
  readonly provenance: Provenance;
  readonly functions: number;
  /** ISO 8601, first and last recording. */
  readonly recordedAt: readonly [string, string];
  /** Functions of the system that the DLL called, none of which decides an outcome; null where nobody has looked. */
  readonly systemCalls: readonly string[] | null;
  /** Functions that the DLL asked when it was loaded: any of the answers may have decided an outcome. */
  readonly askedWhileLoading: readonly string[];
  /** Cases that were left out since they asked the system. */
  readonly withheld: { readonly cases: number; readonly functions: number; readonly asked: readonly string[] };
}

interface Group {
  readonly provenance: Provenance;
  /** By suite: the same baseline may have served several runtimes. */
  readonly suites: Map<string, Provenance>;
}

export function provenanceGroups(model: Compatibility): readonly ProvenanceGroup[] {
  const groups = new Map<string, Group>();
  for (const { results } of model.functions) {
    for (const { record } of results) {
      if (record.baseline === null) continue;
      const { provenance } = record.baseline;
      const {
        recordedAt: _at,
        systemCalls: _calls,
        askedWhileLoading: _asked,
        withheld: _withheld,
        ...origin
      } = provenance;
      const key = JSON.stringify(origin);
      const group = groups.get(key) ?? { provenance, suites: new Map<string, Provenance>() };
      group.suites.set(record.subject, provenance);
      groups.set(key, group);
    }
  }
  return [...groups.values()].map(summary);
}

function summary({ provenance, suites }: Group): ProvenanceGroup {
  const all = [...suites.values()];
  const dates = all.map(({ recordedAt }) => recordedAt).toSorted();
  const watched = all.flatMap(({ systemCalls }) => (systemCalls === undefined ? [] : [systemCalls]));
  const withheld = all.flatMap((each) => (each.withheld === undefined ? [] : [each.withheld]));
  return {
    provenance,
    functions: suites.size,
    recordedAt: [dates[0] ?? '', dates.at(-1) ?? ''],
    systemCalls: watched.length === 0 ? null : sorted(watched.flat()),
    askedWhileLoading: sorted(all.flatMap(({ askedWhileLoading }) => askedWhileLoading ?? [])),
    withheld: {
      cases: withheld.reduce((sum, { cases }) => sum + cases, 0),
      functions: withheld.length,
      asked: sorted(withheld.flatMap(({ asked }) => asked)),
    },
  };
}

function sorted(names: readonly string[]): string[] {
  return [...new Set(names)].toSorted();
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
