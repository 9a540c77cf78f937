import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * What the system below this folder says it is, by its os-release file: `debian 12`, or `debian` where it has no version.
 *
 * @param root whose /etc and /usr are looked at
 * @returns undefined where it does not say
 */
export function distributionOf(root: string): string | undefined {
  for (const place of ['etc/os-release', 'usr/lib/os-release']) {
    let text: string;
    try {
      text = readFileSync(join(root, place), 'utf8');
    } catch {
      continue;
    }
    const field = (name: string): string | undefined =>
      new RegExp(`^${name}=(["']?)([\\w.-]+)\\1$`, 'm').exec(text)?.[2]?.toLowerCase();
    const [name, version] = [field('ID'), field('VERSION_ID')];
    if (name !== undefined) return version === undefined ? name : `${name} ${version}`;
  }
  return undefined;
}
