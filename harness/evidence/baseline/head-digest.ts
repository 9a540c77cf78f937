import { hash } from 'node:crypto';

/** SHA-256 over the lines of a head but the one that holds it: provenance is not to be edited by hand. */
export function headDigest(lines: readonly string[]): string {
  const others = lines.filter((line) => !line.startsWith('headDigest:'));
  return hash('sha256', others.join('\n'));
}
