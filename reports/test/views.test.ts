import { describe, expect, test } from 'vitest';
import { readCompatibility, type Compatibility } from '../compatibility.ts';
import { junitXml } from '../junit/junit-xml.ts';
import { jobSummary } from '../markdown/job-summary.ts';
import { summarise } from '../text/summary.ts';
import { match, suite, test as plainTest, wholeRun } from './sample-records.ts';
import { sampleRun } from './sample-run.ts';
import { written } from './write-sample.ts';

async function model(clean = false): Promise<Compatibility> {
  return readCompatibility([await written(wholeRun(sampleRun({ clean }), clean))]);
}

describe('the terminal summary', () => {
  test('gives totals, functions, differences with replay lines, and the answer', async () => {
    const text = summarise(await model(), { report: 'out/report.html' });
    expect(text).toMatch(/✓ match +\d,\d+ +\d+\.\d %/u);
    expect(text).toMatch(/msvcr120\.dll\/memcpy_s +2\/5 {2}★ 1 unexpected match {2}↯ 1 fault/u);
    expect(text).toContain('faulted: STATUS_ACCESS_VIOLATION');
    expect(text).toContain("npm run replay -- --case 'null-destination'");
    expect(text).toMatch(/✕ strtol sets errno on overflow\n.*\n +AssertionError: expected 0 to be 34/u);
    expect(text).toMatch(/\nFAILED {2}/u);
    expect(text).toMatch(/Report: out\/report\.html$/u);
  });

  test('says plainly that a run passed', async () => {
    expect(summarise(await model(true))).toMatch(/\nPASSED {2}.*no undeclared divergences\.$/mu);
  });

  test('is coloured on a terminal only', async () => {
    const run = await model();
    const escape = /\u001b\[/u;
    expect(summarise(run)).not.toMatch(escape);
    expect(summarise(run, { stream: { isTTY: false } })).not.toMatch(escape);
    expect(summarise(run, { stream: { isTTY: true } })).toMatch(escape);
  });

  test('lets no name speak to the terminal', async () => {
    const hostile = suite('\u001b[2J\u202e', [{ ...match('a'), verdict: 'divergence' }]);
    const text = summarise(
      await readCompatibility([
        await written(wholeRun([...hostile, plainTest('\u001b]0;x\u0007', 'failed', ['\u001b[8mhidden'])], false)),
      ]),
    );
    expect(text).not.toMatch(/[\u001b\u0007\u202e]/u);
    expect(text).toContain('\\u{1b}[2J\\u{202e}');
  });
});

test('the job summary keeps text as text', async () => {
  const hostile = suite('a|b', [{ ...match('x'), verdict: 'divergence' }]);
  const text = jobSummary(
    await readCompatibility([
      await written(wholeRun([...hostile, plainTest('<img src=x> [y](z)', 'failed', ['# no'])], false)),
    ]),
  );
  expect(text).toContain('| msvcr120.dll/a&#124;b |');
  expect(text).not.toMatch(/<img|\[y\]/u);
  expect(text).toMatch(/^## dllparity: failed\n/u);
});

test('JUnit XML counts what it lists, and holds no character that XML forbids', async () => {
  const xml = junitXml(await model());
  for (const [, counts = '', body = ''] of xml.matchAll(/<testsuite ([^>]*)>(.*?)<\/testsuite>/gsu)) {
    const said = (name: string): number => Number(new RegExp(`${name}="(\\d+)"`, 'u').exec(counts)?.[1]);
    expect(body.match(/<testcase/gu)?.length ?? 0).toBe(said('tests'));
    expect(body.match(/<failure/gu)?.length ?? 0).toBe(said('failures'));
    expect(body.match(/<error/gu)?.length ?? 0).toBe(said('errors'));
    expect(body.match(/<skipped/gu)?.length ?? 0).toBe(said('skipped'));
  }
  expect(xml).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/u);
});
