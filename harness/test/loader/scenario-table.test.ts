import { describe, expect, test } from 'vitest';
import { findScenarios } from '../../loader/find-scenarios.ts';
import type { ScenarioRun } from '../../loader/run/runner.ts';
import { scenarioList, scenarioReport, verdictCounts, type JudgedRun } from '../../loader/run/scenario-table.ts';
import type { Scenario } from '../../loader/scenario.ts';
import type { Verdict } from '../../../protocol/records/result-record.ts';
import { scenarioOf } from './scenarios.ts';
import { folderWith } from './temporary-folder.ts';

const plain = scenarioOf('calls: [LoadLibrary: x.dll]');
const expected: Scenario = { ...plain, id: 'two', expect: { outcome: ['app'], evidence: 'documented', source: 'a page' } }; // prettier-ignore

function judged(scenario: Scenario, verdict: Verdict, run: Partial<ScenarioRun> = {}, note?: string): JudgedRun {
  const blank = { outcome: ['cwd'], modules: [], exitCode: 0, transcript: '', ms: 1, harnessError: undefined };
  return { verdict, ...(note === undefined ? {} : { note }), run: { scenario, ...blank, ...run } };
}

test('a table has what was expected, by whom, what came, and the verdict', () => {
  const runs = [judged(expected, 'match', { outcome: ['app', 'same'] }), judged(plain, 'inconclusive')];
  expect(scenarioReport(runs, 'wine-8.0-x64').split('\n').slice(0, 4)).toEqual([
    'id   expected  evidence    wine-8.0-x64  verdict',
    '---  --------  ----------  ------------  ------------',
    'two  app       documented  app · same    match',
    'one  unknown   none        cwd           inconclusive',
  ]);
  expect(verdictCounts(runs)).toBe('1 match, 1 inconclusive');
  expect(scenarioList([expected])).toContain('two  a test  app       documented  a test');
});

describe('reasons', () => {
  const reasons = (run: JudgedRun): string => scenarioReport([run], 'w').split('\n\n').slice(1).join('\n\n');

  test('are not given where Wine does as Windows does', () => {
    expect(reasons(judged(expected, 'match'))).toBe('');
  });

  test('of a divergence name the place, the source, and the modules', () => {
    const modules = [{ call: 0, variant: 'cwd', path: 'C:\\x.dll' }];
    expect(reasons(judged(expected, 'divergence', { modules })).split('\n')).toEqual([
      'two: divergence',
      `  at test.yaml:${String(expected.line)}`,
      '  a test',
      '  Windows: app (documented: a page)',
      '  w: cwd',
      '  call 1, LoadLibrary: cwd, C:\\x.dll',
    ]);
  });

  test('of others say what was declared, what is lacking, or why it was not run', () => {
    const wine = { outcome: ['cwd'], versions: '>=8.0', because: 'so it is' };
    expect(reasons(judged({ ...expected, wine }, 'known-divergence'))).toContain('declared of Wine >=8.0: cwd, because: so it is'); // prettier-ignore
    expect(reasons(judged(expected, 'inconclusive', {}, 'one lacks the feature'))).toContain(
      '\n  one lacks the feature',
    );
    expect(reasons(judged(expected, 'harness-error', { harnessError: 'no space' }))).toContain('  no space'); // prettier-ignore
  });
});

describe('scenarios are found', () => {
  const file = (id: string): string =>
    `rule: r\nscenarios:\n  - { id: ${id}, title: t, calls: [LoadLibrary: x.dll], evidence: none, source: s }\n`;

  test('in files and folders, and those that come with dllparity where none is named', () => {
    const root = folderWith({ 'a/one.yaml': file('one'), 'a/two.yml': file('two'), 'a/other.txt': '', 'three.yaml': file('three') }); // prettier-ignore
    expect(findScenarios([`${root}/three.yaml`, `${root}/a`]).map(({ id }) => id)).toEqual(['three', 'one', 'two']);
    expect(findScenarios([]).length).toBeGreaterThan(100);
  });

  test('once: an id that is there twice is refused with both places', () => {
    const root = folderWith({ 'one.yaml': file('same'), 'two.yaml': file('same') });
    expect(() => findScenarios([root])).toThrow(/there is a scenario same at .*one\.yaml:3 already \[SCENARIO_SYNTAX\]\n {2}at .*two\.yaml:3/); // prettier-ignore
    expect(() => findScenarios([`${root}/none.yaml`])).toThrow(/SCENARIO_SYNTAX/);
  });
});
