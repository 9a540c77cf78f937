import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { DllparityError } from '../errors.ts';

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

const recordUrl = new URL('../../build/setup.json', import.meta.url);

/** Reads what set-up recorded. Throws SETUP_MISSING when it has not run. */
export function readInstallation(): Installation {
  try {
    return JSON.parse(readFileSync(recordUrl, 'utf8')) as Installation;
  } catch (cause) {
    throw new DllparityError('SETUP_MISSING', {
      what: 'dllparity has not been set up on this machine',
      where: { file: fileURLToPath(recordUrl) },
      hint: 'Run `npm run setup`; it installs Wine and everything else that is needed.',
      cause,
    });
  }
}
