import { realpathSync } from 'node:fs';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { DllparityError } from '../../base/errors.ts';
import { readDrives, type Drive } from './drives.ts';
import { tooLongForUnix, unfitForWindows } from './windows-name.ts';

/**
 * The Windows path of a Unix path in a prefix, through the drive that lies nearest. The file need not exist, and a sandbox may hide it. No
 * process is started.
 *
 * @param path relative to the current folder
 * @param prefix the Wine prefix, or its drives when many paths are translated
 * @throws PATH_NOT_VISIBLE when no drive leads there, or a name cannot be written in Windows or is too long
 */
export function toWindowsPath(path: string, prefix: string | readonly Drive[]): string {
  const drives = typeof prefix === 'string' ? readDrives(prefix) : prefix;
  const absolute = resolve(path);
  const long = tooLongForUnix(absolute);
  if (long !== undefined) {
    throw new DllparityError('PATH_NOT_VISIBLE', {
      what: `There can be no file ${absolute.slice(0, 80)}…: ${long}`,
      hint: 'Use a shorter path.',
    });
  }
  const [drive, below] = nearestDrive(absolute, drives) ?? [];
  if (drive === undefined || below === undefined) {
    throw new DllparityError('PATH_NOT_VISIBLE', {
      what: `No drive of the prefix leads to ${absolute}`,
      details: drives.map(({ letter, folder }) => `${letter}: is ${folder}`),
      hint: 'Move the file below one of these folders.',
    });
  }
  const parts = below.split(sep).filter((part) => part !== '');
  for (const part of parts) {
    const why = unfitForWindows(part);
    if (why === undefined) continue;
    throw new DllparityError('PATH_NOT_VISIBLE', {
      what: `Windows cannot see ${absolute}: ${why}`,
      hint: 'Rename it.',
    });
  }
  return `${drive.letter.toUpperCase()}:\\${parts.join('\\')}`;
}

// A prefix below /tmp can be reached as /tmp/p or through a link to it: both spellings of both sides are compared.
function nearestDrive(path: string, drives: readonly Drive[]): [Drive, string] | undefined {
  const spellings = new Set([path, realPath(path)]);
  let nearest: [Drive, string] | undefined;
  for (const drive of drives) {
    for (const folder of new Set([drive.folder, drive.realFolder])) {
      for (const spelling of spellings) {
        const below = relative(folder, spelling);
        if (below === '..' || below.startsWith(`..${sep}`)) continue;
        if (nearest === undefined || below.length < nearest[1].length) nearest = [drive, below];
      }
    }
  }
  return nearest;
}

// The last parts of the path may not exist yet.
function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path === dirname(path) ? path : join(realPath(dirname(path)), basename(path));
  }
}
