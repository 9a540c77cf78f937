import semver from 'semver';

/** What a runtime says of itself, as far as it can be selected by. */
export interface SelectableRuntime {
  readonly kind: 'wine' | 'windows';
  /** Any text that holds the version: `wine-8.0 (Debian 8.0~repack-4)`; of Windows with the build, `10.0.17134`. */
  readonly version: string;
  readonly architecture: 'x64' | 'ia32';
  /** Name and version of what Wine runs on, `debian 12`; undefined where it does not say. */
  readonly distribution?: string | undefined;
}

/** Some runtimes: what is left out holds for any. */
export interface RuntimeSelector {
  readonly kind: SelectableRuntime['kind'];
  /** A range in its full form, from `versionRange`. */
  readonly versions?: string | undefined;
  readonly architecture?: SelectableRuntime['architecture'] | undefined;
  readonly distribution?: { readonly name: string; readonly versions: string } | undefined;
}

// A release candidate of 9.0 already behaves as 9.0, so it lies in ">=9.0" and not in "<9.0".
const OPTIONS = { includePrerelease: true } as const;

/** The version in a text as three numbers: from `wine-8.0 (Debian 8.0~repack-4)`, `10.0-rc3`, `10.0.17134`. Nothing when there is none. */
export function versionOf(text: string): string | undefined {
  const match = /(\d+)\.(\d+)(?:\.(\d+))?(?:-rc(\d+))?/.exec(text);
  if (match === null) return undefined;
  const [, major, minor, patch = '0', candidate] = match;
  const version = [major, minor, patch].map(Number).join('.');
  return candidate === undefined ? version : `${version}-rc.${Number(candidate)}`;
}

/** A range of versions, such as `>=8.0 <9.0`, in its full form; nothing when it is none, or when no version lies in it. */
export function versionRange(text: string): string | undefined {
  if (text.trim() === '') return undefined;
  const full = text
    // Wine writes 9.0-rc2 where semver wants 9.0.0-rc.2.
    .replace(
      /\b(\d+\.\d+)(\.\d+)?-rc(\d+)\b/g,
      (_, two: string, three = '.0', candidate: string) => `${two}${three}-rc.${candidate}`,
    )
    // Distributions write 24.04.
    .replace(/\b0+(?=\d)/g, '');
  const range = semver.validRange(full, OPTIONS);
  if (range === null || semver.minVersion(range) === null) return undefined;
  return range;
}

/** A distribution, `debian 12` or `debian >=12 <14`; nothing when it is none. Without a version it is any. */
export function distributionRange(text: string): RuntimeSelector['distribution'] {
  const [, name, written = '*'] = /^\s*([a-z][\w-]*)(?:\s+(.+))?$/i.exec(text) ?? [];
  const versions = versionRange(written);
  return name === undefined || versions === undefined ? undefined : { name: name.toLowerCase(), versions };
}

/** Whether a runtime is one of those that are selected. What it does not say of itself it is not selected by. */
export function selects(selector: RuntimeSelector, runtime: SelectableRuntime): boolean {
  const { kind, versions, architecture, distribution } = selector;
  if (kind !== runtime.kind || (architecture !== undefined && architecture !== runtime.architecture)) return false;
  if (versions !== undefined && !inVersionRange(runtime.version, versions)) return false;
  return distribution === undefined || isDistribution(runtime.distribution ?? '', distribution);
}

/** Whether some runtime may be selected by both. */
export function selectorsMeet(one: RuntimeSelector, other: RuntimeSelector): boolean {
  if (one.kind !== other.kind || !rangesMeet(one.versions, other.versions)) return false;
  const [here, there] = [one.distribution, other.distribution];
  if (here !== undefined && there !== undefined)
    if (here.name !== there.name || !rangesMeet(here.versions, there.versions)) return false;
  return one.architecture === undefined || other.architecture === undefined || one.architecture === other.architecture;
}

/** Whether the version in a text lies in a range that `versionRange` gave. */
export function inVersionRange(text: string, range: string): boolean {
  const version = versionOf(text);
  return version !== undefined && semver.satisfies(version, range, OPTIONS);
}

function isDistribution(text: string, { name, versions }: NonNullable<RuntimeSelector['distribution']>): boolean {
  const [own = '', version = ''] = text.toLowerCase().split(' ');
  // Some have no version, such as Debian's unstable.
  return (
    own === name && (versions === '*' || inVersionRange(version.includes('.') ? version : `${version}.0`, versions))
  );
}

function rangesMeet(one = '*', other = '*'): boolean {
  return one === other || semver.intersects(one, other, OPTIONS);
}
