import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { cyclesIn, importCycles } from '../gates/import-cycles.ts';

async function complaintsAbout(tree: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const root = mkdtempSync(join(tmpdir(), 'dllparity-cycles-'));
  onTestFinished(() => rmSync(root, { recursive: true }));
  for (const [file, text] of Object.entries(tree)) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  }
  const result = await importCycles.run(root, Object.keys(tree));
  expect(result.ok).toBe(result.lines.length === 0);
  return result.lines;
}

test('names the files of a cycle in the order of their imports, and what to do', async () => {
  const tree = {
    'harness/one.ts': `import { two } from './inner/two.ts';`,
    'harness/inner/two.ts': `export { three } from '../three.ts';`,
    'harness/three.ts': `import { one } from './one.ts'; import './leaf.ts';`,
    'harness/leaf.ts': '',
  };
  const [line, ...others] = await complaintsAbout(tree);
  expect(others).toEqual([]);
  expect(line).toContain('harness/one.ts -> harness/inner/two.ts -> harness/three.ts -> harness/one.ts: ');
  expect(line).toContain('Move what they share');
});

test.each([
  ['a type', `import type { A } from './a.ts';`],
  ['a name that is a type', `import { type A } from './a.ts';`],
  ['an export of a type', `export type { A } from './a.ts';`],
  ['an import while it runs', `await import('./a.ts');`],
])('%s closes a cycle too', async (_what, text) => {
  expect(await complaintsAbout({ 'harness/a.ts': `import './b.ts';`, 'harness/b.ts': text })).toHaveLength(1);
});

test('imports that meet again in a lower file are none', async () => {
  const tree = {
    'a.ts': `import './b.ts'; import './c.ts';`,
    'b.ts': `import './d.ts';`,
    'c.ts': `import './d.ts';`,
    'd.ts': `import 'node:fs'; // import './a.ts'`,
  };
  expect(await complaintsAbout(tree)).toEqual([]);
});

test('tests may import what imports them', async () => {
  const tree = { 'harness/test/a.ts': `import './b.ts';`, 'harness/test/b.ts': `import './a.ts';` };
  expect(await complaintsAbout(tree)).toEqual([]);
});

test('each knot is told of once, by a shortest of its cycles', () => {
  const graph = new Map([
    ['top', ['a']],
    ['a', ['b', 'c']],
    ['b', ['c']],
    ['c', ['a']],
    ['x', ['x']],
  ]);
  expect(cyclesIn(graph)).toEqual([['a', 'c'], ['x']]);
});
