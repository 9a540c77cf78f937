import { SetupError } from './setup-error.mjs';

/** @type {Readonly<Record<string, readonly [string, string]>>} */
const REFUSALS = {
  ENOSPC: ['the disk is full', 'make space, or name another folder in DLLPARITY_CACHE'],
  EDQUOT: ['your share of the disk is used up', 'make space, or name another folder in DLLPARITY_CACHE'],
  EROFS: [
    'it is mounted read-only',
    'copy the project to a folder that can be written, or name another cache folder in DLLPARITY_CACHE',
  ],
  EACCES: ['this user may not', 'give the folder to this user (chown -R), or run the set-up as its owner'],
  EPERM: ['this user may not', 'give the folder to this user (chown -R), or run the set-up as its owner'],
};

/**
 * What the system says when it does not let a file be written or read, in words.
 * @param {unknown} error
 */
export function diskRefusal(error) {
  if (!(error instanceof Error) || 'next' in error || !('code' in error) || typeof error.code !== 'string')
    return undefined;
  const refusal = REFUSALS[error.code];
  if (refusal === undefined) return undefined;
  const [why, next] = refusal;
  const path = 'path' in error ? String(error.path) : 'a file';
  const call = 'syscall' in error ? String(error.syscall) : 'writing';
  return new SetupError(`${call} of ${path} failed: ${why} (${error.code}).`, {
    next: `${next}, then run the set-up again.`,
  });
}
