import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DllparityError } from '../base/errors.ts';
import { packageRoot, setupCommand } from '../base/package-root.ts';
import { distributionOf } from './distribution.ts';

/** One runtime as the set-up put it on this machine: a Wine, and an agent for one architecture. All paths are absolute. */
export interface Installation {
  /** For example `wine-8.0-x64`. */
  readonly id: string;
  readonly architecture: 'x64' | 'ia32';
  /** What stands before Wine's programs on a command line, where they need a root folder of their own; mostly empty. */
  readonly launcher: readonly string[];
  /** What Wine runs on, as that says it: `debian 12`; null where it does not say. */
  readonly distribution: string | null;
  /** The folder whose /usr and /etc they run with: `/`, or that root folder. */
  readonly root: string;
  /** Path of bubblewrap, or null where it is not installed. */
  readonly bubblewrap: string | null;
  /** As a program behind `launcher` sees it, and so are `wine64` and `wineserver`. */
  readonly wine: string;
  /** The loader of 64-bit programs in the same prefix. */
  readonly wine64: string;
  readonly wineserver: string;
  /** Wine's own words, for example `wine-8.0 (Debian 8.0~repack-4)`. */
  readonly wineBuild: string;
  readonly wineVersion: string;
  /** The prefix that every run clones. */
  readonly template: string;
  /** The program that an agent is. */
  readonly agentProgram: string;
  /** Windows Node and the modules beside it, koffi among them: what tests and the benchmark compare with. Only set up for them. */
  readonly guestNode: string;
  readonly guestModules: string;
  /** The program that notes exit codes, for x64. */
  readonly exitWatcher: string;
  /** The library that starts programs, of the runtime's architecture. */
  readonly programLauncher: string;
  /** Folder with a folder for each architecture: the program and the DLL that search-order scenarios are made of. */
  readonly scenarioFiles: string;
  readonly referenceDlls: string;
  readonly oracles: string;
}

/** A runtime that is not on this machine, and the command that adds it. */
export interface AddableRuntime {
  readonly id: string;
  readonly command: string;
}

/** A runtime that was added to this machine and cannot run on it. */
export interface ImpossibleRuntime {
  readonly id: string;
  /** A clause without its full stop: `the kernel of this machine runs no 32-bit programs`. */
  readonly why: string;
}

/** What the set-up wrote to build/setup.json. */
interface SetupRecord {
  /** The first is the default. */
  readonly runtimes: readonly Omit<Installation, 'oracles' | 'distribution'>[];
  readonly notInstalled: readonly AddableRuntime[];
  readonly cannotRun: readonly ImpossibleRuntime[];
  readonly oracles: string;
}

const file = join(packageRoot, 'build', 'setup.json');

/**
 * What the set-up recorded of a runtime.
 *
 * @param id the default runtime when it is undefined
 * @throws SETUP_MISSING when the set-up has not run; RUNTIME_NOT_INSTALLED when it has not put this runtime here
 */
export function readInstallation(id?: string): Installation {
  const { runtimes, notInstalled, cannotRun, oracles } = readRecord();
  const runtime = id === undefined ? runtimes[0] : runtimes.find((each) => each.id === id);
  if (runtime !== undefined) return { ...runtime, oracles, distribution: distributionOf(runtime.root) ?? null };
  const addable = notInstalled.find((each) => each.id === id);
  throw new DllparityError('RUNTIME_NOT_INSTALLED', {
    what: `the runtime ${String(id)} is not installed`,
    where: { file },
    details: [
      ...runtimes.map((each) => `installed: ${each.id}`),
      ...notInstalled.map((each) => `can be added: ${each.id}, by ${each.command}`),
      ...cannotRun.map((each) => `cannot run here: ${each.id}: ${each.why}`),
    ],
    hint:
      addable === undefined
        ? 'Correct the option `runtime` or `runtimes` (DLLPARITY_RUNTIME, DLLPARITY_RUNTIMES); without them the first one is used.'
        : `Run \`${addable.command}\`.`,
  });
}

/** The runtimes of this machine by id, the default first, those that a command would add, and those that it cannot run. */
export function listRuntimes(): {
  readonly installed: readonly string[];
  readonly notInstalled: readonly AddableRuntime[];
  readonly cannotRun: readonly ImpossibleRuntime[];
} {
  const { runtimes, notInstalled, cannotRun } = readRecord();
  return { installed: runtimes.map(({ id }) => id), notInstalled, cannotRun };
}

function readRecord(): SetupRecord {
  const hint = `Run \`${setupCommand}\`; it installs Wine and everything else that is needed.`;
  let record: Partial<SetupRecord>;
  try {
    record = JSON.parse(readFileSync(file, 'utf8')) as Partial<SetupRecord>;
  } catch (cause) {
    const what = 'dllparity has not been set up on this machine';
    throw new DllparityError('SETUP_MISSING', { what, where: { file }, hint, cause });
  }
  const { runtimes, notInstalled, cannotRun, oracles } = record;
  if (runtimes?.[0]?.agentProgram === undefined || !notInstalled || !cannotRun || oracles === undefined) {
    const what = 'this machine was set up by another version of dllparity';
    throw new DllparityError('SETUP_MISSING', { what, where: { file }, hint });
  }
  return { runtimes, notInstalled, cannotRun, oracles };
}
