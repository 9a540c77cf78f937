import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** Name of a folder that belongs to this process; a later run can tell from it whether its owner still lives. */
export function ownedName(serial: number): string {
  return `dllparity-${process.pid.toString()}-${serial.toString()}`;
}

/**
 * Removes folders whose owner is dead: a clean-up script cleans up after a killed run, but not after a power cut.
 *
 * @param remove how; by default with all that is in it
 */
export function removeLeftovers(folder: string, remove = removeAll): void {
  let names: string[];
  try {
    names = readdirSync(folder);
  } catch {
    return;
  }
  for (const name of names) {
    const owner = /^dllparity-(\d+)-\d+$/.exec(name)?.[1];
    if (owner === undefined || isAlive(Number(owner))) continue;
    try {
      remove(join(folder, name));
    } catch {
      // The clean-up script of a run that has just been killed may be at it, or Wine still writing. A later run comes by again.
    }
  }
}

function removeAll(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
