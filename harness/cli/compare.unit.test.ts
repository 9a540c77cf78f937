import { createWriteStream, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { CaseRecord, ResultRecord, SubjectRecord, Verdict } from '../../protocol/records/result-record.ts';
import {
  differing,
  doubleField,
  jsonLines,
  match,
  returned,
  RUN,
  runtime,
  suite,
  test,
  wholeRun,
} from '../../reports/test/sample-records.ts';
import { compare, type CompareOptions } from './compare.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dllparity-compare-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A file of a run with these records. */
function put(name: string, ...records: readonly (readonly ResultRecord[])[]): string {
  return putText(name, wholeRun(records.flat(), true));
}

function putText(name: string, text: string): string {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}

/** A case whose result is off. */
function off(id: string, verdict: Verdict, result = 2, known?: number): CaseRecord {
  const [expected, actual] = [1, result].map((value) => returned([doubleField('result', value)]));
  const difference = { summary: `result differs by ${result.toString()}`, fields: ['result'] };
  return differing(id, verdict, [doubleField('x', 0.5)], expected ?? null, actual ?? null, difference, known);
}

function fault(id: string, address: string, place: string): CaseRecord {
  const text = `faulted: STATUS_ACCESS_VIOLATION (0xc0000005) reading ${address} at msvcr120.dll+${place}`;
  return differing(id, 'fault', [], returned([]), { kind: 'faulted', text, fields: [] }, null);
}

const KNOWN: SubjectRecord['known'] = [
  { cause: 'rounds-twice', reason: 'Wine rounds twice', bug: 'none', wine: '>=8.0', cases: 1, file: 'k.yaml', line: 1 },
];

async function run(a: string, b: string, options: CompareOptions = {}): Promise<{ code: number; text: string }> {
  let text = '';
  const write = vi.spyOn(process.stdout, 'write').mockImplementation((chunk) => {
    text += String(chunk);
    return true;
  });
  try {
    return { code: await compare(a, b, options), text };
  } finally {
    write.mockRestore();
  }
}

interface Document {
  readonly worse: boolean;
  readonly totals: Readonly<Record<string, number>>;
  readonly groups: readonly {
    readonly change: string;
    readonly cause: string;
    readonly dll: string;
    readonly cases: number;
    readonly listed: readonly { readonly id: string; readonly before: string | null; readonly after: string | null }[];
  }[];
}

async function documentOf(a: string, b: string, options: CompareOptions = {}): Promise<Document & { code: number }> {
  const json = join(folder, 'comparison.json');
  const { code } = await run(a, b, { ...options, json });
  return { code, ...(JSON.parse(readFileSync(json, 'utf8')) as Document) };
}

/** `newly-failing rounds-twice: one two` for each group. */
function said({ groups }: Document): string[] {
  return groups.map(({ change, cause, listed }) => `${change} ${cause}: ${listed.map(({ id }) => id).join(' ')}`);
}

async function changed(before: readonly CaseRecord[], after: readonly CaseRecord[]): Promise<string[]> {
  return said(
    await documentOf(
      put('a.jsonl', suite('sin', before, { known: KNOWN })),
      put('b.jsonl', suite('sin', after, { known: KNOWN })),
    ),
  );
}

describe('a case', () => {
  it.each<[string, CaseRecord[], CaseRecord[], string[]]>([
    ['that stays right', [match('one')], [off('one', 'tolerated')], []],
    ['that fails now', [match('one')], [off('one', 'divergence')], ['newly-failing result: one']],
    ['that is declared now', [match('one')], [off('one', 'known-divergence', 2, 0)], ['newly-failing rounds-twice: one']],
    ['that passes now', [off('one', 'divergence')], [match('one')], ['newly-passing result: one']],
    ['whose declaration is gone', [off('one', 'known-divergence', 2, 0)], [match('one')], ['newly-passing rounds-twice: one']],
    ['whose declaration no longer holds', [off('one', 'known-divergence', 2, 0)], [off('one', 'unexpected-match')], ['newly-passing rounds-twice: one']],
    ['that is wrong in the same way', [off('one', 'divergence')], [off('one', 'known-divergence', 2, 0)], []],
    ['that is wrong in another way', [off('one', 'divergence')], [off('one', 'divergence', 3)], ['changed result: one']],
    ['that crashes elsewhere', [fault('one', '0x7f0000001000', '0x10')], [fault('one', '0x7f0000002000', '0x20')], []],
    ['that reads another null', [fault('one', '0x0', '0x10')], [fault('one', '0x8', '0x10')], ['changed faulted-0xc0000005: one']],
    ['that crashes now', [off('one', 'divergence')], [fault('one', '0x0', '0x10')], ['changed faulted-0xc0000005: one']],
    ['that is callable now', [differing('one', 'unsupported', [], null, null, null)], [match('one')], ['newly-passing unsupported: one']],
    ['that is new and right', [], [match('one')], ['new as on Windows: one']],
    ['that is new and wrong', [], [off('one', 'divergence')], ['new result: one']],
    ['that is not there any more', [match('one'), match('two')], [match('two')], ['removed no such case any more: one']],
    ['that was wrong and is not there any more', [off('one', 'divergence')], [], ['removed no such case any more: one']],
    ['that says nothing any more', [match('one')], [off('one', 'inconclusive')], ['removed inconclusive: one']],
    ['that says something now', [off('one', 'inconclusive')], [match('one')], ['new as on Windows: one']],
    ['that never said anything', [off('one', 'harness-error')], [off('one', 'inconclusive')], []],
    ['that stands there twice', [match('one'), match('one')], [match('one'), match('one')], []],
  ])('%s', async (_, before, after, expected) => {
    expect(await changed(before, after)).toEqual(expected);
  }); // prettier-ignore
});

describe('what is no case of a suite', () => {
  it('a suite that did not run, or could not be compared, is removed', async () => {
    const a = put('a.jsonl', suite('sin', [match('one')]), suite('cos', [match('two')]));
    const problem = { verdict: 'baseline-stale' as const, message: 'The baseline is stale' };
    const found = await documentOf(a, put('b.jsonl', suite('cos', [], { problem })));
    expect(said(found)).toEqual(['removed did not run: one', 'removed baseline-stale: two']);
    expect(found.code).toBe(1);
  });

  it('a plain test fails and passes as cases do', async () => {
    const a = put('a.jsonl', [test('adds', 'passed'), test('divides', 'failed', ['Error: at 0x7f0000001000'])]);
    const b = put('b.jsonl', [test('adds', 'failed', ['Error: 3']), test('divides', 'failed', ['Error: at 0x7f0000002000'])]); // prettier-ignore
    expect(said(await documentOf(a, b))).toEqual(['newly-failing test failed: adds']);
  });

  it('a process that died after the calls is newly failing', async () => {
    const late = { lateFaults: [{ text: 'faulted later', withinMs: 5, suspects: [] }] };
    const [a, b] = [put('a.jsonl', suite('sin', [])), put('b.jsonl', suite('sin', [], late))];
    expect(said(await documentOf(a, b))).toEqual(['newly-failing late fault: late fault']);
    expect(said(await documentOf(b, a))).toEqual(['newly-passing late fault: late fault']);
  });

  it('another baseline is remarked', async () => {
    const baseline = { ...(suite('sin', [])[0] as SubjectRecord).baseline!, digest: 'another' };
    const { text } = await run(put('a.jsonl', suite('sin', [])), put('b.jsonl', suite('sin', [], { baseline })));
    expect(text).toContain('note: msvcr120.dll/sin in wine-8.0-x64 has another baseline in B than in A');
  });
});

describe('the exit code', () => {
  it('is 0 when nothing got worse, and 1 when something did', async () => {
    const right = put('right.jsonl', suite('sin', [match('one')]));
    const wrong = put('wrong.jsonl', suite('sin', [off('one', 'divergence')]));
    expect(await run(right, right)).toMatchObject({ code: 0, text: expect.stringContaining('NOT WORSE  no case has changed') }); // prettier-ignore
    expect(await run(wrong, right)).toMatchObject({
      code: 0,
      text: expect.stringContaining('BETTER  1 newly passing'),
    });
    expect(await run(right, wrong)).toMatchObject({ code: 1, text: expect.stringContaining('WORSE  1 case newly failing') }); // prettier-ignore
  });

  it('is 1 for removed cases, unless they are allowed', async () => {
    const [a, b] = [put('a.jsonl', suite('sin', [match('one')])), put('b.jsonl', suite('sin', []))];
    expect((await run(a, b)).code).toBe(1);
    expect((await run(a, b, { allowRemoved: true })).code).toBe(0);
  });

  it('is 1 for a run that was interrupted, since it shows nothing', async () => {
    const a = put('a.jsonl', suite('sin', [match('one')]));
    const b = putText('b.jsonl', jsonLines([RUN, ...suite('sin', [match('one')])]));
    const { code, text } = await run(a, b, { allowRemoved: true });
    expect(code).toBe(1);
    expect(text).toContain('The run of B was interrupted');
    expect((await run(b, a)).code).toBe(0);
  });
});

describe('runtimes', () => {
  const ten = { runtime: runtime('10.0') };
  const both = (): string =>
    put(
      'both.jsonl',
      suite('sin', [off('one', 'known-divergence', 2, 0), match('two')], { known: KNOWN }),
      suite('sin', [match('one'), match('two')], ten),
    );

  it('of one file are compared by their ids', async () => {
    const { code, text } = await run('wine-8.0-x64', 'wine-10.0-x64', { results: both() });
    expect(code).toBe(0);
    expect(text).toMatch(/^A .*both.jsonl, wine-8.0-x64: wine-8.0 \(Debian.*\nB .*wine-10.0-x64: wine-10.0/);
    expect(text).toContain('msvcr120.dll: rounds-twice, 1 case in msvcr120.dll/sin');
    expect(text).toContain('msvcr120.dll/sin#one  known-divergence → right');
  });

  it('may be named in an outcome, which is the same nevertheless', async () => {
    const missing = (id: string): CaseRecord =>
      differing(
        'one',
        'unsupported',
        [],
        null,
        { kind: 'not-callable', text: `could not be called: f (${id})`, fields: [] },
        null,
      );
    const file = put(
      'missing.jsonl',
      suite('sin', [missing('wine-8.0-x64')]),
      suite('sin', [missing('wine-10.0-x64')], ten),
    );
    expect((await run('wine-8.0-x64', 'wine-10.0-x64', { results: file })).text).toContain('no case has changed');
  });

  it('of two files are named with the file', async () => {
    const file = both();
    expect((await run(`${file}#wine-10.0-x64`, `${file}#wine-8.0-x64`)).code).toBe(1);
    const one = put('one.jsonl', suite('sin', [match('one'), match('two')], ten));
    expect((await run(`${file}#wine-8.0-x64`, one)).text).toContain('BETTER');
  });

  it('of whole files are compared each with itself, and one that is missing is removed', async () => {
    const eight = put('eight.jsonl', suite('sin', [match('one'), match('two')]));
    const { code, text } = await run(both(), eight);
    expect(code).toBe(1);
    expect(text).toMatch(/runtime +right in A/);
    expect(text).toMatch(/Removed .*: 2 cases\n {2}msvcr120.dll: did not run/);
    expect(text).toMatch(/Newly passing .*: 1 case/);
  });

  it('that are not there are an error that lists what is', async () => {
    const results = both();
    await expect(run('wine-9.0-x64', 'wine-10.0-x64', { results })).rejects.toThrow(
      /no runtime wine-9.0-x64, and there is no file of that name \[RUNTIME_NOT_IN_RESULTS\]\n {2}at .*both.jsonl\n {4}wine-8.0-x64\n {4}wine-10.0-x64\n {2}next: Did you mean/,
    );
    await expect(run('a', 'b', { results: join(folder, 'none') })).rejects.toThrow(
      /there is no file a, and no results/,
    );
    const third = put('third.jsonl', suite('sin', [], { runtime: runtime('9.0') }));
    await expect(run(results, third)).rejects.toThrow(/no runtime in common[^]*both.jsonl: wine-8.0-x64, wine-10.0-x64[^]*next: Name one of each/); // prettier-ignore
  });
});

describe('a file that is broken', () => {
  it.each([
    ['no JSON', '"id":"one"', '"id":"one', ':3: not JSON'],
    ['an unknown verdict', '"verdict":"match"', '"verdict":"fine"', ':3: "case" record: verdict: expected one of'],
    ['another schema', '"schema":2', '"schema":9', ':1: schema 9; this version reads'],
  ])('is refused with file, line and next step: %s', async (_, from, to, message) => {
    const a = put('a.jsonl', suite('sin', [match('one'), match('two')]));
    const b = putText('b.jsonl', readFileSync(a, 'utf8').replace(from, to));
    for (const [one, other] of [[a, b], [b, a]] as const)
      await expect(run(one, other)).rejects.toThrow(`${b}${message}`); // prettier-ignore
  });

  it('is refused when it is not there, or has a suite twice', async () => {
    const a = put('a.jsonl', suite('sin', [match('one')]));
    await expect(run(a, join(folder, 'none.jsonl'))).rejects.toThrow('there is no such file');
    const twice = put('twice.jsonl', suite('sin', [match('one')]), suite('sin', [match('one')]));
    await expect(run(a, twice)).rejects.toThrow('was already reported in');
  });

  it('a limit that is none is refused', async () => {
    const a = put('a.jsonl', []);
    await expect(run(a, a, { limit: 'many' })).rejects.toThrow(
      /"many" is no number of cases to list \[ARGUMENT_TYPE\]/,
    );
  });
});

describe('views', () => {
  const many = (verdict: Verdict): readonly ResultRecord[] =>
    suite('sin', Array.from({ length: 30 }, (_, index) => verdict === 'match' ? match(`case ${index.toString()}`) : off(`case ${index.toString()}`, verdict))); // prettier-ignore

  it('list so many cases, and say how many there are', async () => {
    const [a, b] = [put('a.jsonl', many('match')), put('b.jsonl', many('divergence'))];
    expect((await run(a, b)).text).toContain('and 25 more cases');
    expect((await run(a, b, { limit: 2 })).text).toContain('and 28 more cases');
    expect((await run(a, b, { limit: 'all' })).text).not.toContain('more cases');
    expect((await documentOf(a, b)).groups[0]?.listed).toHaveLength(30);
    expect((await documentOf(a, b, { limit: 3 })).groups[0]).toMatchObject({ cases: 30, listed: { length: 3 } });
  });

  it('are written as Markdown, in which names are plain text', async () => {
    const a = put('a.jsonl', suite('sin', [match('<b>|x')]));
    const b = put('b.jsonl', suite('sin', [off('<b>|x', 'divergence')]));
    const markdown = join(folder, 'deep', 'comment.md');
    expect((await run(a, b, { markdown })).text).toMatch(/^A {2}/);
    const text = readFileSync(markdown, 'utf8');
    expect(text).toMatch(/^## dllparity compare: WORSE: 1 case newly failing\n/);
    expect(text).toContain('| DLL | right in A | right in B | newly failing |');
    expect(text).toContain('<details><summary>newly failing: 1 case');
    expect(text).not.toContain('<b>');
    expect((await run(a, b, { markdown: true })).text).toBe(text);
  });

  it('show no control characters', async () => {
    const a = put('a.jsonl', suite('sin', [match('\u001b[2J')]));
    const { text } = await run(a, put('b.jsonl', suite('sin', [])));
    expect(text).toContain(String.raw`#\u{1b}[2J`);
    expect(text).not.toContain('\u001b');
  });
});

describe('a large file', () => {
  const CASES = 300_000;

  function* lines(wrong: number): Generator<string> {
    yield jsonLines([RUN]);
    yield jsonLines(suite('sin', []));
    const place = { subject: 'msvcr120.dll/sin', runtime: 'wine-8.0-x64' };
    for (let index = 0; index < CASES; index++) {
      const id = index.toString(16).padStart(16, '0');
      const found = index % 1000 < wrong ? off(id, 'divergence', index) : match(id);
      yield `${JSON.stringify({ ...found, ...place })}\n`;
    }
    yield `${wholeRun([], true).split('\n').at(-2) ?? ''}\n`;
  }

  it('is read as a stream', { timeout: 120_000 }, async () => {
    const [a, b] = [join(folder, 'a.jsonl'), join(folder, 'b.jsonl')];
    await pipeline(Readable.from(lines(1)), createWriteStream(a));
    await pipeline(Readable.from(lines(2)), createWriteStream(b));
    const before = process.memoryUsage().rss;
    const { code, text } = await run(a, b);
    expect(code).toBe(1);
    expect(text).toContain('WORSE  300 cases newly failing');
    // Parsed records would take more than a gigabyte.
    expect(process.memoryUsage().rss - before).toBeLessThan(500 * 1024 ** 2);
  });
});
