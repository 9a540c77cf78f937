import semver from 'semver';

// A release candidate of 9.0 already behaves as 9.0, so it lies in ">=9.0" and not in "<9.0".
const OPTIONS = { includePrerelease: true } as const;

/**
 * The version of a Wine as three numbers: from `wine-8.0 (Debian 8.0~repack-4)`, `10.0-rc3`, `9.22`. Nothing when no version is in it.
 */
export function wineVersion(text: string): string | undefined {
  const match = /(\d+)\.(\d+)(?:\.(\d+))?(?:-rc(\d+))?/.exec(text);
  if (match === null) return undefined;
  const [, major, minor, patch = '0', candidate] = match;
  const version = [major, minor, patch].map(Number).join('.');
  return candidate === undefined ? version : `${version}-rc.${Number(candidate)}`;
}

/** A range of Wine versions, such as `>=8.0 <9.0`, in its full form; nothing when it is none. */
export function wineRange(text: string): string | undefined {
  if (text.trim() === '') return undefined;
  // Wine writes 9.0-rc2 where semver wants 9.0.0-rc.2.
  const full = text.replace(
    /\b(\d+\.\d+)(\.\d+)?-rc(\d+)\b/g,
    (_, two: string, three = '.0', candidate: string) => `${two}${three}-rc.${candidate}`,
  );
  return semver.validRange(full, OPTIONS) ?? undefined;
}

/** Whether a Wine, by any text that holds its version, lies in a range that `wineRange` gave. */
export function inWineRange(text: string, range: string): boolean {
  const version = wineVersion(text);
  return version !== undefined && semver.satisfies(version, range, OPTIONS);
}

/** Whether some version lies in both ranges. */
export function rangesMeet(one: string, other: string): boolean {
  return one === other || semver.intersects(one, other, OPTIONS);
}
