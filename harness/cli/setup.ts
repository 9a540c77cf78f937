import { join } from 'node:path';
import { execa } from 'execa';
import { packageRoot } from '../base/package-root.ts';

export interface SetupOptions {
  /** Fetch Microsoft's DLLs too. */
  readonly record?: boolean;
  /** Which Wine to add beside the machine's own. */
  readonly wine?: string | number;
}

/** Sets up the machine: Wine, the agent, the prefix template. */
export async function setup({ record, wine }: SetupOptions): Promise<number> {
  const args = [join(packageRoot, 'setup', 'setup.mjs')];
  if (record === true) args.push('--for', 'record');
  if (wine !== undefined) args.push('--wine', String(wine));
  const { exitCode } = await execa(process.execPath, args, { stdio: 'inherit', reject: false });
  return exitCode ?? 1;
}
