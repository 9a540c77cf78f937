import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Verdict } from '../../../../protocol/records/result-record.ts';
import { acceptPatches } from '../../../evidence/known/accept-patch.ts';
import { countChanges } from '../../../evidence/known/count-changes.ts';
import { miscountTexts } from '../../../evidence/known/count-text.ts';
import { isCases } from '../../../evidence/known/known-divergence.ts';
import { KnownIndex } from '../../../evidence/known/known-index.ts';
import { knownRecords } from '../../../evidence/known/known-record.ts';
import { readKnownDivergences } from '../../../evidence/known/read-known-divergences.ts';
import { type RunCase, SuiteKnown } from '../../../evidence/known/suite-known.ts';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dllparity-known-'));
  file = join(folder, 'known-divergences.yaml');
});
afterEach(() => rmSync(folder, { recursive: true }));

const SUITE = 'a.dll/sin';
const RUNTIME = { id: 'wine-8.0-x64', kind: 'wine', version: '8.0', architecture: 'x64' } as const;
const HEAD = "  reason: because\n  bug: none\n  wine: '>=8.0 <9.0'\n";
const cause = (name: string, when: string, cases = '1', more = ''): string =>
  `- cause: ${name}\n  suite: ${SUITE}\n${HEAD}  when: ${when}\n  cases: ${cases}\n${more}`;

function known(text: string, runtime = RUNTIME): SuiteKnown {
  writeFileSync(file, text);
  const index = new KnownIndex(readKnownDivergences(file), runtime);
  return new SuiteKnown(index, { suite: SUITE, inputNames: [{ name: 'x' }], runtime });
}

let count = 0;
/** A case whose result and errno are 0 in the baseline. */
function run(input: number | string, fields: Record<string, number>, verdict: Verdict = 'divergence'): RunCase {
  return {
    id: (count++).toString(16).padStart(8, '0'),
    inputs: [input],
    expected: { kind: 'returned', fields: { result: 0 } },
    actual: { kind: 'returned', fields },
    verdict,
    difference: verdict === 'match' ? null : { summary: '', fields: Object.keys(fields), ulp: '1' },
  };
}

const fault = (code: number): RunCase => ({
  ...run(1, {}, 'fault'),
  actual: { kind: 'faulted', code },
  difference: { summary: '', fields: [] },
});

