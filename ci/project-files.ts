import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

const MAX_LIST_BYTES = 64 * 1024 * 1024;

/** Files that are committed or about to be, relative to `root`, with `/`. What .gitignore names is left out. */
export async function projectFiles(root: string): Promise<readonly string[]> {
  return gitFiles(root, ['--cached', '--others', '--exclude-standard']);
}

/** Committed files only. */
export async function trackedFiles(root: string): Promise<readonly string[]> {
  return gitFiles(root, ['--cached']);
}

async function gitFiles(root: string, selection: readonly string[]): Promise<readonly string[]> {
  const options = { cwd: root, maxBuffer: MAX_LIST_BYTES };
  const { stdout } = await promisify(execFile)('git', ['ls-files', '-z', ...selection], options);
  const names = new Set(stdout.split('\0').filter((name) => name !== ''));
  return [...names].filter((name) => existsSync(join(root, name))).sort();
}
