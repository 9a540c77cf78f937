import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, fc, library, test } from 'dllparity';
import type { Agent } from '../../../calls/agent/agent.ts';
import type { Baseline } from '../../../evidence/baseline/baseline.ts';
import { exact } from '../../../evidence/compare/comparator.ts';
import { KnownIndex } from '../../../evidence/known/known-index.ts';
import { readKnownDivergences } from '../../../evidence/known/read-known-divergences.ts';
import { functionBehaviour } from '../../../evidence/suites/behaviour.ts';
import { compareSuite, type Compared } from '../../../evidence/suites/compare-suite.ts';
import { failureText } from '../../../evidence/suites/failure-text.ts';
import { runtimeRecord } from '../../../evidence/suites/runtime-record.ts';

const crt = library('msvcr120.dll', { isblank: 'int isblank(int c)' });
const CHARACTERS = [9, 32, 65];

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dllparity-causes-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Wine's isblank beside what Microsoft's returns: the bit of the class. */
function compare(agent: Agent, entry: string, only?: string): Compared & { readonly text: string } {
  const file = join(folder, 'known-divergences.yaml');
  const head = "  suite: a.dll/isblank\n  reason: Wine returns 1\n  bug: none\n  wine: '>=8.0'\n";
  writeFileSync(file, `- cause: class-bit\n${head}${entry}`);
  const suite = {
    name: 'a.dll/isblank',
    title: 'isblank',
    behaviour: functionBehaviour(crt.isblank),
    generator: { always: () => [], arbitrary: fc.tuple(), runs: 1 },
    comparator: exact(),
    file: join(folder, 'a.test.ts'),
    line: 1,
  };
  const cases = CHARACTERS.map((c) => {
    const fields = { result: c === 65 ? 0 : 0x40 };
    return { id: `case${c.toString()}`, inputs: [c], outcome: { kind: 'returned', fields }, line: c };
  });
  const baseline = { file, head: { digest: '', provenance: {} }, cases } as unknown as Baseline;
  const runtime = runtimeRecord(agent);
  const known = new KnownIndex(readKnownDivergences(file), runtime);
  const compared = compareSuite({
    suite,
    agent,
    runtime,
    baseline,
    others: [],
    known,
    only,
    strict: true,
    root: folder,
  });
  return { ...compared, text: failureText(suite, compared, file) };
}

const WHEN = '  when: { expected: { result: 64 }, actual: { result: 1 } }\n';

test('a declared cause covers what Wine does otherwise, by both outcomes', ({ agent }) => {
  const { record, cases, miscounts } = compare(agent, `${WHEN}  cases: 2\n`);
  expect(cases.map(({ verdict }) => verdict)).toEqual(['known-divergence', 'known-divergence', 'match']);
  expect(cases[0]?.detail?.known).toBe(0);
  expect(record.known).toEqual([
    expect.objectContaining({ cause: 'class-bit', cases: 2, file: 'known-divergences.yaml', line: 1 }),
  ]);
  expect(record.known[0]).not.toHaveProperty('found');
  expect(miscounts).toEqual([]);
});

test('one that covers another number of cases fails the suite, and one case alone is not counted', ({ agent }) => {
  const { record, failing, miscounts, text } = compare(agent, `${WHEN}  cases: 3\n`);
  expect(failing).toEqual([]);
  expect(miscounts).toMatchObject([{ declared: 3, found: 2 }]);
  expect(record.known).toMatchObject([{ cases: 3, found: 2 }]);
  expect(text).toMatch(/covers another number of cases: 3 declared, 2 found\n {4}- {2}cases: 3\n {4}\+ {2}cases: 2/);
  expect(compare(agent, `${WHEN}  cases: 3\n`, 'case9').miscounts).toEqual([]);
});

test('one that leaves something out leaves it undeclared', ({ agent }) => {
  const when = '  when: { inputs: { c: { at-least: 32 } }, actual: { result: 1 } }\n';
  const { cases } = compare(agent, `${when}  cases: 1\n`);
  expect(cases.map(({ verdict }) => verdict)).toEqual(['divergence', 'known-divergence', 'match']);
});

test('a case that matches where the cause says always is unexpected', ({ agent }) => {
  const when = '  when: { inputs: { c: { in: [9, 65] } }, actual: { result: 1 } }\n  always: true\n';
  const { cases } = compare(agent, `${when}  cases: 1\n`);
  expect(cases.map(({ verdict }) => verdict)).toEqual(['known-divergence', 'divergence', 'unexpected-match']);
});
