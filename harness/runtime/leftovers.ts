import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** Name of a folder that belongs to this process; a later run can tell from it whether its owner still lives. */
export function ownedName(serial: number): string {
  return `dllparity-${process.pid.toString()}-${serial.toString()}`;
}

/** Removes folders whose owner is dead: a guardian cleans up after a killed run, but not after a power cut. */
export function removeLeftovers(folder: string): void {
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
      rmSync(join(folder, name), { recursive: true, force: true });
    } catch {
      // The guardian of a run that has just been killed may be at it, or Wine still writing. A later run comes by again.
    }
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
