// The command line of bubblewrap: what of this machine a DLL can see, and what it can do.
import { lstatSync, readlinkSync, realpathSync } from 'node:fs';
import { basename, dirname, join, sep } from 'node:path';
import type { VisibleFolder } from '../machine.ts';
import { SUPERVISOR_DESCRIPTORS } from './shell-scripts.ts';

export interface SandboxOptions {
  readonly bubblewrap: string;
  /** The folder whose /usr and /etc are the system's: `/`, or a root folder. */
  readonly root: string;
  /** Paths of Wine's programs, which may lie outside /usr. */
  readonly programs: readonly string[];
  /** The folder that is the agent's own. */
  readonly prefix: string;
  /** The folder that programs see as /tmp. */
  readonly temporary: string;
  readonly visible: readonly VisibleFolder[];
}

// Of /etc only what programs look up: it may hold keys and passwords.
const ETC_OF_SYSTEM = ['ld.so.cache', 'ld.so.conf', 'ld.so.conf.d', 'alternatives', 'fonts', 'nsswitch.conf'];
const ETC_OF_MACHINE = ['passwd', 'group', 'localtime', 'timezone'];
const TOP = ['bin', 'sbin', 'lib', 'lib32', 'lib64', 'libx32'];

/**
 * No network, no other process, no capabilities, the system read-only; besides only the agent's own folders and what is declared.
 * Everything else, the root folder itself included, is empty and cannot be written to.
 */
export function sandboxArguments(options: SandboxOptions): string[] {
  const { bubblewrap, root, prefix, temporary, visible } = options;
  const folders = [...programFolders(options), ...visible].sort((a, b) => a.path.length - b.path.length);
  return [
    bubblewrap,
    // All namespaces there are. The first process in it takes up orphans, and the last one's end is the end of all.
    ...['--unshare-all', '--unshare-user', '--die-with-parent', '--new-session'],
    ...['--hostname', 'dllparity'],
    ...['--cap-drop', 'ALL'],
    ...['--seccomp', SUPERVISOR_DESCRIPTORS.FILTER.toString()],
    ...['--tmpfs', '/', '--ro-bind', join(root, 'usr'), '/usr'],
    ...topFolders(root),
    ...['--dir', '/etc'],
    ...ETC_OF_SYSTEM.flatMap((name) => ['--ro-bind-try', join(root, 'etc', name), `/etc/${name}`]),
    ...ETC_OF_MACHINE.flatMap((name) => ['--ro-bind-try', `/etc/${name}`, `/etc/${name}`]),
    ...['--dev', '/dev', '--proc', '/proc', '--ro-bind-try', '/sys/devices/system', '/sys/devices/system'],
    ...['--bind', temporary, '/tmp'],
    ...folders.flatMap(({ path, writable }) => [writable ? '--bind' : '--ro-bind', path, path]),
    ...['--bind', prefix, prefix],
    // Started by root, it still owns the settings of the kernel in /proc/sys, and bubblewrap leaves them writable.
    ...['/proc', '/dev', '/'].flatMap((path) => ['--remount-ro', path]),
    ...['--chdir', '/', '--'],
  ];
}

/** Debian links /bin, /lib and the like into /usr; a system that does not has folders there. */
function topFolders(root: string): string[] {
  return TOP.flatMap((name) => {
    const entry = lstatSync(join(root, name), { throwIfNoEntry: false });
    if (entry?.isSymbolicLink()) return ['--symlink', readlinkSync(join(root, name)), `/${name}`];
    return entry?.isDirectory() ? ['--ro-bind', join(root, name), `/${name}`] : [];
  });
}

/** A Wine of one's own needs what lies beside its programs: for /opt/wine/bin/wine64 that is /opt/wine. */
function programFolders({ programs }: SandboxOptions): VisibleFolder[] {
  const folders = programs.map((program) => (basename(dirname(program)) === 'bin' ? dirname(dirname(program)) : dirname(program))); // prettier-ignore
  return [...new Set(folders)]
    .filter((folder) => !isWithin(folder, '/usr') && folder !== '/')
    .map((path) => ({ path, writable: false }));
}

/** Whether `path` is `folder` or lies below it, by their text. */
export function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder === sep ? sep : folder + sep);
}

/** Whether programs in the sandbox see this path of the machine, links on the way followed. */
export function isVisible(path: string, visible: readonly VisibleFolder[]): boolean {
  const real = realPath(path);
  const folders = [...visible.map((folder) => folder.path), '/usr'];
  return folders.some((folder) => isWithin(path, folder) || isWithin(real, folder));
}

function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}

/**
 * Words for a process namespace and nothing else: all of the machine is there. `launcher` are those of a root folder, if it needs
 * them.
 */
export function pidNamespaceArguments(bubblewrap: string, launcher: readonly string[]): string[] {
  const words = launcher.length > 0 ? launcher.slice(0, -1) : [bubblewrap, '--die-with-parent', '--dev-bind', '/', '/'];
  return [...words, '--unshare-pid', '--proc', '/proc', '--'];
}
