import { execFileSync, spawnSync } from 'node:child_process';
import { lstatSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { acceptPatch, acceptPatches, writeKnownPatch } from '../../../evidence/known/accept-patch.ts';
import { isCases } from '../../../evidence/known/known-divergence.ts';
import { readKnownDivergences } from '../../../evidence/known/read-known-divergences.ts';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dllparity-known-'));
  file = join(folder, 'known-divergences.yaml');
});
afterEach(() => rmSync(folder, { recursive: true }));

const HEAD = (suite: string) =>
  `- suite: ${suite}\n  reason: musl   # seen by hand\n  bug: none\n  wine: '>=8.0 <9.0'\n`;
const TEXT = `# Known divergences\n\n${HEAD('a/sin')}  cases: >- # last bit\n    3f2a9c01 8ab31234\n    00000001\n\n# cos is worse\n${HEAD('a/cos')}  cases: []   # none yet\n`;

function put(text: string) {
  writeFileSync(file, text);
  return readKnownDivergences(file).filter(isCases);
}
const first = <T>(list: readonly T[]): T => list[0] as T;

describe('acceptPatch', () => {
  it('adds ids in lines of their own and removes those that are gone, and touches nothing else', () => {
    const [sin] = put(TEXT);
    const { after, patch, emptied } = acceptPatch(sin!, ['bbbbbbbb', 'aaaaaaaa', '8ab31234'], ['00000001', 'ffffffff']);
    expect(after).toBe(TEXT.replace('    00000001\n', '    aaaaaaaa bbbbbbbb\n'));
    const name = relative(process.cwd(), file);
    expect(patch).toBe(
      `--- a/${name}\n+++ b/${name}\n@@ -5,9 +5,9 @@\n   bug: none\n   wine: '>=8.0 <9.0'\n   cases: >- # last bit\n     3f2a9c01 8ab31234\n-    00000001\n+    aaaaaaaa bbbbbbbb\n \n # cos is worse\n - suite: a/cos\n   reason: musl   # seen by hand\n`,
    );
    expect(emptied).toEqual([]);
  });

  it('fills a list that was empty, and keeps the comment behind it', () => {
    const [, cos] = put(TEXT);
    const { after } = acceptPatch(cos!, ['aaaaaaaa'], []);
    expect(after).toBe(TEXT.replace('[]   # none yet\n', '>-   # none yet\n    aaaaaaaa\n'));
  });

  it('empties a list, and says that the entry can go', () => {
    const [sin] = put(TEXT);
    const { after, emptied } = acceptPatch(sin!, [], ['3f2a9c01', '8ab31234', '00000001']);
    expect(after).toBe(TEXT.replace('>- # last bit\n    3f2a9c01 8ab31234\n    00000001\n', '[] # last bit\n'));
    expect(emptied.map((entry) => entry.suite)).toEqual(['a/sin']);
  });

  it('has no patch when nothing changes', () => {
    const [sin] = put(TEXT);
    expect(acceptPatch(sin!, ['3f2a9c01'], ['ffffffff'])).toMatchObject({ patch: '', after: TEXT, emptied: [] });
  });

  it.each([
    ['one line', ' 3f2a9c01 8ab31234\n', ' >-\n    8ab31234\n    aaaaaaaa\n'],
    ['quotes', ' "3f2a9c01 8ab31234"  # c\n', ' >-  # c\n    8ab31234\n    aaaaaaaa\n'],
    ['several plain lines', ' 3f2a9c01\n      8ab31234\n', ' >-\n    8ab31234\n    aaaaaaaa\n'],
    ['a literal block', ' |\n      3f2a9c01\n      8ab31234\n', ' |\n      8ab31234\n      aaaaaaaa\n'],
    ['nothing', '\n', ' >-\n    aaaaaaaa\n'],
    ['nothing and a comment', '  # soon\n', ' >-  # soon\n    aaaaaaaa\n'],
    ['no newline at the end', ' 3f2a9c01', ' >-\n    aaaaaaaa'],
    ['a block without newline at its end', ' >-\n    3f2a9c01', ' >-\n    aaaaaaaa\n'],
  ])('edits ids written as %s', (_, cases, edited) => {
    const [entry] = put(`${HEAD('a/sin')}  cases:${cases}`);
    const { after } = acceptPatch(entry!, ['aaaaaaaa'], ['3f2a9c01']);
    expect(after).toBe(`${HEAD('a/sin')}  cases:${edited}`);
  });

  it('edits a file with Windows line ends', () => {
    const text = TEXT.replaceAll('\n', '\r\n');
    const [sin, cos] = put(text);
    const { after } = acceptPatches(file, [
      { entry: cos!, newIds: ['aaaaaaaa'], goneIds: [] },
      { entry: sin!, newIds: ['bbbbbbbb'], goneIds: ['00000001'] },
    ]);
    expect(after).toBe(
      TEXT.replace('    00000001\n', '    bbbbbbbb\n')
        .replace('[]   # none yet\n', '>-   # none yet\n    aaaaaaaa\n')
        .replaceAll('\n', '\r\n'),
    );
  });

  it('edits fields in any order, and 3,000 ids in lines that fit', () => {
    const ids = Array.from({ length: 3000 }, (_, n) => n.toString(16).padStart(8, '0'));
    const [entry] = put(`- cases: []\n${HEAD('a/sin').replace('- ', '  ')}`);
    const { after } = acceptPatch(entry!, ids.toReversed(), []);
    writeFileSync(file, after);
    expect(first(readKnownDivergences(file).filter(isCases)).cases).toEqual(ids);
    expect(Math.max(...after.split('\n').map((line) => line.length))).toBeLessThanOrEqual(120);
  });

  // A checkout can come without git: as an archive, or from another machine.
  it('gives a patch that git applies', ({ skip }) => {
    skip(spawnSync('git', ['--version']).error !== undefined, 'git is not installed; apt-get install git brings it');
    const [sin] = put(TEXT);
    const { after, patch } = acceptPatch(sin!, ['aaaaaaaa'], ['3f2a9c01'], folder);
    execFileSync('git', ['apply', '-'], { cwd: folder, input: patch });
    expect(readFileSync(file, 'utf8')).toBe(after);
  });

  it('refuses when the entry is not there any more', () => {
    const [sin] = put(TEXT);
    for (const text of ['', TEXT.replace('3f2a9c01 ', ''), TEXT.replace('a/sin', 'a/tan')]) {
      writeFileSync(file, text);
      expect(() => acceptPatch(sin!, ['aaaaaaaa'], [])).toThrow(/KNOWN_CHANGED/);
    }
  });

  it('refuses an id that another entry declares for the same version, and one that is no id', () => {
    const [, cos] = put(TEXT.replace('a/cos', 'a/sin'));
    expect(() => acceptPatch(cos!, ['3f2a9c01'], [])).toThrow(/already declared in line 3 \[KNOWN_SYNTAX\]/);
    expect(() => acceptPatch(cos!, ['nonsense'], [])).toThrow(/"nonsense" is not a case id/);
  });
});

