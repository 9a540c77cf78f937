import { describe, expect, test } from 'vitest';
import { readCompatibility } from '../compatibility.ts';
import { judge } from '../judgement.ts';
import { readResults } from '../read-results.ts';
import { ReportError } from '../report-error.ts';
import { end, jsonLines, match, RUN, suite, wholeRun } from './sample-records.ts';
import { scratch, written } from './write-sample.ts';

async function kinds(file: string): Promise<string[]> {
  const found: string[] = [];
  for await (const { record, line } of readResults(file)) found.push(`${String(line)} ${record.record}`);
  return found;
}

async function problem(text: string | Buffer): Promise<{ error: ReportError; file: string }> {
  const file = await written(text);
  const error = await kinds(file).then(
    () => null,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(ReportError);
  return { error: error as ReportError, file };
}

const SUITE = suite('sin', [match('one'), match('two')]);

describe('a whole file', () => {
  test('is read record by record, with line numbers', async () => {
    expect(await kinds(await written(wholeRun(SUITE, true)))).toEqual([
      '1 run',
      '2 subject',
      '3 case',
      '4 case',
      '5 end',
    ]);
  });

  test('may hold U+2028 in strings, blank lines and fields this version does not know', async () => {
    const odd = suite('sin', [match('before\u2028after')]).map((record) => ({ ...record, later: true }));
    expect(await kinds(await written(`${wholeRun(odd, true)}\n`))).toHaveLength(4);
  });

  test('is put together when a character straddles two chunks', async () => {
    const name = 'ä€😀'.repeat(60_000);
    const records: string[] = [];
    for await (const { record } of readResults(await written(wholeRun(suite('sin', [match(name)]), true)))) {
      if (record.record === 'case') records.push(record.id);
    }
    expect(records).toEqual([name]);
  });
});

describe('an interrupted file', () => {
  test.each([
    ['without an end line', jsonLines([RUN, ...SUITE])],
    ['cut in the middle of a line', jsonLines([RUN, ...SUITE]).slice(0, -20)],
    ['with a run line alone', jsonLines([RUN])],
  ])('%s is readable and said to be interrupted', async (_, text) => {
    const model = await readCompatibility([await written(text)]);
    const { state, reasons } = judge(model);
    expect(state).toBe('interrupted');
    expect(reasons[0]?.text).toMatch(/interrupted.*no "end" line.*unknown/u);
  });

  test('names the suite whose lines are missing', async () => {
    const model = await readCompatibility([await written(jsonLines([RUN, ...SUITE]).slice(0, -20))]);
    expect(judge(model).notes.join()).toMatch(/sin in wine-8.0-x64 counts 2 cases, and .* has 1 line/u);
  });
});

describe('a broken file', () => {
  test('names the line that is not JSON, and what to do', async () => {
    const { error, file } = await problem(jsonLines([RUN, ...SUITE]).replace('"id":"one"', '"id":"one'));
    expect(error.message).toContain(`${file}:3: not JSON`);
    expect(error.line).toBe(3);
    expect(error.fix).toMatch(/Run the suites again/u);
  });

  test.each([
    [
      'a field of the wrong type',
      ['"id":"one"', '"id":7'],
      3,
      /"case" record: id: expected string, received number; got 7/u,
    ],
    [
      'an unknown verdict',
      ['"verdict":"match"', '"verdict":"fine"'],
      3,
      /verdict: expected one of "match".*got "fine"/u,
    ],
    ['an unknown kind', ['"record":"case"', '"record":"note"'], 3, /unknown kind of record: "note"/u],
    [
      'a case nobody described',
      ['"runtime":"wine-8.0-x64"', '"runtime":"wine-9.0-x64"'],
      3,
      /no line before it describes/u,
    ],
    ['another schema', ['"schema":2', '"schema":3'], 1, /schema 3; this version reads schema 1 and 2/u],
    [
      'a nested field',
      ['"fileVersion":"12.0.21005.1"', '"fileVersion":12'],
      2,
      /baseline\.provenance\.fileVersion: expected string/u,
    ],
  ] as const)('%s', async (_, [from, to], line, message) => {
    const { error } = await problem(wholeRun(SUITE, true).replace(from, to));
    expect(error.line).toBe(line);
    expect(error.message).toMatch(message);
  });

  test('that is empty, absent, a folder, or begins otherwise', async () => {
    expect((await problem('')).error.message).toMatch(/is empty.*\n.*npm run conformance/u);
    expect((await problem(jsonLines(SUITE))).error.message).toMatch(/:1: begins with a "subject" record/u);
    expect((await problem('PK\u0003\u0004')).error.message).toMatch(/:1: not JSON/u);
    await expect(kinds('/nowhere/results.jsonl')).rejects.toThrow(/\/nowhere\/results.jsonl: there is no such file/u);
    await expect(kinds(await scratch())).rejects.toThrow(/cannot be read \(EISDIR\)/u);
  });

  test('of two runs joined', async () => {
    expect((await problem(wholeRun(SUITE, true).repeat(2))).error.message).toMatch(/:6: a second "run" record/u);
    expect((await problem(jsonLines([RUN, end([], true), end([], true)]))).error.message).toMatch(
      /:3: a record after "end"/u,
    );
  });
});
