import { DllparityError } from '../../base/errors.ts';
import { readDrives, type Drive } from './drives.ts';
import { resolveParts } from './resolve-parts.ts';
import { tooLongForUnix } from './windows-name.ts';

/**
 * The Unix path of a Windows path in a prefix: `C:\dir\x.dll`, `C:/dir/x.dll`, `\\?\C:\x.dll`, `\\?\unix\usr\x`. Parts that exist are
 * found without regard to case, the others stay as written. No process is started.
 *
 * @param prefix the Wine prefix, or its drives when many paths are translated
 * @throws PATH_NOT_VISIBLE for a path that depends on the state of a process (`C:x`, `\x`, `x`), a share, a device, or a drive
 * that the prefix does not have
 */
export function toUnixPath(path: string, prefix: string | readonly Drive[]): string {
  const slashed = path.replaceAll('/', '\\');
  const [, marker, rest = slashed] = /^(\\\\[?.]\\|\\\?\?\\)(.*)$/s.exec(slashed) ?? [];
  const verbatim = marker !== undefined;

  const unix = verbatim ? /^unix\\(.*)$/is.exec(rest)?.[1] : undefined;
  if (unix !== undefined) return below('/', split(unix, true, path), path);

  const [, letter, folders = ''] = /^([a-z]):\\(.*)$/is.exec(rest) ?? [];
  if (letter === undefined) throw refusal(path, verbatim ? 'it names a device or a share' : reasonFor(rest));

  const drives = typeof prefix === 'string' ? readDrives(prefix) : prefix;
  const drive = drives.find((candidate) => candidate.letter === letter.toLowerCase());
  if (drive === undefined) {
    const letters = drives.map((candidate) => `${candidate.letter}:`).join(' ');
    throw refusal(
      path,
      `the prefix has no drive ${letter.toLowerCase()}: (it has ${letters === '' ? 'none' : letters})`,
    );
  }
  return below(drive.folder, split(folders, verbatim, path), path);
}

function below(folder: string, parts: readonly string[], path: string): string {
  const long = tooLongForUnix([folder, ...parts].join('/'));
  if (long !== undefined) throw refusal(path, long);
  return resolveParts(folder, parts);
}

/** Whether a path is written as Windows writes absolute paths: with a drive, a share or a `\\?\` in front. */
export function isWindowsPath(path: string): boolean {
  return /^[a-z]:/i.test(path) || path.startsWith('\\');
}

// As Windows does before it looks at the disk: "." and ".." by their text, dots and spaces at the end of a name dropped.
function split(folders: string, verbatim: boolean, path: string): string[] {
  const parts: string[] = [];
  for (const raw of folders.split('\\')) {
    if (raw === '' || raw === '.') continue;
    if (raw === '..') {
      parts.pop();
      continue;
    }
    const part = verbatim ? raw : raw.replace(/[. ]+$/, '');
    if (part === '') continue;
    if (/[:*?"<>|\0]/.test(part) && !verbatim) throw refusal(path, `"${part}" cannot be the name of a file on Windows`);
    if (part.includes('\0')) throw refusal(path, 'it contains a null character');
    parts.push(part);
  }
  return parts;
}

function reasonFor(rest: string): string {
  if (/^[a-z]:/i.test(rest)) return 'it is relative to the current folder of a drive';
  if (rest.startsWith('\\\\')) return 'it is on a network share';
  if (rest.startsWith('\\')) return 'it has no drive';
  return 'it is relative';
}

const shortened = (path: string): string => (path.length > 200 ? `${path.slice(0, 200)}…` : path);

function refusal(path: string, why: string): DllparityError {
  return new DllparityError('PATH_NOT_VISIBLE', {
    what: `The Windows path ${JSON.stringify(shortened(path))} leads to no file of this machine: ${why}`,
    hint: String.raw`Write it with its drive, for example C:\windows\system32\kernel32.dll.`,
  });
}