describe('writeKnownPatch', () => {
  it('replaces the file, and leaves nothing beside it', () => {
    const [sin] = put(TEXT);
    const patch = acceptPatch(sin!, ['aaaaaaaa'], []);
    expect(readFileSync(file, 'utf8')).toBe(TEXT);
    writeKnownPatch(patch);
    expect(readFileSync(file, 'utf8')).toBe(patch.after);
    expect(readdirSync(folder)).toEqual(['known-divergences.yaml']);
  });

  it('refuses when the file changed in between', () => {
    const [sin] = put(TEXT);
    const patch = acceptPatch(sin!, ['aaaaaaaa'], []);
    writeFileSync(file, `${TEXT}# more\n`);
    expect(() => writeKnownPatch(patch)).toThrow(/KNOWN_CHANGED/);
    expect(readFileSync(file, 'utf8')).toBe(`${TEXT}# more\n`);
  });

  it('keeps a link a link', () => {
    put(TEXT);
    const link = join(folder, 'link.yaml');
    symlinkSync(file, link);
    const patch = acceptPatch(first(readKnownDivergences(link).filter(isCases)), ['aaaaaaaa'], []);
    writeKnownPatch(patch);
    expect(lstatSync(link).isSymbolicLink()).toBe(true);
    expect(readFileSync(file, 'utf8')).toBe(patch.after);
  });
});
