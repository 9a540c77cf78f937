import { statfs } from 'node:fs/promises';
import { SetupError } from './setup-error.mjs';

/**
 * Refuses before the work begins when the disk would be full in the middle of it.
 * @param {string} what Begins the sentence.
 * @param {string} folder Exists already.
 * @param {number} bytes
 */
export async function requireSpace(what, folder, bytes) {
  const { bavail, bsize } = await statfs(folder);
  if (bavail * bsize >= bytes) return;
  const free = Math.floor((bavail * bsize) / 1e6);
  throw new SetupError(`${what} needs ${String(bytes / 1e6)} MB in ${folder}; ${String(free)} MB are free.`, {
    next: 'make space, or name another folder in DLLPARITY_CACHE, and run the set-up again.',
  });
}
