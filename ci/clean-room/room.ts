import { execa } from 'execa';
import { cp, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { constants } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { OuterMachine } from './outer-machine.ts';
import { openOwnedFolder, removeFolder } from './owned-folder.ts';
import { IN_NAMESPACE, outputOf, succeed } from './programs.ts';

const ENTER = fileURLToPath(new URL('enter-room.sh', import.meta.url));
/** Ids of the ordinary user; nobody else in a bare machine has them. */
export const ORDINARY = { name: 'tester', id: 1000 };

/** One bare machine: a folder that is somebody's root. */
export interface Room {
  readonly folder: string;
  /** What npm downloads is kept here from run to run, so that a home folder can be empty. */
  readonly npmCache: string;
  readonly environment: Readonly<Record<string, string>>;
}

/** Unpacks a bare machine in `rooms`, a folder of nothing but rooms, and removes those whose makers are dead. */
export async function openRoom(
  rooms: string,
  archive: string,
  caches: Caches,
  outer: OuterMachine,
  signal: AbortSignal,
): Promise<Room> {
  const folder = await openOwnedFolder(rooms);
  try {
    return await fillRoom(folder, archive, caches, outer, signal);
  } catch (error) {
    await removeFolder(folder);
    throw error;
  }
}

async function fillRoom(
  folder: string,
  archive: string,
  caches: Caches,
  outer: OuterMachine,
  cancelSignal: AbortSignal,
): Promise<Room> {
  await succeed('tar', ['-xpf', archive, '-C', folder, '--numeric-owner', '--exclude=./dev/*'], { cancelSignal });
  for (const file of outer.files) {
    await mkdir(dirname(join(folder, file)), { recursive: true });
    await cp(file, join(folder, file), { dereference: true });
  }
  await writeFile(join(folder, 'etc', 'apt', 'apt.conf.d', '90downloads'), outer.aptConfiguration);
  await mkdir(caches.npm, { recursive: true });
  await mkdir(caches.packages, { recursive: true });
  // The same bytes under a second name: nothing is copied, and nothing that the room removes is gone here.
  await linkPackages(caches.packages, packagesOf(folder));
  return { folder, npmCache: caches.npm, environment: outer.environment };
}

/** Folders that make a later run quicker: archives of Debian packages, and npm's downloads. */
export interface Caches {
  readonly packages: string;
  readonly npm: string;
}

/** Runs a command in the room and streams what it prints. Nothing of it runs any more when it ends. */
export async function runInRoom(
  room: Room,
  command: readonly string[],
  how: { readonly user: 'root' | 'ordinary'; readonly cwd: string; readonly signal: AbortSignal },
): Promise<number> {
  const ordinary = how.user === 'ordinary';
  const environment = {
    ...room.environment,
    PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
    HOME: ordinary ? `/home/${ORDINARY.name}` : '/root',
    USER: ordinary ? ORDINARY.name : 'root',
    npm_config_cache: `/var/cache/npm/${how.user}`,
    npm_config_update_notifier: 'false',
  };
  const id = String(ORDINARY.id);
  const asUser = ordinary ? ['setpriv', `--reuid=${id}`, `--regid=${id}`, '--clear-groups'] : [];
  const [program = '', ...words] = IN_NAMESPACE;
  const { exitCode, signal } = await execa(
    program,
    [
      ...words,
      ...['sh', ENTER, room.folder, room.npmCache],
      ...['env', '-i', ...Object.entries(environment).map(([name, value]) => `${name}=${value}`)],
      ...[...asUser, 'sh', '-c', `cd ${how.cwd} && exec "$@"`, 'sh', ...command],
    ],
    {
      stdio: ['ignore', 'inherit', 'inherit'],
      reject: false,
      // Ctrl-C of a terminal comes to this process alone.
      detached: true,
      cancelSignal: how.signal,
      killSignal: 'SIGKILL',
    },
  );
  return exitCode ?? 128 + (signal === undefined ? 0 : constants.signals[signal]);
}

/** Keeps the Debian packages that apt downloaded and would still choose. */
export async function keepPackages(room: Room, caches: Caches, signal: AbortSignal): Promise<void> {
  await runInRoom(room, ['apt-get', '-qq', 'autoclean'], { user: 'root', cwd: '/', signal });
  const current = new Set(await debFiles(packagesOf(room.folder)));
  for (const name of await debFiles(caches.packages)) {
    if (!current.has(name)) await rm(join(caches.packages, name), { force: true });
  }
  await linkPackages(packagesOf(room.folder), caches.packages);
}

function packagesOf(folder: string): string {
  return join(folder, 'var', 'cache', 'apt', 'archives');
}

async function debFiles(folder: string): Promise<readonly string[]> {
  return (await readdir(folder)).filter((name) => name.endsWith('.deb'));
}

async function linkPackages(from: string, to: string): Promise<void> {
  const files = (await debFiles(from)).map((name) => join(from, name));
  if (files.length > 0) await succeed('cp', ['--link', '--no-clobber', '--target-directory', to, ...files]);
}

/** Whether bubblewrap can make its namespaces in the room; its complaint when it cannot. */
export async function bubblewrapComplaint(room: Room, user: 'root' | 'ordinary'): Promise<string | undefined> {
  const id = String(ORDINARY.id);
  const asUser = user === 'ordinary' ? ['setpriv', `--reuid=${id}`, `--regid=${id}`, '--clear-groups'] : [];
  const script = '"$@" bwrap --unshare-all --ro-bind / / true 2>&1 && echo works';
  const [program = '', ...words] = IN_NAMESPACE;
  const said = await outputOf(program, [
    ...[...words, 'sh', ENTER, room.folder, room.npmCache],
    ...['sh', '-c', script, 'sh', ...asUser],
  ]);
  return said.trim().endsWith('works') ? undefined : said.trim() || 'no reason given';
}
