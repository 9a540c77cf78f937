import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { systemPackages } from '../steps/system-packages.mjs';
import { stepContext } from './step-context.ts';
import { temporaryFolder, writeTree } from './temporary-folder.ts';

afterEach(() => vi.restoreAllMocks());

const LOGGING_APT = '#!/bin/sh\necho "$@" >> "$LOG"\n';

const PROGRAMS = ['wine64', 'wineserver64', 'x86_64-w64-mingw32-gcc-win32', 'i686-w64-mingw32-gcc-win32', 'bwrap'];

/** A machine whose PATH holds these programs only: no compiler, no Chromium. */
function machine(uid: number, programs: Readonly<Record<string, string>>) {
  vi.spyOn(process, 'getuid').mockReturnValue(uid);
  const path = temporaryFolder();
  writeTree(path, programs);
  const log = join(path, 'log');
  return { context: stepContext({ purpose: 'run', env: { PATH: path, LOG: log } }), log };
}

test('without root and sudo it names the command to run, and runs nothing', async () => {
  const { context, log } = machine(1000, { 'apt-get': LOGGING_APT });
  await expect(systemPackages.run(context)).rejects.toMatchObject({
    message: expect.stringContaining('needs root'),
    next: expect.stringMatching(
      /apt-get update && apt-get .*install -y --no-install-recommends .*gcc-mingw-w64-x86-64-win32/,
    ),
  });
  expect(existsSync(log)).toBe(false);
});

test('a sudo that asks for a password is as good as none', async () => {
  const { context, log } = machine(1000, { 'apt-get': LOGGING_APT, sudo: '#!/bin/sh\nexit 1\n' });
  await expect(systemPackages.run(context)).rejects.toMatchObject({ message: expect.stringContaining('needs root') });
  expect(existsSync(log)).toBe(false);
});

test('without apt-get it names the packages', async () => {
  const { context } = machine(0, {});
  await expect(systemPackages.run(context)).rejects.toMatchObject({
    message: expect.stringContaining('no apt-get'),
    next: expect.stringContaining('gcc-mingw-w64-x86-64-win32'),
  });
});

test('a failure of apt-get is shown with its last words and the command to repeat', async () => {
  const { context } = machine(0, { 'apt-get': '#!/bin/sh\necho "E: Could not resolve host"\nexit 100\n' });
  await expect(systemPackages.run(context)).rejects.toMatchObject({
    message: expect.stringContaining('exit code 100'),
    output: ['E: Could not resolve host'],
    next: expect.stringContaining('apt-get update && '),
  });
});

test('a success that did not bring the program is a failure', async () => {
  const { context, log } = machine(0, { 'apt-get': LOGGING_APT });
  await expect(systemPackages.run(context)).rejects.toMatchObject({
    message: expect.stringContaining('cannot be found'),
  });
  expect(readFileSync(log, 'utf8')).toMatch(/^update\n.* install -y --no-install-recommends /);
});

test('packages of a set-up that was killed are finished by the next one, also when their programs are there', async () => {
  const { context, log } = machine(0, {
    'apt-get': LOGGING_APT,
    dpkg: LOGGING_APT,
    // The programs that every need of this purpose looks for.
    ...Object.fromEntries(PROGRAMS.map((name) => [name, '#!/bin/sh\n'])),
  });
  writeTree(context.cache, { 'packages-unfinished': 'bubblewrap\n' });
  await expect(systemPackages.run(context)).resolves.toEqual({ changed: true, text: 'installed bubblewrap' });
  expect(readFileSync(log, 'utf8')).toMatch(/^--configure -a\nupdate\n.* install .* bubblewrap\n$/);
  expect(existsSync(join(context.cache, 'packages-unfinished'))).toBe(false);
  expect(await systemPackages.run(context)).toEqual({ changed: false, text: 'all there' });
});

test('an installation that fails is remembered as unfinished', async () => {
  const { context } = machine(0, { 'apt-get': '#!/bin/sh\nexit 100\n' });
  await expect(systemPackages.run(context)).rejects.toMatchObject({
    message: expect.stringContaining('exit code 100'),
  });
  expect(readFileSync(join(context.cache, 'packages-unfinished'), 'utf8')).toContain('bubblewrap');
});
