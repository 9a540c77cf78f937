import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';

test('the script runs outside vitest', () => {
  const args = ['--import', 'tsx', join(import.meta.dirname, 'add.ts'), '20', '22'];
  const output = execFileSync(process.execPath, args, { encoding: 'utf8' });
  expect(output).toMatch(/^20 \+ 22 = 42, computed by basics\.dll on wine-[\d.]+-(x64|ia32)\n$/);
});
