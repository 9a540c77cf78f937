import { open, readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { complaints, type Gate } from '../gate.ts';
import { trackedFiles } from '../project-files.ts';

const BINARY_NAME = /\.(dll|exe|so|node|sys|lib|obj|o|a|tgz|zip|cab|msi)$/i;
// Pictures are the only bytes that are not text and may be committed.
const PICTURE = /\.(png|jpe?g|gif|ico|webp)$/i;
const PROBE_BYTES = 8192;
// A home folder this short is not a sign of anything when it is read in a text.
const MIN_PATH_LENGTH = '/root'.length;

/** Nothing is committed that is a binary, or that names a folder of the machine it was written on. */
export const committedFiles: Gate = {
  name: 'committed files',
  async run(root) {
    const files = await trackedFiles(root);
    const machine = machinePaths(root, homedir());
    const found: string[] = [];
    for (const file of files) {
      if (BINARY_NAME.test(file) || (!PICTURE.test(file) && (await holdsNull(join(root, file))))) {
        found.push(`${file}: is a binary. Build it or fetch it in the set-up instead (git rm --cached ${file}).`);
        continue;
      }
      if (!PICTURE.test(file)) found.push(...namesMachine(file, await readFile(join(root, file), 'utf8'), machine));
    }
    return complaints(`${files.length} files: no binaries, no paths of this machine`, found);
  },
};

/** Folders that only this machine has: the checkout, and the user's home. */
export function machinePaths(root: string, home: string): readonly string[] {
  return [root, home].filter((path) => path.length >= MIN_PATH_LENGTH).map((path) => `${path}/`);
}

export function namesMachine(file: string, text: string, machine: readonly string[]): readonly string[] {
  const found: string[] = [];
  text.split('\n').forEach((line, index) => {
    const path = machine.find((each) => line.includes(each));
    if (path !== undefined)
      found.push(`${file}:${index + 1}: names ${path}, a folder of this machine. Make it relative or compute it.`);
  });
  return found;
}

async function holdsNull(file: string): Promise<boolean> {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(PROBE_BYTES), 0, PROBE_BYTES, 0);
    return buffer.subarray(0, bytesRead).includes(0);
  } finally {
    await handle.close();
  }
}
