import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type CaseRecord,
  noTotals,
  type RuntimeRecord,
  type ShownField,
  type SubjectRecord,
} from '../../../../protocol/records/result-record.ts';
import { KnownIndex } from '../../../evidence/known/known-index.ts';
import { parseKnownDivergences } from '../../../evidence/known/read-known-divergences.ts';
import { entryText } from '../../../evidence/propose/proposal.ts';
import { jsonOf } from '../../../evidence/propose/shown-json.ts';
import { Undeclared } from '../../../evidence/propose/undeclared.ts';
import { showValue } from '../../../evidence/suites/show.ts';

const runtime = (version: string, architecture: 'x64' | 'ia32' = 'x64'): RuntimeRecord => ({
  id: `wine-${version}-${architecture}`,
  kind: 'wine',
  version,
  build: '',
  architecture,
  reportsWindows: '10.0',
  agent: { revision: '' },
  sandbox: { state: 'off', reason: null, clone: 'copy', limits: {} },
});
const EIGHT = runtime('8.0');
const TEN = runtime('10.0');
const SMALL = runtime('10.0', 'ia32');

function subject(name: string, where: RuntimeRecord): SubjectRecord {
  return {
    record: 'subject',
    subject: name,
    kind: 'function',
    group: 'a.dll',
    name,
    prototype: null,
    runtime: where,
    file: 'suites/a/a.test.ts',
    line: 1,
    comparator: 'exact',
    baseline: { file: '', digest: '', provenance: {} as never },
    known: [],
    cases: 1,
    totals: noTotals(),
    durationMs: 0,
    problem: null,
  };
}

const fields = (values: Record<string, unknown>): ShownField[] =>
  Object.entries(values).map(([name, value]) => ({
    name,
    value: showValue(value as never, typeof value === 'string' && !/^-?(nan|inf|0)$/.test(value) ? 'char *' : 'double'),
  }));
let count = 0;
function differing(
  name: string,
  where: RuntimeRecord,
  inputs: Record<string, unknown>,
  expected: Record<string, unknown>,
  actual: Record<string, unknown> | string,
  ulp?: string,
): CaseRecord {
  const isEnd = typeof actual === 'string';
  return {
    record: 'case',
    subject: name,
    runtime: where.id,
    id: (count++).toString(16).padStart(8, '0'),
    verdict: isEnd ? 'fault' : 'divergence',
    detail: {
      inputs: fields(inputs),
      expectations: [
        {
          extent: 'complete',
          outcome: { kind: 'returned', text: 'returned', fields: fields(expected) },
          source: { by: 'baseline', line: 1 },
        },
      ],
      actual: isEnd
        ? { kind: 'faulted', text: actual, fields: [] }
        : { kind: 'returned', text: 'returned', fields: fields(actual) },
      difference: isEnd
        ? { summary: 'faults', fields: [] }
        : { summary: 'differs', fields: Object.keys(actual), ...(ulp === undefined ? {} : { ulp }) },
      replay: 'npx dllparity replay',
    },
  };
}

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dllparity-undeclared-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function undeclared(...records: (SubjectRecord | CaseRecord)[]): Undeclared {
  // The file goes straight into the folder.
  const found = new Undeclared(folder);
  for (const record of records) found.add(record.record === 'subject' ? { ...record, file: 'a.test.ts' } : record);
  return found;
}

