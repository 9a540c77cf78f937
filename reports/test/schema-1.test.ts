import { expect, test } from 'vitest';
import { readCompatibility } from '../compatibility.ts';
import { judge } from '../judgement.ts';
import { readResults } from '../read-results.ts';
import { PROVENANCE, runtime } from './sample-records.ts';
import { written } from './write-sample.ts';

const VERDICTS = ['match', 'tolerated', 'known-divergence', 'divergence', 'unexpected-match', 'fault', 'timeout', 'unsupported', 'baseline-missing', 'baseline-stale', 'harness-error']; // prettier-ignore
const RULE_VERDICTS = ['agrees', 'feature-absent', 'known-divergence', 'windows-unknown', 'divergence', 'unexpected-match', 'changed', 'harness-error']; // prettier-ignore
const totals = (names: readonly string[], some: object): object => ({
  ...Object.fromEntries(names.map((name) => [name, 0])),
  ...some,
});
const outcome = (text: string): object => ({
  kind: 'returned',
  text: 'returned',
  fields: [{ name: 'result', value: { type: 'double', text } }],
});

/** Lines as version 0.1.0 of dllparity wrote them. */
const LINES = [
  { record: 'run', schema: 1, id: 'a', startedAt: '2026-11-20T23:25:00.000Z', dllparity: '0.1.0', strict: true, host: { os: 'Linux', node: '20', cpu: { model: 'c', features: [] } } }, // prettier-ignore
  { record: 'suite', suite: 'msvcr120.dll/sin', dll: 'msvcr120.dll', function: 'sin', prototype: 'double sin(double x)', runtime: runtime(), file: 's.test.ts', line: 3, comparator: 'exact', baseline: { file: 'b.yaml', digest: 'd', provenance: PROVENANCE }, known: [], cases: 2, totals: totals(VERDICTS, { match: 1, divergence: 1 }), durationMs: 3, problem: null }, // prettier-ignore
  { record: 'case', suite: 'msvcr120.dll/sin', runtime: 'wine-8.0-x64', id: 'one', verdict: 'match' },
  { record: 'case', suite: 'msvcr120.dll/sin', runtime: 'wine-8.0-x64', id: 'two', verdict: 'divergence', detail: { inputs: [], expected: outcome('1'), actual: outcome('2'), difference: { summary: 'result differs', fields: ['result'] }, baselineLine: 41, baselineFile: 'x64.yaml', replay: 'npx dllparity replay' } }, // prettier-ignore
  { record: 'scenarios', rule: 'standard order', runtime: runtime(), file: 'a.yaml', scenarios: 4, totals: totals(RULE_VERDICTS, { agrees: 1, 'feature-absent': 1, 'windows-unknown': 1, changed: 1 }), durationMs: 9 }, // prettier-ignore
  ...['agrees', 'feature-absent', 'windows-unknown', 'changed'].map((verdict) => ({ record: 'scenario', rule: 'standard order', runtime: 'wine-8.0-x64', id: verdict, title: 'about it', line: 7, verdict, expected: verdict === 'windows-unknown' ? null : ['app', 'same'], evidence: verdict === 'windows-unknown' ? 'none' : 'documented', source: 'a page', actual: ['cwd'], because: 'it is so', durationMs: 2, replay: 'npx dllparity scenario run' })), // prettier-ignore
  { record: 'end', finishedAt: '2026-11-20T23:25:09.500Z', durationMs: 9500, cases: 6, totals: totals(VERDICTS, { match: 1, divergence: 1 }), tests: { passed: 0, failed: 0, skipped: 0 }, ok: false }, // prettier-ignore
];

test('files of the first schema are read as if they were written today', async () => {
  const file = await written(LINES.map((line) => `${JSON.stringify(line)}\n`).join(''));
  const records = [];
  for await (const { record } of readResults(file)) records.push(record);
  expect(records.map(({ record }) => record)).toEqual(['run', 'subject', 'case', 'case', 'subject', 'case', 'case', 'case', 'case', 'end']); // prettier-ignore
  expect(records[1]).toMatchObject({
    subject: 'msvcr120.dll/sin',
    kind: 'function',
    group: 'msvcr120.dll',
    name: 'sin',
  });
  expect(records[3]).toMatchObject({ detail: { expectations: [{ outcome: outcome('1'), source: { by: 'baseline', line: 41, file: 'x64.yaml' } }] } }); // prettier-ignore
  expect(records[4]).toMatchObject({ subject: 'search order/standard order', kind: 'loader-rule', totals: { match: 1, inconclusive: 2, 'baseline-stale': 1 } }); // prettier-ignore
  expect(records.slice(5, 9)).toMatchObject([
    { verdict: 'match', detail: { expectations: [{ outcome: { text: 'app · same' } }], actual: { text: 'cwd' }, note: 'it is so' } }, // prettier-ignore
    { verdict: 'inconclusive' },
    { verdict: 'inconclusive', detail: { expectations: [] } },
    { verdict: 'baseline-stale' },
  ]);
  const { state, reasons, notes } = judge(await readCompatibility([file]));
  expect({ state, notes }).toEqual({ state: 'failed', notes: [] });
  expect(reasons.map(({ text }) => text)).toEqual([
    '1 undeclared divergence in 1 function: sin',
    '1 search-order scenario: baseline stale: changed (wine-8.0-x64)',
  ]);
});
