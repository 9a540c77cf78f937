// How bubblewrap gets the filter of system calls: it reads it from a descriptor that it inherits.
import { closeSync, existsSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { linux } from './host.ts';
import { seccompFilter } from './seccomp-filter.ts';

/**
 * A pipe with the filter for programs of this root folder in it. It is for one reader; whoever asked for it closes it.
 *
 * Where no program of 32 bits can run their way into the system is closed: a DLL could come around a filter of arguments there.
 */
export function filterPipe(root: string): number {
  const { read, write, inherited } = linux.createPipe();
  writeSync(write, seccompFilter(existsSync(join(root, 'lib', 'ld-linux.so.2'))));
  for (const end of [read, write]) closeSync(end);
  return inherited;
}