describe('undeclared divergences', () => {
  it('are grouped by function, by how they differ, and by what is special of their inputs', () => {
    const found = undeclared(
      subject('a.dll/sin', EIGHT),
      subject('a.dll/printf', EIGHT),
      differing('a.dll/sin', EIGHT, { x: 1 }, { result: 1 }, { result: 1.1 }, '1'),
      differing('a.dll/sin', EIGHT, { x: 2 }, { result: 1 }, { result: 1.1 }, '1'),
      differing('a.dll/sin', EIGHT, { x: 3 }, { result: 1 }, { result: 1.1 }, '3'),
      differing('a.dll/sin', EIGHT, { x: 'nan' }, { result: 'nan', errno: 33 }, { errno: 0 }),
      differing('a.dll/printf', EIGHT, { format: 'a %5.2P' }, { buffer: 'x' }, { buffer: 'y' }),
      differing('a.dll/printf', EIGHT, { format: '%s' }, { result: 1 }, 'faulted: STATUS_X (0xC0000005) reading 0x0'),
    );
    const groups = found.proposals().map(({ suite, cause, cases, written }) => [suite, cause, cases.length, written]);
    expect(groups).toEqual([
      [
        'a.dll/printf',
        'printf-faulted-0xc0000005-format-percent-s',
        1,
        {
          inputs: { format: expect.stringMatching(/^%.*\[sS\]$/) as string },
          expected: 'returned',
          actual: 'faulted 0xC0000005',
        },
      ],
      [
        'a.dll/printf',
        'printf-buffer-format-percent-p',
        1,
        { inputs: { format: expect.any(String) as string }, fields: ['buffer'] },
      ],
      [
        'a.dll/sin',
        'sin-errno-33-for-0-x-nan',
        1,
        { inputs: { x: { nan: true } }, fields: ['errno'], expected: { errno: 33 }, actual: { errno: 0 } },
      ],
      ['a.dll/sin', 'sin-result-1-ulp', 2, { ulp: 1 }],
      ['a.dll/sin', 'sin-result-4-ulp', 1, { ulp: 4 }],
    ]);
  });

  it('are proposed for the runtimes that show them, with their numbers', () => {
    const all = [EIGHT, TEN, SMALL].map((where) => subject('a.dll/sin', where));
    const on = (...where: RuntimeRecord[]): string => {
      const cases = where.map((each) => differing('a.dll/sin', each, { x: 1 }, { result: 1 }, { result: 2 }, '1'));
      return entryText(undeclared(...all, ...cases).proposals()[0]!, { reason: 'rounds', bug: 'https://x.org/1' });
    };
    const head = '- cause: sin-result-1-ulp\n  suite: a.dll/sin\n  reason: rounds\n  bug: https://x.org/1\n';
    const when = '  when: { ulp: 1 }\n';
    const both = '>=8.0 <9.0 || >=10.0 <11.0';
    expect(on(EIGHT, TEN, SMALL)).toBe(`${head}  wine: '${both}'\n${when}  cases: 1\n`);
    expect(on(EIGHT, TEN)).toBe(`${head}  wine: '${both}'\n  architecture: x64\n${when}  cases: 1\n`);
    expect(on(SMALL, SMALL)).toBe(`${head}  wine: '>=10.0 <11.0'\n  architecture: ia32\n${when}  cases: 2\n`);
    expect(on(EIGHT, TEN, SMALL, SMALL)).toBe(`${head}  wine: '${both}'\n${when}  cases: { x64: 1, ia32: 2 }\n`);
    expect(on(EIGHT, EIGHT, TEN, SMALL)).toContain("cases: { '>=8.0 <9.0': 2, '>=10.0 <11.0': 1 }");
    expect(on(EIGHT, SMALL)).toContain("cases: { 'x64 >=8.0 <9.0': 1, 'x64 >=10.0 <11.0': 0, 'ia32 >=10.0 <11.0': 1 }");
    for (const text of [on(EIGHT, SMALL), on(EIGHT, EIGHT, TEN)])
      expect(new KnownIndex(parseKnownDivergences(text, 'x'), EIGHT).entriesOf('a.dll/sin')).toHaveLength(1);
  });

  it('need a reason to be declared, and are gone then', () => {
    const found = undeclared(
      subject('a.dll/sin', EIGHT),
      differing('a.dll/sin', EIGHT, { x: 1 }, { result: 1 }, { result: 2 }, '1'),
      differing('a.dll/sin', EIGHT, { x: 1 }, { result: 1 }, { result: 2 }, '2'),
    );
    const [near, far] = found.proposals();
    const file = join(folder, 'known-divergences.yaml');
    expect(() => found.declare(far!, { reason: 'TODO' })).toThrow(/"TODO" is no reason/);
    expect(() => found.declare(far!, { reason: 'why', bug: 'none yet' })).toThrow(/neither an https address/);
    // Two units hold of what differs by one, too.
    expect(found.declare(far!, { reason: "Wine's code: rounds" })).toEqual({ file, cases: 2 });
    expect(readFileSync(file, 'utf8')).toContain(`reason: "Wine's code: rounds"`);
    expect(found.entry(near!).cases).toBe(0);
    expect(found.proposals()).toEqual([]);
  });

  it('are added to what a file says, under a name that it does not have', () => {
    const records = [
      subject('a.dll/sin', EIGHT),
      differing('a.dll/sin', EIGHT, { x: 1 }, { result: 1 }, { result: 2 }, '1'),
      differing('a.dll/sin', EIGHT, { x: 'inf' }, { result: 1 }, { result: 2 }, '1'),
    ];
    const [special] = undeclared(...records).proposals();
    undeclared(...records).declare({ ...special!, cause: 'sin-result-1-ulp' }, { reason: 'first' });
    const [rest] = undeclared(...records).proposals();
    undeclared(...records).declare(rest!, { reason: 'second' });
    const text = readFileSync(join(folder, 'known-divergences.yaml'), 'utf8');
    expect(parseKnownDivergences(text, 'x').map(({ cause, reason }) => [cause, reason])).toEqual([
      ['sin-result-1-ulp', 'first'],
      ['sin-result-1-ulp-2', 'second'],
    ]);
  });
});

describe('a value of results', () => {
  it.each([
    ['char *', 'a"\\\n\t\0\u00000\x7f\u00e9\u1234'],
    ['double', 0.1],
    ['double', 'inf'],
    ['double', '-0'],
    ['double', 'nan(0x7ff8000000000001)'],
    ['int', -16],
    ['__int64', '9223372036854775807'],
    ['char *', null],
    ['bool', true],
    ['char *', { in: 'string', offset: 3 }],
    ['char *', { room: 8 }],
    ['char *', { room: 8, text: 'a "b"\n' }],
  ])('of %s is read back: %j', (type, json) => {
    expect(jsonOf(showValue(json, type))).toEqual(json);
  });
});
