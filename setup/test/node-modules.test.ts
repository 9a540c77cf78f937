import { expect, test } from 'vitest';
import { matchesLock } from '../node-modules.mjs';

const lock = (packages: object): string => JSON.stringify({ packages });
const LOCK = lock({
  '': { name: 'project' },
  'node_modules/a': { version: '1.0.0', integrity: 'sha512-a' },
  'node_modules/a-win32': { version: '1.0.0', integrity: 'sha512-w', optional: true },
});

test('an installation by hand is taken as it is when it is the lockfile’s', () => {
  expect(matchesLock(LOCK, lock({ 'node_modules/a': { integrity: 'sha512-a' } }))).toBe(true);
});

test.each([
  ['another version', { 'node_modules/a': { integrity: 'sha512-b' } }],
  ['a package missing', {}],
  ['a package too many', { 'node_modules/a': { integrity: 'sha512-a' }, 'node_modules/b': { integrity: 'sha512-b' } }],
])('%s asks for npm ci', (_what, packages) => {
  expect(matchesLock(LOCK, lock(packages))).toBe(false);
});
