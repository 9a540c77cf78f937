import { mkdir, mkdtemp, readdir, readFile, rename, rm, rmdir, unlink, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Interrupted } from './setup-error.mjs';

// A lock is a folder that holds one file named after its owner. It appears with the owner inside it, by one rename, and a
// rename onto a folder that is not empty fails. Taking over from a dead owner removes that owner's file by name, so two
// waiters that saw the same dead owner cannot remove each other's lock.

const POLL_MS = 100;

/**
 * Runs `work` while holding the lock `folder`. Waits for a living owner, takes over from a dead one.
 * @template T
 * @param {string} folder
 * @param {{ readonly signal?: AbortSignal, readonly onWait?: (pid: number) => void }} options
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withFolderLock(folder, options, work) {
  const owner = await acquire(folder, options);
  try {
    return await work();
  } finally {
    await unlink(join(folder, owner));
    // Somebody may have taken the emptied folder already: it is theirs then.
    await rmdir(folder).catch(() => undefined);
  }
}

/**
 * @param {string} folder
 * @param {{ readonly signal?: AbortSignal, readonly onWait?: (pid: number) => void }} options
 */
async function acquire(folder, { signal, onWait }) {
  const owner = ownerName(process.pid, (await startTime(process.pid)) ?? '0');
  await mkdir(dirname(folder), { recursive: true });
  const prepared = await mkdtemp(join(dirname(folder), `.${basename(folder)}-`));
  await writeFile(join(prepared, owner), '');
  try {
    let told = false;
    for (;;) {
      if (await moveTo(prepared, folder)) return owner;
      const living = await livingOwner(folder);
      if (living === undefined) continue;
      if (!told) onWait?.(living);
      told = true;
      if (signal?.aborted) throw new Interrupted();
      await sleep(POLL_MS);
    }
  } finally {
    await rm(prepared, { recursive: true, force: true });
  }
}

/**
 * @param {string} prepared
 * @param {string} folder
 */
async function moveTo(prepared, folder) {
  try {
    await rename(prepared, folder);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOTEMPTY' || error.code === 'EEXIST'))
      return false;
    throw error;
  }
}

/**
 * The process that holds the lock; removes the files of owners that are dead.
 * @param {string} folder
 */
async function livingOwner(folder) {
  for (const name of await readdir(folder).catch(() => [])) {
    const [pid, started] = name.split('-');
    if (await isSameProcess(Number(pid), started ?? '')) return Number(pid);
    await rm(join(folder, name), { force: true });
  }
  return undefined;
}

/**
 * @param {number} pid
 * @param {string} started
 */
export function ownerName(pid, started) {
  return `${String(pid)}-${started}`;
}

/**
 * Whether the process that started then is still alive. A process id alone is not enough: ids are used again.
 * @param {number} pid
 * @param {string} started
 */
async function isSameProcess(pid, started) {
  return (await startTime(pid)) === started;
}

/**
 * When a process started, in clock ticks since boot, or undefined when it is gone (field 22 of /proc/PID/stat).
 * @param {number} pid
 */
export async function startTime(pid) {
  const stat = await readFile(`/proc/${String(pid)}/stat`, 'utf8').catch(() => '');
  // The second field is the program's name in parentheses and may hold spaces.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return fields[0] === 'Z' ? undefined : fields[19];
}
