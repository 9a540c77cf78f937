import { DllparityError } from '../../base/errors.ts';

/** What cannot be written, and why: a full disk, a folder that may not be written to. */
export function writeError(what: string, file: string, cause: unknown): DllparityError {
  return new DllparityError('RESULTS_WRITE', {
    what: `${what} cannot be written`,
    where: { file },
    hint: 'Free space, or choose a folder that can be written with `outDir` (or DLLPARITY_OUT_DIR).',
    cause,
  });
}
