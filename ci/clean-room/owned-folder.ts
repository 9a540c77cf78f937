// Folders of one run, named after its process: a later run removes those whose owner is dead, however it ended.
import { mkdir, readFile, readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { CleanRoomError, outputOf } from './programs.ts';

/** Processes in a namespace that was killed may still write for a moment. */
const TRIES = 40;
const PAUSE_MS = 250;

/** Makes a folder of this process in `parent`, which holds nothing but such folders, and removes those of dead ones. */
export async function openOwnedFolder(parent: string): Promise<string> {
  await mkdir(parent, { recursive: true });
  await removeAbandoned(parent);
  const folder = join(parent, `${process.pid}-${await startTime(process.pid)}`);
  await mkdir(folder);
  return folder;
}

export async function removeAbandoned(parent: string): Promise<void> {
  for (const name of await readdir(parent)) {
    const [pid = '', started] = basename(name).split('-');
    if ((await startTime(Number(pid))) !== started) await removeFolder(join(parent, name));
  }
}

/** To be called when nothing runs in it that is not being killed. */
export async function removeFolder(folder: string): Promise<void> {
  for (let tried = 1; ; tried++) {
    // Never across a mount, should there be one after all. Ctrl-C of a terminal is not for this program.
    const complaint = await outputOf('sh', ['-c', 'rm -rf --one-file-system "$1" 2>&1', 'sh', folder], {
      detached: true,
    });
    if (complaint === '') return;
    if (tried === TRIES) throw new CleanRoomError(`${folder} cannot be removed:\n     ${complaint}`);
    await sleep(PAUSE_MS);
  }
}

/** Ids of processes are used again; together with the start, in clock ticks since boot, they are not. */
async function startTime(pid: number): Promise<string | undefined> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
}
