import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  type CaseRecord,
  countVerdicts,
  type ResultRecord,
  type ShownOutcome,
  type SubjectRecord,
  type Verdict,
} from '../../protocol/records/result-record.ts';
import { readCompatibility, type Compatibility } from '../compatibility.ts';
import { judge } from '../judgement.ts';
import { junitXml } from '../junit/junit-xml.ts';
import { jobSummary } from '../markdown/job-summary.ts';
import { summarise } from '../text/summary.ts';
import { writeReport } from '../write-report.ts';
import { runtime, wholeRun } from './sample-records.ts';
import { scratch, written } from './write-sample.ts';

const MATCH = scenario('std-app', 'match', 'app', 'app');
const KNOWN = scenario('known', 'known-divergence', 'foreign @ system32', 'app', { known: 0 });
const ABSENT = scenario('local-none', 'inconclusive', 'app', 'app', { note: 'says little here: see local-dir' });
const UNKNOWN = scenario('name-nul', 'inconclusive', null, 'app', { note: 'nobody knows what Windows does' });
const DIVERGES = scenario('std-<b>', 'divergence', 'app', 'cwd');
const BROKEN = scenario('broken', 'harness-error', 'app', null, { note: 'could not be run: the disk is full' });

const asDeclared = [MATCH, KNOWN, ABSENT, UNKNOWN];

describe('scenarios that are as declared', () => {
  test('pass, and the answer counts what they say apart', async () => {
    const model = await modelOf(asDeclared);
    expect(judge(model).state).toBe('passed');
    expect(summarise(model)).toMatch(
      /PASSED {2}Which DLL: 1 of 4 scenarios load under wine-8\.0-x64 what Windows loads; 1 known divergence, 2 inconclusive\./u,
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
  const text = wholeRun([MATCH], true);
  await expect(modelFrom(text)).rejects.toThrow(/case of search order\/a rule in wine-8\.0-x64, which no line/u);
});

function scenario(
  id: string,
  verdict: Verdict,
  expected: string | null,
  actual: string | null,
  more: { readonly known?: number; readonly note?: string } = {},
): CaseRecord {
  const source = { by: 'citation', evidence: 'documented', citation: 'a page', file: 'a.yaml', line: 3 } as const;
  return {
    record: 'case',
    subject: 'search order/a rule',
    runtime: 'wine-8.0-x64',
    id,
    title: `what ${id} is about`,
    verdict,
    durationMs: 40,
    detail: {
      inputs: [],
      expectations: expected === null ? [] : [{ extent: 'complete', outcome: observed(expected), source }],
      actual: actual === null ? null : observed(actual),
      difference: null,
      ...more,
      replay: `npx dllparity scenario run a.yaml --only ${id} --runtime wine-8.0-x64`,
    },
  };
}

function observed(text: string): ShownOutcome {
  return { kind: 'observed', text, fields: [{ name: 'step 1', value: { type: 'words', text } }] };
}

function runOf(scenarios: readonly CaseRecord[]): string {
  const rule: SubjectRecord = {
    record: 'subject',
    subject: 'search order/a rule',
    kind: 'loader-rule',
    group: 'search order',
    name: 'a rule',
    prototype: null,
    runtime: runtime(),
    file: 'a.yaml',
    line: 1,
    comparator: 'exact',
    baseline: null,
    known: [{ reason: 'no KnownDLLs', bug: 'none', wine: '*', cases: 1, file: 'a.yaml', line: 9 }],
    cases: scenarios.length,
    totals: countVerdicts(scenarios),
    durationMs: 160,
    problem: null,
  };
  const records: ResultRecord[] = [rule, ...scenarios];
  return wholeRun(records, true);
}

function modelOf(scenarios: readonly CaseRecord[]): Promise<Compatibility> {
  return modelFrom(runOf(scenarios));
}

async function modelFrom(text: string): Promise<Compatibility> {
  return readCompatibility([await written(text)]);
}
