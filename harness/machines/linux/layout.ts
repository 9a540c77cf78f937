// Where an agent lives: which folders, and in which sandbox. Decided before anything is started.
import { existsSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DllparityError } from '../../base/errors.ts';
import { type Capabilities, capabilities } from './capabilities.ts';
import type { Installation } from '../installation.ts';
import type { MachineFolders, VisibleFolder } from '../machine.ts';
import { ownedName } from './leftovers.ts';
import { serverFolder } from './server-folder.ts';

export type SandboxMode = 'required' | 'auto' | 'off';

export interface Layout {
  /** Names folders and control groups; nobody else of this machine uses it. */
  readonly name: string;
  readonly folders: MachineFolders;
  /** Where the folders are mounted, or undefined: they are real ones, of `made`. */
  readonly mountPoint: string | undefined;
  /** Real folders that are this machine's own. */
  readonly made: readonly string[];
  /** The one of them that is for Wine's server; undefined in a sandbox, whose /tmp is not the machine's. */
  readonly server: string | undefined;
  readonly possible: Capabilities;
  readonly sandbox: boolean;
  readonly reason: string | null;
}

let serial = 0;

/** A name that nobody of this process uses: a test runner may load this module more than once. */
function freeName(folder: string): string {
  for (;;) {
    const name = ownedName(++serial);
    if (!existsSync(join(folder, name))) return name;
  }
}

/** The folder of the set-up that holds everything but templates, which may be one's own. */
function cacheOf({ template }: Installation): string {
  return dirname(dirname(template));
}

/** The folder in which a machine may have a folder of its own, for whoever looks for those of dead owners. */
export function machinesFolder(installation: Installation): string {
  return join(cacheOf(installation), 'prefixes');
}

/**
 * Decides where a machine goes.
 *
 * @throws SANDBOX_UNAVAILABLE when it is required and this machine does not allow it
 */
export function planLayout(installation: Installation, template: string, mode: SandboxMode): Layout {
  const cache = cacheOf(installation);
  const mountPoint = join(cache, 'mount');
  const possible = capabilities({ ...installation, template }, mountPoint);
  const sandbox = mode !== 'off' && possible.bubblewrap !== undefined;
  if (mode === 'required' && !sandbox) {
    throw new DllparityError('SANDBOX_UNAVAILABLE', {
      what: `the option sandbox is 'required', and this machine allows none: ${possible.sandboxRefusal ?? ''}`,
      hint: 'Install bubblewrap and allow user namespaces (sysctl kernel.unprivileged_userns_clone=1; in a container the capability SYS_ADMIN), or set `sandbox` to auto.',
    });
  }
  const reason = mode === 'auto' && !sandbox ? (possible.sandboxRefusal ?? null) : null;
  const parent = machinesFolder(installation);
  mkdirSync(parent, { recursive: true, mode: 0o700 });
  const name = freeName(parent);
  const server = sandbox ? undefined : serverFolder();
  const servers = server === undefined ? [] : [server];
  const common = { name, server, possible, sandbox, reason };
  // A mount namespace ends with its processes only where they are in a process namespace too.
  if (possible.mount !== undefined && possible.bubblewrap !== undefined) {
    const folders = { prefix: join(mountPoint, 'prefix'), temporary: join(mountPoint, 'disk/tmp') };
    return { ...common, folders, mountPoint, made: servers };
  }
  const own = join(parent, name);
  const folders = { prefix: join(own, 'prefix'), temporary: join(own, 'tmp') };
  return { ...common, folders, mountPoint: undefined, made: [own, ...servers] };
}

/** What an agent needs to see, whatever is declared. */
export function neededFolders({ agentProgram, exitWatcher, referenceDlls, oracles }: Installation): VisibleFolder[] {
  const paths = new Set([dirname(agentProgram), dirname(exitWatcher), referenceDlls, oracles]);
  return [...paths].filter((path) => existsSync(path)).map((path) => ({ path, writable: false }));
}
