import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';

test('a program written for koffi runs unchanged, and ends by itself', () => {
  const args = ['--import', 'tsx', join(import.meta.dirname, 'new-year.ts')];
  const output = execFileSync(process.execPath, args, { encoding: 'utf8', timeout: 50_000 });
  expect(output).toBe('2024-01-01, Grüße: apple, fig, pear (16 bytes)\n');
});
