import { lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Goes from a folder down the parts of a Windows path, without regard to case: an exact name wins, as in Wine. What does not
 * exist is added as it is written.
 */
export function resolveParts(folder: string, parts: readonly string[]): string {
  let path = folder;
  for (const [index, part] of parts.entries()) {
    const name = nameOnDisk(path, part);
    if (name === undefined) return join(path, ...parts.slice(index));
    path = join(path, name);
  }
  return path;
}

/** The name of an entry of a folder as it is spelt on disk; nothing when there is none, or the folder cannot be read. */
export function nameOnDisk(folder: string, name: string): string | undefined {
  if (lstatSync(join(folder, name), { throwIfNoEntry: false }) !== undefined) return name;
  const wanted = foldCase(name);
  try {
    return readdirSync(folder)
      .sort()
      .find((entry) => foldCase(entry) === wanted);
  } catch {
    return undefined;
  }
}

// Windows compares names one UTF-16 unit at a time: "ß" and "SS" stay two names, and no normal form is taken.
function foldCase(name: string): string {
  return name.replace(/[^]/g, (unit) => {
    const upper = unit.toUpperCase();
    return upper.length === 1 ? upper : unit;
  });
}
