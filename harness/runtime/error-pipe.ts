// Where programs that start say what is wrong, for a host that cannot wait for events meanwhile.
import { constants, openSync, readSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { currentPlatform } from '../platform/index.ts';

/**
 * What the programs around Wine have to say when they cannot start. A pipe and no file: what a DLL can write to must have an end,
 * and it finds what the first process of its namespace has open.
 */
export function errorPipe(name: string): { readonly into: number; readonly out: number } {
  const path = join(tmpdir(), `${name}-${performance.now().toString()}.err`);
  currentPlatform().makePipe(path);
  try {
    const out = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    return { into: openSync(path, constants.O_WRONLY | constants.O_NONBLOCK), out };
  } finally {
    rmSync(path, { force: true });
  }
}

/** What lies in a pipe now. */
export function textIn(pipe: number): string {
  const bytes = Buffer.alloc(65_536);
  try {
    return bytes.toString('utf8', 0, readSync(pipe, bytes));
  } catch {
    return '';
  }
}
