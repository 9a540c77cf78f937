import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { importGraph } from '../gates/import-graph.ts';

const LAW = {
  layers: {
    protocol: { imports: [], packages: [] },
    harness: { imports: ['protocol/'], packages: ['node:*'] },
    'harness/cli': { imports: ['harness/', 'reports/'], packages: ['*'] },
    reports: { imports: ['protocol/result-record.ts'], packages: ['diff'] },
    suites: { imports: ['harness/index.ts'], packages: [] },
  },
  tests: { imports: [], packages: ['vitest'] },
  order: { harness: ['errors.ts', 'declare', 'call', 'index.ts', 'cli'] },
  exceptions: [{ file: 'reports/odd.ts', imports: 'protocol/layout.ts', why: 'a test of exceptions' }],
};

async function complaintsAbout(tree: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const root = mkdtempSync(join(tmpdir(), 'dllparity-layers-'));
  onTestFinished(() => rmSync(root, { recursive: true }));
  for (const [file, text] of Object.entries({ ...tree, 'ci/layers.json': JSON.stringify(LAW) })) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  }
  const result = await importGraph.run(root, Object.keys(tree));
  expect(result.ok).toBe(result.lines.length === 0);
  return result.lines;
}

test('imports that the law allows', async () => {
  const tree = {
    'harness/call/invoke.ts': `import '../declare/struct.ts'; import '../../protocol/layout.ts'; import 'node:fs'; import './other.ts';`,
    'harness/cli/main.ts': `import '../../reports/page.ts'; import '../call/invoke.ts'; import 'cac';`,
    'reports/page.ts': `export * from '../protocol/result-record.ts'; import { diffChars } from 'diff';`,
    'reports/odd.ts': `import type { A } from '../protocol/layout.ts';`,
    'suites/msvcr120/math.test.ts': `import { load } from '../../harness/index.ts'; import 'vitest';`,
    'harness/test/call.test.ts': `import '../call/invoke.ts'; import { test } from 'vitest';`,
    'protocol/layout.ts': `// import 'node:fs' in a comment is none`,
  };
  expect(await complaintsAbout(tree)).toEqual([]);
});

test.each([
  [
    'a folder',
    'protocol/layout.ts',
    `export * from '../harness/errors.ts';`,
    'protocol/ may import nothing of the project',
  ],
  ['a package', 'protocol/layout.ts', `import 'node:fs';`, 'protocol/ may import no package'],
  [
    'a file that is no entry',
    'suites/a/b.ts',
    `import '../../harness/call/invoke.ts';`,
    'suites/ may import harness/index.ts',
  ],
  [
    'a type',
    'reports/page.ts',
    `import type { A } from '../protocol/layout.ts';`,
    'reports/ may import protocol/result-record.ts',
  ],
  [
    'a dynamic import',
    'reports/page.ts',
    `await import('../harness/index.ts');`,
    'reports/ may import protocol/result-record.ts',
  ],
  ['a part above', 'harness/declare/a.ts', `import '../call/invoke.ts';`, '"declare" lies below "call" in harness/'],
  ['outside', 'harness/errors.ts', `import '../../other/a.ts';`, 'outside the project'],
])('refuses %s', async (_what, file, text, why) => {
  const [line, ...others] = await complaintsAbout({ [file]: `// first line\n${text}` });
  expect(others).toEqual([]);
  expect(line).toContain(`${file}:2: imports "`);
  expect(line).toContain(why);
  if (!why.includes('outside')) expect(line).toContain('ci/layers.json');
});

test('folders that the law does not know are named, with the file to edit', async () => {
  expect(await complaintsAbout({ 'attic/a.ts': '' })).toEqual([
    'attic/a.ts: ci/layers.json does not know this folder. Add it under "layers", with what it may import.',
  ]);
  expect(await complaintsAbout({ 'harness/attic/a.ts': '' })).toEqual([
    'harness/attic/a.ts: ci/layers.json does not know "attic". Add it under "order" at its place in harness/.',
  ]);
});
