import type { Program } from './scenario.ts';

/** Where in `{app}` the program of a scenario lies, with backslashes. */
export function programFile({ folder }: Program): string {
  return folder === undefined ? 'probe.exe' : `${folder}\\probe.exe`;
}
