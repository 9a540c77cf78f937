import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { distributionOf } from '../../machines/distribution.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'dllparity-root-'));
});
afterEach(() => {
  rmSync(root, { recursive: true });
});
const write = (place: string, text: string): void => {
  mkdirSync(dirname(join(root, place)), { recursive: true });
  writeFileSync(join(root, place), text);
};

it.each([
  ['PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nVERSION_ID="12"\nID=debian\n', 'debian 12'],
  ["ID='ubuntu'\nVERSION_ID='24.04'\n", 'ubuntu 24.04'],
  ['ID=debian\nVERSION_CODENAME=sid\n', 'debian'],
  ['NAME=Odd\n', undefined],
])('reads %j', (text, distribution) => {
  write('usr/lib/os-release', text);
  expect(distributionOf(root)).toBe(distribution);
});

it('takes what the machine says before what its maker says, and says nothing where nobody does', () => {
  expect(distributionOf(root)).toBeUndefined();
  write('usr/lib/os-release', 'ID=debian\nVERSION_ID=12\n');
  write('etc/os-release', 'ID=mine\nVERSION_ID=1\n');
  expect(distributionOf(root)).toBe('mine 1');
});
