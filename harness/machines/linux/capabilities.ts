// What this machine lets an unprivileged, or a privileged, process do to keep a DLL in. Found out by doing it once.
import { spawnSync } from 'node:child_process';
import { closeSync, mkdirSync } from 'node:fs';
import type { Installation } from '../installation.ts';
import { MOUNT } from './shell-scripts.ts';
import { filterPipe } from './seccomp-pipe.ts';

/** Why something is not possible here, in the words of the program that was refused; or undefined when it is. */
export interface Capabilities {
  /** The words that put a command into a mount namespace of its own, where it may mount; undefined with `mountRefusal`. */
  readonly mount: readonly string[] | undefined;
  readonly mountRefusal: string | undefined;
  /** Path of bubblewrap, which works here; undefined with `sandboxRefusal`. */
  readonly bubblewrap: string | undefined;
  readonly sandboxRefusal: string | undefined;
}

const PROBE_MS = 10_000;
const found = new Map<string, Capabilities>();

/** Whether the user is the machine's root, whom some limits do not bind and who needs no user namespace. */
export const isRoot = process.getuid?.() === 0;

/** The namespace in which a command may mount. */
const UNSHARE = ['unshare', ...(isRoot ? [] : ['--user', '--map-root-user']), '--mount', '--propagation', 'private'];

/** The words before a command that is to run over a clone of `template`. */
export function mountArguments(at: string, template: string, diskBytes: number): string[] {
  // In a user namespace an overlay keeps its marks where users may write.
  const options = isRoot ? '' : ',userxattr';
  const escaped = template.replaceAll(/[\\:,]/g, (character) => `\\${character}`);
  return [...UNSHARE, '--', '/bin/sh', '-c', MOUNT, 'dllparity-mount', at, escaped, diskBytes.toString(), options]; // prettier-ignore
}

/** What is possible, for agents whose mounts go to the folder `at`. Asked once in a process: it takes some milliseconds. */
export function capabilities({ bubblewrap, template, root }: Installation, at: string): Capabilities {
  const key = JSON.stringify([bubblewrap, template, root, at]);
  let known = found.get(key);
  if (known === undefined) {
    known = probe(bubblewrap, template, root, at);
    found.set(key, known);
  }
  return known;
}

function probe(bubblewrap: string | null, template: string, root: string, at: string): Capabilities {
  mkdirSync(at, { recursive: true, mode: 0o700 });
  const mount = mountArguments(at, template, 1 << 20);
  const mountRefusal = refusal([...mount, 'true']);
  const sandboxRefusal =
    bubblewrap === null ? 'bubblewrap (bwrap) is not installed' : sandboxRefusalOf(bubblewrap, root);
  return {
    mount: mountRefusal === undefined ? mount : undefined,
    mountRefusal,
    bubblewrap: sandboxRefusal === undefined ? (bubblewrap ?? undefined) : undefined,
    sandboxRefusal,
  };
}

/** bubblewrap with all that a sandbox needs of it. */
function sandboxRefusalOf(bubblewrap: string, root: string): string | undefined {
  const filter = filterPipe(root);
  try {
    const words = [
      '--unshare-all',
      '--unshare-user',
      '--cap-drop',
      'ALL',
      '--seccomp',
      '3',
      '--ro-bind',
      '/',
      '/',
      '--proc',
      '/proc',
    ];
    return refusal([bubblewrap, ...words, 'true'], filter);
  } finally {
    closeSync(filter);
  }
}

function refusal([program = '', ...args]: readonly string[], third?: number): string | undefined {
  const stdio = ['pipe' as const, 'pipe' as const, 'pipe' as const, ...(third === undefined ? [] : [third])];
  const { status, error, stderr } = spawnSync(program, args, { encoding: 'utf8', timeout: PROBE_MS, stdio });
  if (status === 0) return undefined;
  // A program that could not be started has written nothing.
  const words = ((stderr as string | null) ?? '').trim().split('\n').at(-1) ?? '';
  return error ? `${program}: ${error.message}` : words || `${program} ended with ${String(status)}`;
}
