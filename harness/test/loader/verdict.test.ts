import { expect, test } from 'vitest';
import { parseScenarios } from '../../loader/read-scenarios.ts';
import { judgeScenarios } from '../../loader/verdict.ts';

const scenarios = parseScenarios(
  `
rule: a rule
scenarios:
  - id: positive
    title: needs the feature
    files: { app/x.dll: dll, cwd/x.dll: dll }
    expect: app
    evidence: documented
    source: a page
    wine: { outcome: cwd, versions: '<9', because: it lacks the feature }
  - id: negative
    title: holds without the feature too
    files: { cwd/x.dll: dll }
    expect: cwd
    evidence: documented
    source: a page
    twin: positive
  - id: open
    title: nobody knows
    files: { app/x.dll: dll, cwd/x.dll: dll }
    evidence: none
    source: undocumented
    wine: { outcome: app, because: measured }
`,
  'my.yaml',
);

const judge = (wine: string, ...outcomes: string[]): string[] =>
  judgeScenarios(
    scenarios.map((scenario, index) => ({ scenario, outcome: [outcomes[index] ?? ''] })),
    wine,
  ).map(({ verdict }) => verdict);

test('a declared divergence is known, and what would hold without the feature is no match', () => {
  expect(judge('wine-8.0', 'cwd', 'cwd', 'app')).toEqual(['known-divergence', 'inconclusive', 'inconclusive']);
});

test('a divergence counts in the declared versions alone', () => {
  expect(judge('wine-10.0', 'cwd', 'cwd', 'app')).toEqual(['divergence', 'inconclusive', 'inconclusive']);
  expect(judge('wine-10.0', 'app', 'cwd', 'app')).toEqual(['match', 'match', 'inconclusive']);
});

test('a divergence that has gone is told, and so is another one than the declared one', () => {
  expect(judge('wine-8.0', 'app', 'cwd', 'app')[0]).toBe('unexpected-match');
  expect(judge('wine-8.0', 'ERROR_MOD_NOT_FOUND', 'cwd', 'app')[0]).toBe('divergence');
});

test('what nobody knows of Windows neither matches nor diverges, and a change of it is told', () => {
  expect(judge('wine-8.0', 'cwd', 'cwd', 'cwd')[2]).toBe('baseline-stale');
});

test('a scenario that could not be run says nothing about Wine', () => {
  const [scenario] = scenarios;
  if (scenario === undefined) throw new Error('there is one');
  expect(judgeScenarios([{ scenario, outcome: ['app'], harnessError: 'no disk' }], 'wine-8.0')).toEqual([
    { verdict: 'harness-error', note: 'could not be run: no disk' },
  ]);
});
