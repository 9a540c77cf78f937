import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  SCENARIO_VERDICTS,
  type ResultRecord,
  type ScenarioRecord,
  type ScenariosRecord,
} from '../../protocol/records/result-record.ts';
import { readCompatibility, type Compatibility } from '../compatibility.ts';
import { judge } from '../judgement.ts';
import { junitXml } from '../junit/junit-xml.ts';
import { jobSummary } from '../markdown/job-summary.ts';
import { summarise } from '../text/summary.ts';
import { writeReport } from '../write-report.ts';
import { runtime, wholeRun } from './sample-records.ts';
import { scratch, written } from './write-sample.ts';

const AGREES = scenario('std-app', 'agrees', ['app'], ['app']);
const KNOWN = { ...scenario('known', 'known-divergence', ['foreign @ system32'], ['app']), because: 'no KnownDLLs' };
const ABSENT = { ...scenario('local-none', 'feature-absent', ['app'], ['app']), twin: 'local-dir' };
const UNKNOWN = { ...scenario('name-nul', 'windows-unknown', null, ['app']), evidence: 'none' as const };
const DIVERGES = scenario('std-<b>', 'divergence', ['app'], ['cwd']);
const BROKEN = { ...scenario('broken', 'harness-error', ['app'], []), problem: 'the disk is full' };

const asDeclared = [AGREES, KNOWN, ABSENT, UNKNOWN];

describe('scenarios that are as declared', () => {
  test('pass, and the answer counts what they say apart', async () => {
    const model = await modelOf(asDeclared);
    expect(judge(model).state).toBe('passed');
    expect(summarise(model)).toMatch(
      /PASSED {2}Which DLL: 1 of 4 scenarios load under wine-8\.0-x64 what Windows loads; 1 feature absent, 1 known divergence, 1 Windows unknown\./u,
    );
  });

  test('are test cases of JUnit, with what they say', async () => {
    const xml = junitXml(await modelOf(asDeclared));
    expect(xml).toContain('tests="4" failures="0" errors="0"');
    expect(xml).toContain('known divergence: app; Windows: foreign @ system32');
  });
});

describe('scenarios that are not as declared', () => {
  test('fail the run, by name, in every report', async () => {
    const model = await modelOf([...asDeclared, DIVERGES, BROKEN]);
    const { state, reasons } = judge(model);
    expect(state).toBe('failed');
    expect(reasons.map(({ text }) => text)).toEqual([
      '1 search-order scenario: divergence: std-<b> (wine-8.0-x64)',
      '1 search-order scenario: harness error: broken (wine-8.0-x64)',
    ]);
    expect(summarise(model)).toMatch(
      /✕ divergence {2}std-<b> in wine-8\.0-x64\n.*\n +Windows +app\n +actual +cwd\n +replay +npx dllparity/u,
    );
    expect(jobSummary(model)).toContain('| std-&#60;b&#62; | wine-8.0-x64 | divergence | app | cwd |');
    expect(junitXml(model)).toContain('tests="6" failures="1" errors="1"');
  });
});

test('the page has a table for each rule, open where something is wrong, and hostile names stay text', async () => {
  const html = join(await scratch(), 'report.html');
  await writeReport({ results: [await written(runOf([...asDeclared, DIVERGES]))], html });
  const page = await readFile(html, 'utf8');
  expect(page).toContain('<details class="rule" open>');
  expect(page).toContain('std-&lt;b&gt;');
  expect(page).toContain('no KnownDLLs');
  expect(page).toContain('<a href="#scenarios">');
});

test('a scenario of a rule that no line describes is refused', async () => {
  const text = wholeRun([AGREES], true);
  await expect(modelFrom(text)).rejects.toThrow(/scenario std-app of a rule in wine-8\.0-x64, a rule that no line/u);
});

function scenario(
  id: string,
  verdict: ScenarioRecord['verdict'],
  expected: readonly string[] | null,
  actual: readonly string[],
): ScenarioRecord {
  return {
    record: 'scenario',
    rule: 'a rule',
    runtime: 'wine-8.0-x64',
    id,
    title: `what ${id} is about`,
    line: 3,
    verdict,
    expected,
    evidence: 'documented',
    source: 'a page',
    actual,
    durationMs: 40,
    replay: `npx dllparity scenario run a.yaml --only ${id} --runtime wine-8.0-x64`,
  };
}

function runOf(scenarios: readonly ScenarioRecord[]): string {
  const totals = Object.fromEntries(
    SCENARIO_VERDICTS.map((verdict) => [verdict, scenarios.filter((each) => each.verdict === verdict).length]),
  ) as ScenariosRecord['totals'];
  const rule: ScenariosRecord = {
    record: 'scenarios',
    rule: 'a rule',
    runtime: runtime(),
    file: 'a.yaml',
    scenarios: scenarios.length,
    totals,
    durationMs: 160,
  };
  const records: ResultRecord[] = [rule, ...scenarios];
  return wholeRun(records, true);
}

function modelOf(scenarios: readonly ScenarioRecord[]): Promise<Compatibility> {
  return modelFrom(runOf(scenarios));
}

async function modelFrom(text: string): Promise<Compatibility> {
  return readCompatibility([await written(text)]);
}
