import type { Provenance, SubjectRecord } from '../protocol/records/result-record.ts';
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
  /** Further versions of the DLL that vouch for the same cases. */
  readonly others: readonly VersionSummary[];
  readonly withheld: { readonly cases: number; readonly functions: number; readonly asked: readonly string[] };
}

/** What another version of the DLL says of all functions together. */
export interface VersionSummary {
  readonly fileVersion: string;
  readonly windows: string | undefined;
  readonly sha256: string;
  readonly source: string;
  readonly functions: number;
  /** In how many cases it has the outcome of the baseline, another one, or nothing to say. */
  readonly agreeing: number;
  readonly different: number;
  readonly silent: number;
}

interface Group {
  readonly provenance: Provenance;
  /** By suite: the same baseline may have served several runtimes. */
  readonly suites: Map<string, Provenance>;
  readonly records: Map<string, SubjectRecord>;
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
      const group = groups.get(key) ?? {
        provenance,
        suites: new Map<string, Provenance>(),
        records: new Map<string, SubjectRecord>(),
      };
      group.suites.set(record.subject, provenance);
      group.records.set(record.subject, record);
      groups.set(key, group);
    }
  }
  return [...groups.values()].map(summary);
}

function summary({ provenance, suites, records }: Group): ProvenanceGroup {
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
    others: versionSummaries([...records.values()]),
    withheld: {
      cases: withheld.reduce((sum, { cases }) => sum + cases, 0),
      functions: withheld.length,
      asked: sorted(withheld.flatMap(({ asked }) => asked)),
    },
  };
}

function versionSummaries(records: readonly SubjectRecord[]): VersionSummary[] {
  const found = new Map<string, VersionSummary>();
  for (const { baseline, cases } of records) {
    for (const { fileVersion, windows, sha256, source, different, silent } of baseline?.others ?? []) {
      const before = found.get(fileVersion);
      found.set(fileVersion, {
        fileVersion,
        windows,
        sha256,
        source,
        functions: (before?.functions ?? 0) + 1,
        agreeing: (before?.agreeing ?? 0) + cases - different - silent,
        different: (before?.different ?? 0) + different,
        silent: (before?.silent ?? 0) + silent,
      });
    }
  }
  return [...found.values()];
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
