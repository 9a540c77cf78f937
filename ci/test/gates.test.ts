import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { docs, errorCodes, undocumented } from '../gates/docs.ts';
import { fileSizes } from '../gates/file-sizes.ts';
import { gapsOf } from '../gates/lockfiles.ts';
import { machinePaths, namesMachine } from '../gates/tracked-files.ts';

function folderWith(tree: Readonly<Record<string, string>>): string {
  const root = mkdtempSync(join(tmpdir(), 'dllparity-gates-'));
  onTestFinished(() => rmSync(root, { recursive: true }));
  for (const [file, text] of Object.entries(tree)) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  }
  return root;
}

test('long files are refused, longish ones and entries with logic are seen', async () => {
  const rules = {
    warnLines: 2,
    maxLines: 4,
    entryMaxLines: 1,
    entries: ['entry.ts'],
    exempt: [{ file: 'table.ts', why: 'a table' }],
  };
  const tree = {
    'ci/sizes.json': JSON.stringify(rules),
    'short.ts': '1\n2\n',
    'longish.ts': '1\n2\n3\n',
    'long.ts': '1\n2\n3\n4\n5\n',
    'entry.ts': '1\n2\n',
    'table.ts': '1\n2\n3\n4\n5\n',
  };
  const result = await fileSizes.run(folderWith(tree), Object.keys(tree));
  expect(result.lines).toEqual([
    expect.stringContaining('long.ts: 5 lines'),
    expect.stringContaining('entry.ts: 2 lines'),
  ]);
  expect(result.warnings).toEqual([expect.stringContaining('longish.ts: 3 lines')]);
});

test('error codes and their sections are the same', () => {
  const codes = errorCodes(
    `export const ERROR_CODES = { SETUP_MISSING: 'a', WINE_NOT_FOUND: 'b' } as const satisfies Record<string, string>;`,
  );
  expect(codes).toEqual(['SETUP_MISSING', 'WINE_NOT_FOUND']);
  expect(undocumented(codes, '# Errors\n\n## SETUP_MISSING\n\n## `WINE_NOT_FOUND`\n')).toEqual([]);
  expect(undocumented(codes, '## SETUP_MISSING\n\n### OLD_CODE\n')).toEqual([
    expect.stringContaining('no section is headed WINE_NOT_FOUND'),
    expect.stringContaining('has a section OLD_CODE'),
  ]);
});

test('links that lead nowhere are found, except in code', async () => {
  const tree = {
    'docs/a.md':
      '[b](b.md#part) [web](https://example.org) [here](#x) [gone](gone.md)\n```\n[code](code.md)\n```\n`[x](y.md)`\n',
    'docs/b.md': '[up](../README.md)\n',
    'README.md': '',
  };
  const result = await docs.run(folderWith(tree), Object.keys(tree));
  expect(result.lines).toEqual(['docs/a.md: links to gone.md, and there is no docs/gone.md.']);
});

test('folders of the machine are found with their line', () => {
  const machine = machinePaths('/somewhere/checkout', '/x');
  expect(machine).toEqual(['/somewhere/checkout/']);
  expect(namesMachine('a.md', 'one\nsee /somewhere/checkout/a.ts\n', machine)).toEqual([
    expect.stringContaining('a.md:2: names'),
  ]);
  expect(namesMachine('a.md', 'see docs/a.ts\n', machine)).toEqual([]);
});

test('a lockfile without integrity, or without a package for another platform, is not whole', () => {
  const packages = {
    '': { dependencies: { a: '1' } },
    'node_modules/a': { integrity: 'sha512-a', dependencies: { b: '1' }, optionalDependencies: { 'a-win32': '1' } },
    'node_modules/a/node_modules/b': { integrity: 'sha1-b', dependencies: { a: '1' } },
  };
  expect(gapsOf('package-lock.json', JSON.stringify({ packages }))).toEqual([
    expect.stringContaining('lacks a-win32, which node_modules/a needs'),
    expect.stringContaining('node_modules/a/node_modules/b has no SHA-512 integrity'),
  ]);
});
