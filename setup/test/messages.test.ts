import { expect, test } from 'vitest';
import { parseArguments } from '../arguments.mjs';
import { cacheFolder } from '../locations.mjs';
import { createProgress, failureText } from '../progress.mjs';
import { SetupError } from '../setup-error.mjs';
import { checkNode, checkPlatform } from '../steps/node-version.mjs';

function recorder(isTTY: boolean) {
  const texts: string[] = [];
  return { out: { write: (text: string) => texts.push(text), isTTY, columns: 40 }, texts };
}

test('arguments', () => {
  expect(parseArguments([])).toEqual({ purpose: 'run', addWine10: false, quiet: false, help: false });
  expect(parseArguments(['--quiet', '--for', 'tests', '--wine', '10'])).toEqual({
    purpose: 'tests',
    addWine10: true,
    quiet: true,
    help: false,
  });
  expect(() => parseArguments(['--wine', '9'])).toThrow('--wine takes 10, the Wine that can be added; it got "9".');
  expect(() => parseArguments(['--for', 'fun'])).toThrow('--for takes one of check, run, tests, record; it got "fun".');
  expect(() => parseArguments(['--for'])).toThrow('it got nothing');
  expect(() => parseArguments(['--fast'])).toThrow('does not know the argument "--fast"');
});

test('both ways of writing a value, and the last of several', () => {
  expect(parseArguments(['--for=check', '--for=record', '--wine=10', '-h'])).toEqual({
    purpose: 'record',
    addWine10: true,
    quiet: false,
    help: true,
  });
  expect(() => parseArguments(['--for='])).toThrow('it got ""');
  expect(() => parseArguments(['--for', '--quiet'])).toThrow('it got "--quiet"');
});

test.each([
  ['--quite', '--quiet'],
  ['--fro=tests', '--for'],
  ['quiet', '--quiet'],
  ['--quiet=yes', '--quiet'],
  ['-wine', '--wine'],
  ['--', undefined],
  ['--fast', undefined],
  ['--no-quiet', undefined],
  ['tests', undefined],
  ['x'.repeat(1000), undefined],
])('an unknown argument %s', (written, near) => {
  const said = ((): string => {
    try {
      parseArguments([written]);
      return 'nothing';
    } catch (error) {
      return failureText('arguments', error);
    }
  })();
  expect(said).toContain('Usage: node setup/setup.mjs');
  expect(said).toContain(`does not know the argument "${written}".`);
  expect(/Did you mean "(.*)"\?/.exec(said)?.[1]).toBe(near);
});

test('an old Node and another platform are named with what is supported', () => {
  expect(() => checkNode('20.18.3')).toThrow('needs Node 20.19 or newer; this is Node 20.18.3');
  expect(() => checkNode('20.19.0')).not.toThrow();
  expect(() => checkNode('22.1.0')).not.toThrow();
  expect(() => checkPlatform('darwin', 'arm64')).toThrow(
    'supports Linux on x64 (Debian 12 is tested); this is darwin on arm64',
  );
});

test('the cache folder', () => {
  expect(cacheFolder({ DLLPARITY_CACHE: '/cache', XDG_CACHE_HOME: '/xdg' })).toBe('/cache');
  expect(cacheFolder({ XDG_CACHE_HOME: '/xdg' })).toBe('/xdg/dllparity');
  expect(cacheFolder({})).toMatch(/\/\.cache\/dllparity$/);
});

test('a failure says the step, what happened, the last words and the next step', () => {
  const error = new SetupError('it broke.', { output: ['last words'], next: 'mend it.' });
  expect(failureText('native build', error)).toBe(
    'set-up failed at "native build": it broke.\n    last words\nNext step: mend it.',
  );
});

test('a disk that refuses is told in words, with the file and the next step', () => {
  const refused = (code: string): string =>
    failureText('locations', Object.assign(new Error(code), { code, syscall: 'open', path: '/p/build/setup.json' }));
  expect(refused('ENOSPC')).toBe(
    'set-up failed at "locations": open of /p/build/setup.json failed: the disk is full (ENOSPC).\nNext step: make space, or name another folder in DLLPARITY_CACHE, then run the set-up again.',
  );
  for (const code of ['EDQUOT', 'EROFS', 'EACCES', 'EPERM']) expect(refused(code)).toMatch(/open of .*\nNext step: /);
});

test('quiet prints only what changed', () => {
  const { out, texts } = recorder(false);
  const progress = createProgress(out, true);
  progress.begin('one').done({ changed: false, text: 'nothing' });
  progress.begin('two').done({ changed: true, text: 'built' });
  expect(texts).toEqual([expect.stringMatching(/^\+ two +built \(\d+\.\d\d s\)\n$/)]);
});

test('a terminal’s line is rewritten and never longer than the terminal is wide', () => {
  const { out, texts } = recorder(true);
  createProgress(out, false).begin('one').say('x'.repeat(100));
  expect(texts.join('')).not.toContain('\n');
  expect(texts.at(-1)!.replace('\r\u001b[2K', '')).toHaveLength(39);
});
