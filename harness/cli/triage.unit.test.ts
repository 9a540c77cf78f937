import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { differing, doubleField, returned, suite, wholeRun } from '../../reports/test/sample-records.ts';
import { triage } from './triage.ts';

let folder: string;
let results: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dllparity-triage-'));
  results = join(folder, 'results.jsonl');
});
afterEach(() => rmSync(folder, { recursive: true }));

function put(...ulps: string[]): void {
  const half = [doubleField('x', 0.5)];
  const cases = ulps.map((ulp, index) =>
    differing(`0000000${index.toString()}`, 'divergence', half, returned(half), returned(half), {
      summary: `result differs by ${ulp} ulp`,
      fields: ['result'],
      ulp,
    }),
  );
  const file = relative(process.cwd(), join(folder, 'a.test.ts'));
  writeFileSync(results, wholeRun(suite('sin', cases, { file }), false));
}

async function talk(isTTY: boolean, ...answers: string[]): Promise<{ code: number; text: string }> {
  const input = Object.assign(new PassThrough(), { isTTY });
  const output = new PassThrough();
  input.end(answers.map((answer) => `${answer}\n`).join(''));
  const code = await triage(results, { input, output });
  return { code, text: String(output.read() ?? '') };
}

it('without a terminal the groups are printed', async () => {
  put('1', '2');
  const { code, text } = await talk(false);
  expect(code).toBe(1);
  expect(text.match(/^- cause: .*$/gm)).toEqual(['- cause: sin-result-1-ulp', '- cause: sin-result-2-ulp']);
});

it('walks from group to group, shows, declares with a reason, and leaves what is ignored', async () => {
  put('1', '2');
  const { code, text } = await talk(true, 's', 'what?', 'a', 'TODO', 'a', '', 'a', 'rounds otherwise', 'i');
  expect(text).toContain('[1/2] msvcr120.dll/sin, 1 case: result differs by 1 ulp\n- cause: sin-result-1-ulp\n');
  expect(text).toContain('divergence 00000000');
  expect(text).toContain('"TODO" is no reason');
  expect(text).toContain('[2/2]');
  expect(text).toContain('1 of 2 groups are left.');
  expect(code).toBe(1);
  expect(readFileSync(join(folder, 'known-divergences.yaml'), 'utf8')).toMatch(
    /^- cause: sin-result-1-ulp\n[^]*cases: 1\n$/,
  );
});

it('stops where it is told to, and where nobody answers any more', async () => {
  put('1', '2', '4');
  for (const answers of [['q'], ['i'], ['a']])
    expect((await talk(true, ...answers)).text).toContain('3 of 3 groups are left.');
});

it('has nothing to ask when all are declared', async () => {
  put('1');
  expect((await talk(true, 'a', 'rounds otherwise')).code).toBe(0);
  expect(await talk(true)).toEqual({ code: 0, text: 'There are no undeclared divergences.\n' });
});
