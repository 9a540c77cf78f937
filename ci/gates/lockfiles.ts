import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { complaints, type Gate } from '../gate.ts';

const Names = z.record(z.string(), z.string()).optional();
const Lock = z.object({
  packages: z.record(
    z.string(),
    z.object({ integrity: z.string().optional(), dependencies: Names, optionalDependencies: Names }),
  ),
});

/**
 * Every lockfile is whole: `npm ci` refuses one that lacks a package, packages for other platforms included, and npm
 * itself writes such files when node_modules is there.
 */
export const lockfiles: Gate = {
  name: 'lockfiles',
  async run(root, files) {
    const locks = files.filter((file) => file.split('/').at(-1) === 'package-lock.json');
    const found: string[] = [];
    for (const file of locks) found.push(...gapsOf(file, await readFile(join(root, file), 'utf8')));
    return complaints(`${locks.length} lockfiles`, found);
  },
};

/** Complaints about one lockfile. */
export function gapsOf(file: string, text: string): readonly string[] {
  const { packages } = Lock.parse(JSON.parse(text));
  const found: string[] = [];
  for (const [path, entry] of Object.entries(packages)) {
    if (path !== '' && !entry.integrity?.startsWith('sha512-'))
      found.push(`${file}: ${path} has no SHA-512 integrity.`);
    for (const name of Object.keys({ ...entry.dependencies, ...entry.optionalDependencies })) {
      if (!candidates(path, name).some((candidate) => candidate in packages)) {
        const owner = path === '' ? 'the project' : path;
        found.push(
          `${file}: lacks ${name}, which ${owner} needs. Make it anew: npm install --package-lock-only, beside no node_modules.`,
        );
      }
    }
  }
  return found;
}

/** Where Node looks for a package: beside its dependent, then in each folder above. */
function candidates(path: string, name: string): readonly string[] {
  const places = [];
  for (let at = path; at !== ''; at = at.slice(0, Math.max(0, at.lastIndexOf('/node_modules/')))) {
    places.push(`${at}/node_modules/${name}`);
    if (!at.includes('/node_modules/')) break;
  }
  return [...places, `node_modules/${name}`];
}
