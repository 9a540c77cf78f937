import { dirname, resolve } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { DllparityError } from '../base/errors.ts';
import { makeFolders } from '../base/make-folders.ts';

/**
 * Writes what a command was asked to put into a file, with the folders above it.
 *
 * @param what for the message: `the page`
 * @returns the file's absolute path
 * @throws RESULTS_WRITE when it cannot be written
 */
export function writeDocument(what: string, path: string, text: string): string {
  const file = resolve(path);
  try {
    makeFolders(dirname(file));
    writeFileAtomic.sync(file, text);
  } catch (cause) {
    throw new DllparityError('RESULTS_WRITE', {
      what: `${what} cannot be written`,
      where: { file },
      hint: 'Choose a file in a folder that can be written.',
      cause,
    });
  }
  return file;
}

/** A value as a JSON document. */
export function writeJson(what: string, path: string, value: unknown): string {
  return writeDocument(what, path, `${JSON.stringify(value, undefined, 2)}\n`);
}
