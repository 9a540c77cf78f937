// Several versions of a DLL may vouch for a suite. The first gives the baseline; what another one does differently stands in
// `<architecture>-<version>/<title>.yaml`, so that a case without a line there came out alike.
import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Architecture, Baseline, RecordedOutcome } from './baseline.ts';
import { writeCaseLine } from './case-line.ts';
import { checkShared } from './find-baseline.ts';
import { readBaseline } from './read-baseline.ts';

/** Which version, and what people call it. */
export interface DllVersion {
  readonly architecture: Architecture;
  /** Four numbers. */
  readonly fileVersion: string;
  /** For example `Windows 10 1607`. */
  readonly windows?: string;
}

/** What one more version of the DLL vouches for. */
export interface OtherVersion {
  readonly version: DllVersion;
  /** Only what is different; all other cases but those of `sameAs.without` came out as in the baseline. */
  readonly differences: Baseline;
}

/** An outcome that only some versions have. */
export interface AlternativeOutcome {
  readonly outcome: RecordedOutcome;
  readonly versions: readonly DllVersion[];
  /** Where it was recorded. */
  readonly file: string;
  readonly line: number;
}

/** Where the differences of a version stand. */
export function versionFile(file: string, { architecture, fileVersion }: DllVersion): string {
  return join(dirname(file), `${architecture}-${fileVersion}`, basename(file));
}

/**
 * What the other versions vouch for, those that were recorded.
 * @param file of the suite: `baselines/<title>.yaml`
 * @param baseline of the first version
 * @throws BASELINE_STALE where the baseline was recorded again without them, and what `readBaseline` throws
 */
export function findOtherVersions(file: string, baseline: Baseline, versions: readonly DllVersion[]): OtherVersion[] {
  return versions.flatMap((version) => {
    const own = versionFile(file, version);
    if (!existsSync(own)) return [];
    const differences = readBaseline(own);
    checkShared(differences, baseline);
    return [{ version, differences }];
  });
}

/** The outcomes that the first version does not have, by id of the case. */
export function alternativesOf(others: readonly OtherVersion[]): ReadonlyMap<string, readonly AlternativeOutcome[]> {
  const found = new Map<string, Map<string, AlternativeOutcome>>();
  for (const { version, differences } of others) {
    for (const { id, inputs, outcome, line } of differences.cases) {
      const key = writeCaseLine(id, inputs, outcome);
      const outcomes = found.get(id) ?? new Map<string, AlternativeOutcome>();
      found.set(id, outcomes);
      const same = outcomes.get(key);
      const versions = [...(same?.versions ?? []), version];
      outcomes.set(key, same ? { ...same, versions } : { outcome, versions, file: differences.file, line });
    }
  }
  return new Map([...found].map(([id, outcomes]) => [id, [...outcomes.values()]]));
}

/** The versions that say nothing of a case: in them the system was asked. */
export function silentOn(id: string, others: readonly OtherVersion[]): readonly DllVersion[] {
  return others.flatMap(({ version, differences }) =>
    differences.head.sameAs?.without.includes(id) === true ? [version] : [],
  );
}

/** `Windows 10 1607 (10.0.14393.33)`, or the version alone. */
export function versionText({ fileVersion, windows }: DllVersion): string {
  return windows === undefined ? fileVersion : `${windows} (${fileVersion})`;
}
