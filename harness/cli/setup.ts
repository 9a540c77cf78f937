import { join } from 'node:path';
import { execa } from 'execa';
import { packageRoot } from '../package-root.ts';

/** Sets up the machine: Wine, the agent's own node.exe, the prefix template; with `record` also the oracles. */
export async function setup(record: boolean): Promise<number> {
  const args = [join(packageRoot, 'setup', 'setup.mjs'), ...(record ? ['--for', 'record'] : [])];
  const { exitCode } = await execa(process.execPath, args, { stdio: 'inherit', reject: false });
  return exitCode ?? 1;
}
