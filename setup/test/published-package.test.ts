import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { missingNeeds } from '../packages.mjs';
import { hostModules } from '../steps/host-modules.mjs';
import { nativeBuild } from '../steps/native-build.mjs';
import { stepContext } from './step-context.ts';

/** The published package has no lockfile. */
function publishedPackage() {
  const context = stepContext({ purpose: 'run', env: { PATH: '' } });
  rmSync(join(context.root, 'package-lock.json'));
  return context;
}

test('in the published package modules are not installed and nothing is compiled', async () => {
  const context = publishedPackage();
  expect(await hostModules.run(context)).toMatchObject({ changed: false });
  expect(await nativeBuild.run(context)).toMatchObject({ changed: false });
});

test('only a checkout needs a compiler', () => {
  const packagesFor = (checkout: boolean): string[] =>
    missingNeeds({ purpose: 'run', withWine10: false, env: { PATH: '' } }, checkout).flatMap((need) => [
      ...need.packages,
    ]);
  expect(packagesFor(true)).toContain('gcc-mingw-w64-x86-64-win32');
  expect(packagesFor(false)).not.toContain('gcc-mingw-w64-x86-64-win32');
});
