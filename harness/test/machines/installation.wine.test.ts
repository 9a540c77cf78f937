import { expect, test } from 'vitest';
import { isDllparityError } from '../../base/errors.ts';
import { listRuntimes, readInstallation } from '../../machines/installation.ts';
import { installation } from '../reference-dlls.ts';

test('the runtime of this run is the one that was asked for', () => {
  const { installed } = listRuntimes();
  expect(installed).toContain(installation.id);
  expect(installation.id).toBe(`wine-${installation.wineVersion}-${installation.architecture}`);
  expect(installation.id).toBe(process.env['DLLPARITY_RUNTIME'] || installed[0]);
  expect(installation.referenceDlls.endsWith(`/${installation.architecture}`)).toBe(true);
});

test('without a choice it is the first', () => {
  expect(readInstallation().id).toBe(listRuntimes().installed[0]);
});

test('one that is not there is an error that names those that are', () => {
  try {
    readInstallation('wine-1.0-x64');
    expect.fail();
  } catch (error) {
    if (!isDllparityError(error, 'RUNTIME_NOT_INSTALLED')) throw error;
    for (const id of listRuntimes().installed) expect(error.message).toContain(`installed: ${id}`);
  }
});

test.each(listRuntimes().cannotRun)(
  'one that this machine cannot run ($id) is an error that says why',
  ({ id, why }) => {
    expect(() => readInstallation(id)).toThrow(`cannot run here: ${id}: ${why}`);
  },
);
