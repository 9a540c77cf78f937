import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { packageRoot } from '../../../base/package-root.ts';
import { planFact } from '../../../evidence/facts/plan-fact.ts';
import { readSetup } from '../../../evidence/facts/setups.ts';
import { factText, read } from './fact-text.ts';

const plan = (setup: string, architecture: 'x64' | 'ia32' = 'x64', fields = {}): unknown => {
  const [fact] = read(factText({ setup: `'${setup}'`, ...fields })).facts;
  if (!fact) throw new Error('no fact');
  return planFact(fact, architecture);
};

describe('set-ups in words', () => {
  it.each([
    ['last error is set to 0xdeadbeef before the call', { kind: 'last-error', value: 0xdeadbeef }],
    ['last Winsock error is set to 0 before the call', { kind: 'last-error', value: 0 }],
    ['errno preset to 9', { kind: 'errno', value: 9 }],
    ['_doserrno preset to 2010', { kind: 'doserrno', value: 2010 }],
    ['call _setmbcp(932) before', { kind: 'call', function: '_setmbcp', args: [932] }],
    ['call init(1, -2) before (as the manual says)', { kind: 'call', function: 'init', args: [1, -2] }],
    ['setlocale(LC_ALL, "English") succeeded before the call', { kind: 'locale', name: 'English' }],
    ['invalid parameter handler installed that returns', { kind: 'invalid-parameter-handler', calls: undefined }],
    [
      'invalid parameter handler installed that returns (it is called once)',
      { kind: 'invalid-parameter-handler', calls: 1 },
    ],
    ['WSAStartup done', { kind: 'winsock' }],
    ['English (US) locale and user interface', { kind: 'us-english' }],
    ['the test compares the text without case', { kind: 'ignore-case' }],
    [
      'third call after strtok on a writable copy of "a b" with delimiters " "',
      { kind: 'calls-on-copy', function: 'strtok', text: 'a b', calls: 2 },
    ],
  ])('%s', (words, action) => {
    expect(readSetup(words)).toMatchObject([{ act: action }]);
  });

  it('stand with semicolons between, which may be in quotes', () => {
    const kinds = (words: string): unknown => readSetup(words).map(({ act }) => act?.kind);
    expect(kinds('WSAStartup done; errno preset to 9; remark: whatever')).toEqual(['winsock', 'errno']);
    expect(kinds('_doserrno preset to 1, errno preset to 9')).toEqual(['doserrno', 'errno']);
    expect(kinds('second call after strtok on a writable copy of "a; b" with delimiters "; "')).toEqual([
      'calls-on-copy',
    ]);
  });

  it('that leave state behind share a process with their like, and first calls with nobody', () => {
    expect(plan('call _setmbcp(932) before')).toMatchObject({
      process: 'msvcrt.dll\ncall _setmbcp(932) before',
      isAlone: false,
    });
    expect(plan('errno preset to 9')).toMatchObject({ process: '', isAlone: false });
    expect(plan('first call in the process')).toMatchObject({ isAlone: true });
    expect(plan('exported by ordinal 7')).toMatchObject({ ordinal: 7 });
  });

  it('that nobody understands make a fact unsupported, as another architecture does', () => {
    expect(plan('the moon is full')).toMatchObject({
      reason: 'the set-up "the moon is full" is not understood',
      isForeign: false,
    });
    expect(plan('errno preset to 9', 'ia32', { arch: 'x64' })).toMatchObject({
      reason: 'it is about x64',
      isForeign: true,
    });
  });

  it('are those that docs/guides/facts.md lists', () => {
    const page = readFileSync(join(packageRoot, 'docs', 'guides', 'facts.md'), 'utf8');
    const section = page.slice(page.indexOf('## Set-ups'), page.indexOf('## Callbacks'));
    const listed = [...section.matchAll(/^\| `([^`]+)`/gm)].map(([, words = '']) => words);
    expect(listed.length).toBeGreaterThanOrEqual(14);
    for (const words of listed) expect(() => readSetup(words), words).not.toThrow();
  });
});
