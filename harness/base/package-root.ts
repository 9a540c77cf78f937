import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

interface Package {
  readonly name: string;
  readonly version: string;
}

function find(folder: string): { folder: string; version: string } {
  try {
    const found = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Package;
    if (found.name === 'dllparity') return { folder, version: found.version };
  } catch {
    // Not here.
  }
  const above = dirname(folder);
  if (above === folder) throw new Error('the package.json of dllparity is missing');
  return find(above);
}

const found = find(dirname(fileURLToPath(import.meta.url)));

/** Folder of this package: the sources lie in it, or the build one folder deeper. */
export const packageRoot: string = found.folder;

/** Version of dllparity. */
export const version: string = found.version;

/** What sets this machine up, for messages. Only a checkout has npm scripts; the published package has no lockfile. */
export const setupCommand: string = existsSync(join(packageRoot, 'package-lock.json'))
  ? 'npm run setup'
  : 'npx dllparity setup';
