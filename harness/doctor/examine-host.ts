import { statfsSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { broken, type Finding, limited, ok } from './finding.ts';

/** As `engines` of package.json says. */
const NODE = [20, 19] as const;
// An agent's clone and its logs; what a DLL may write is limited by itself.
const TEMPORARY_BYTES = 500_000_000;
// The host and the agent each hold a processor while they wait for one another.
const PROCESSORS = 2;

/** What dllparity needs of this machine, before any Wine. */
export function examineHost(): Finding[] {
  return [nodeVersion(process.versions.node), processors(availableParallelism()), temporarySpace(tmpdir())];
}

export function nodeVersion(version: string): Finding {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const isNew = major > NODE[0] || (major === NODE[0] && minor >= NODE[1]);
  if (isNew) return ok('Node', version);
  return broken('Node', `${version} is too old`, `Install Node ${NODE.join('.')} or newer.`);
}

export function processors(count: number): Finding {
  if (count >= PROCESSORS) return ok('processors', String(count));
  return limited(
    'processors',
    'one: a call takes some 100 µs in place of half of one',
    'Give this machine a second processor.',
  );
}

export function temporarySpace(folder: string, free = freeBytes(folder)): Finding {
  const text = `${(free / 1e6).toFixed(0)} MB free in ${folder}`;
  if (free >= TEMPORARY_BYTES) return ok('disk', text);
  const needed = `${(TEMPORARY_BYTES / 1e6).toFixed(0)} MB`;
  return broken('disk', text, `Make room until ${needed} are free, or set TMPDIR to a folder on a larger disk.`);
}

function freeBytes(folder: string): number {
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize;
}
