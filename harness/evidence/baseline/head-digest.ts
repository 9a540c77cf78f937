import { hash } from 'node:crypto';

/**
 * The line of a head that seals the others with their SHA-256: provenance is not to be edited by hand. Nothing else is taken
 * for it, not even what means the same in YAML.
 */
export function headDigestLine(lines: readonly string[]): string {
  const others = lines.filter((line) => !line.startsWith('headDigest:'));
  return `headDigest: ${hash('sha256', others.join('\n'))}`;
}
