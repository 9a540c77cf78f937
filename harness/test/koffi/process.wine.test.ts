// A program that uses the drop-in, as a process of its own.
import { execFile } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test, vi } from 'vitest';
import { installation } from '../reference-dlls.ts';

const program = fileURLToPath(new URL('print.ts', import.meta.url));

test('what the DLL prints appears, the process ends by itself, and nothing stays', async () => {
  const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', program], { timeout: 50_000 });
  const [, pid] = /^printed by the DLL for (\d+)\r?\n$/.exec(stdout) ?? [];
  expect(pid, stdout).toBeDefined();

  // The guard cleans up after the process has gone.
  const folders = ['/dev/shm', join(dirname(dirname(installation.template)), 'prefixes')];
  const left = (): string[] =>
    folders
      .flatMap((folder) => (existsSync(folder) ? readdirSync(folder) : []))
      .filter((name) => name.startsWith(`dllparity-${pid ?? ''}-`));
  await vi.waitFor(() => {
    expect(left()).toEqual([]);
  }, 20_000);
});