describe('declarations of a suite', () => {
  it('cover a case by all of their predicates', () => {
    const of = known(cause('c', '{ inputs: { x: { at-least: 5 } }, fields: [errno], actual: { errno: 34 } }'));
    const names = (...cases: RunCase[]): (string | undefined)[] => cases.map((each) => of.about(each)?.cause);
    expect(names(run(5, { errno: 34 }))).toEqual(['c']);
    expect(names(run(4, { errno: 34 }), run(5, { errno: 33 }), run(5, { errno: 34, result: 1 }), fault(1))).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('cover a case by one list of inputs of several', () => {
    const of = known(cause('c', '{ inputs: [{ x: { nan: true } }, { 0: 7, x: { at-least: 7 } }] }'));
    expect(
      [run('nan', { errno: 1 }), run(7, { errno: 1 }), run(8, { errno: 1 })].map((each) => of.about(each)?.cause),
    ).toEqual(['c', 'c', undefined]);
  });

  it('name the kind of an outcome, and a bound in units in the last place', () => {
    const of = known(
      cause('any-fault', '{ actual: faulted }', '1') +
        cause('bit', '{ ulp: 1 }') +
        cause('hang', '{ expected: returned, actual: timed-out }'),
    );
    const hang: RunCase = { ...fault(0), verdict: 'timeout', actual: { kind: 'timed-out' } };
    const far: RunCase = { ...run(1, { result: 9 }), difference: { summary: '', fields: ['result'], ulp: '2' } };
    const cases = [fault(5), run(1, { result: 1 }), hang, far];
    expect(cases.map((each) => of.about(each)?.cause)).toEqual(['any-fault', 'bit', 'hang', undefined]);
  });

  it('come in the order of the file, those that name the case before', () => {
    const of = known(
      cause('first', '{ fields: [errno] }') +
        cause('second', '{ fields: [errno, result] }') +
        `- cause: named\n  suite: ${SUITE}\n${HEAD}  cases: deadbeef\n`,
    );
    const named = { ...run(1, { errno: 1 }), id: 'deadbeef' };
    const cases = [run(1, { errno: 1 }), run(1, { result: 1 }), named];
    expect(cases.map((each) => of.about(each)?.cause)).toEqual(['first', 'second', 'named']);
    expect(of.miscounts()).toEqual([]);
  });

  it('are about a case that matches only where it should always diverge', () => {
    const always = known(cause('c', '{ inputs: { x: { nan: true } }, fields: [errno] }', '0', '  always: true\n'));
    expect(always.about(run('nan', {}, 'match'))?.cause).toBe('c');
    expect(always.about(run(1, {}, 'match'))).toBeUndefined();
    expect(known(cause('c', '{ fields: [errno] }')).about(run(1, {}, 'match'))).toBeUndefined();
  });

  it('that cover too much or too little are told, with the patch', () => {
    const of = known(cause('c', '{ fields: [errno] }', '2 # by hand') + cause('none', '{ fields: [result] }', '1'));
    for (let n = 0; n < 3; n++) of.about(run(1, { errno: 1 }));
    expect(of.miscounts().map(({ entry, declared, found }) => [entry.cause, declared, found])).toEqual([
      ['c', 2, 3],
      ['none', 1, 0],
    ]);
    expect(miscountTexts(of.miscounts(), RUNTIME).join('\n')).toMatch(
      /the cause "c" \(.*known-divergences.yaml:1\) covers another number of cases: 2 declared, 3 found\n {4}- {2}cases: 2 # by hand\n {4}\+ {2}cases: 3 # by hand\n/,
    );
    expect(knownRecords(of, folder)).toMatchObject([
      { cause: 'c', cases: 2, found: 3, file: 'known-divergences.yaml' },
      { cause: 'none', cases: 1, found: 0 },
    ]);
  });

  it('count nothing where the runtime lacks the function', () => {
    const of = known(cause('c', '{ fields: [errno] }'));
    of.about(run(1, {}, 'unsupported'));
    expect(of.miscounts()).toEqual([]);
  });

  it('cover nothing in suites that a pattern selects and no number names', () => {
    const text = cause('c', '{ fields: [errno] }', '{ a.dll/cos: 1 }').replace(`suite: ${SUITE}`, 'suite: a.dll/*');
    const of = known(text);
    expect(of.miscounts()).toEqual([]);
    of.about(run(1, { errno: 1 }));
    expect(of.miscounts()).toMatchObject([{ declared: 0, found: 1 }]);
  });

  it('need a number for each runtime', () => {
    const of = known(cause('c', '{ fields: [errno] }', '{ ia32: 1 }'));
    expect(of.miscounts()).toMatchObject([{ declared: undefined, found: 0 }]);
    expect(miscountTexts(of.miscounts(), RUNTIME).join('\n')).toContain('has no number for a.dll/sin on this runtime');
  });

  it('are refused when they name an input that the suite does not have', () => {
    expect(() => known(cause('c', '{ inputs: { y: 1 } }'))).toThrow(
      /"c" names an input that a.dll\/sin does not have: "y" \[KNOWN_SYNTAX\]\n.*:1\n {2}next: Its inputs are x;/,
    );
    expect(() => known(cause('c', '{ inputs: { 0: 1, argument 4: 1 } }'))).not.toThrow();
  });
});

describe('the numbers of a file', () => {
  const counted = (version: string, found: number) => ({
    suite: SUITE,
    runtime: { ...RUNTIME, id: `wine-${version}-x64`, version },
    known: [{ cause: 'c', reason: '', bug: 'none', wine: '', cases: 1, found, file, line: 1 }],
  });
  const causes = (cases: string) => {
    writeFileSync(file, cause('c', '{ ulp: 1 }', cases).replace('<9.0', '<11.0'));
    return readKnownDivergences(file).filter((each) => !isCases(each));
  };

  it('change where all runtimes that one is for found the same', () => {
    const entries = causes("{ '8': 1, '>=9.0': 1 }");
    const { changes, open } = countChanges(entries, [counted('8.0', 4), counted('10.0', 5)]);
    expect(open).toEqual([]);
    const { patch, after } = acceptPatches(file, changes, { root: folder });
    expect(after).toContain("cases: { '8': 4, '>=9.0': 5 }");
    expect(patch).toContain('+  cases: ');
  });

  it('are left to a person where the runtimes do not agree', () => {
    const { changes, open } = countChanges(causes('1'), [counted('8.0', 4), counted('10.0', 5)]);
    expect(changes).toEqual([]);
    expect(open).toEqual([
      'a.dll/sin: the cause "c" covers 4 on wine-8.0-x64, 5 on wine-10.0-x64; give each its own number',
    ]);
  });
});
