import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setupCommand } from '../base/package-root.ts';
import { type Installation, listRuntimes, readInstallation } from './installation.ts';

/** What can be done with a runtime on this machine. */
export interface RuntimeState {
  /** For example `wine-10.0-ia32`. */
  readonly id: string;
  /**
   * `usable`: agents can be booted in it. `incomplete`: the set-up has put it here, and a part is gone. `not-installed`: a command adds it.
   * `impossible`: this machine cannot run it.
   */
  readonly state: 'usable' | 'incomplete' | 'not-installed' | 'impossible';
  /** Whether it is taken where none is named. */
  readonly isDefault: boolean;
  /** Wine's own words, for example `wine-8.0 (Debian 8.0~repack-4)`; null where it is not here. */
  readonly wineBuild: string | null;
  /** What that Wine runs on, for example `debian 12`; null where it does not say, or is not here. */
  readonly distribution: string | null;
  /** Why it is not usable, as a clause; null where it is. */
  readonly why: string | null;
  /** The command that makes it usable; null where none is needed or none does. */
  readonly command: string | null;
}

/**
 * All runtimes that the set-up knows of, the default first, then those that cannot be used.
 *
 * @throws SETUP_MISSING when the set-up has not run
 */
export function runtimeStates(): RuntimeState[] {
  const { installed, notInstalled, cannotRun } = listRuntimes();
  const notHere = { isDefault: false, wineBuild: null, distribution: null };
  return [
    ...installed.map((id, index) => stateOf(readInstallation(id), index === 0)),
    ...notInstalled.map(({ id, command }): RuntimeState => ({
      ...notHere,
      id,
      state: 'not-installed',
      why: 'it is not installed',
      command,
    })),
    ...cannotRun.map(({ id, why }): RuntimeState => ({ ...notHere, id, state: 'impossible', why, command: null })),
  ];
}

/** Whether its parts are there: a cache folder is easily emptied. That they work, only booting an agent tells. */
export function stateOf(installation: Installation, isDefault: boolean): RuntimeState {
  const { id, wineBuild, distribution, root, wine, template, agentProgram } = installation;
  const missing = [join(root, wine), template, agentProgram].find((path) => !existsSync(path));
  const about = { id, isDefault, wineBuild, distribution };
  return missing === undefined
    ? { ...about, state: 'usable', why: null, command: null }
    : { ...about, state: 'incomplete', why: `${missing} is gone`, command: setupCommand };
}
