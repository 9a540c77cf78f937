import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DllparityError } from '../errors.ts';
import { packageRoot } from '../package-root.ts';

/** What set-up has put on this machine, as it wrote it to build/setup.json. All paths are absolute. */
export interface Installation {
  readonly wine: string;
  readonly wineserver: string;
  /** Wine's own words, for example `wine-8.0 (Debian 8.0~repack-4)`. */
  readonly wineBuild: string;
  readonly wineVersion: string;
  readonly architecture: 'x64' | 'ia32';
  /** The prefix that every run clones. */
  readonly template: string;
  readonly guestNode: string;
  readonly guestModules: string;
  readonly agentLibrary: string;
  readonly referenceDlls: string;
  readonly oracles: string;
}

const record = join(packageRoot, 'build', 'setup.json');

/** Reads what set-up recorded. Throws SETUP_MISSING when it has not run. */
export function readInstallation(): Installation {
  try {
    return JSON.parse(readFileSync(record, 'utf8')) as Installation;
  } catch (cause) {
    throw new DllparityError('SETUP_MISSING', {
      what: 'dllparity has not been set up on this machine',
      where: { file: record },
      hint: 'Run `npm run setup`; it installs Wine and everything else that is needed.',
      cause,
    });
  }
}
