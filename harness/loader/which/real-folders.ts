import { accessSync, constants, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { resolveParts } from '../../windows/paths/resolve-parts.ts';

// A real program is seen through drive Z:, which leads to the whole disk at the same paths.

/** `/home/user/app` → `Z:\home\user\app`. */
export function throughZ(path: string): string {
  return path === '/' ? 'Z:\\' : `Z:${path.replaceAll('/', '\\')}`;
}

/** The file behind a path of drive Z:, found without regard to case, as it is spelt on the disk; undefined for other drives. */
export function behindZ(path: string): string | undefined {
  if (!/^z:\\/i.test(path)) return undefined;
  return resolveParts(
    '/',
    path
      .slice(3)
      .split('\\')
      .filter((part) => part !== ''),
  );
}

/** What the user who asks can do with a folder: whoever can write there can put a DLL there. */
export interface FolderAccess {
  readonly exists: boolean;
  /** For a folder that is not there: whether it could be made. */
  readonly writable: boolean;
}

export function accessOf(folder: string): FolderAccess {
  const exists = statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true;
  for (let nearest = folder; ; nearest = dirname(nearest)) {
    const found = statSync(nearest, { throwIfNoEntry: false });
    if (found !== undefined) return { exists, writable: found.isDirectory() && mayWrite(nearest) };
    if (nearest === dirname(nearest)) return { exists, writable: false };
  }
}

function mayWrite(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK | constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
