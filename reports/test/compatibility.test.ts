import { describe, expect, test } from 'vitest';
import { causesOf } from '../cause.ts';
import { readCompatibility } from '../compatibility.ts';
import { headlines } from '../headline.ts';
import { judge } from '../judgement.ts';
import { end, jsonLines, match, RUN, runtime, suite, wholeRun } from './sample-records.ts';
import { sampleRun } from './sample-run.ts';
import { written } from './write-sample.ts';

const EIGHT = wholeRun(sampleRun(), false);
const TEN = wholeRun(sampleRun({ runtime: runtime('10.0'), divergence: 0.4, clean: true }), true);

describe('one run', () => {
  test('counts cases by verdict, function by function', async () => {
    const { functions, totals } = await readCompatibility([await written(EIGHT)]);
    const copy = functions.find(({ name }) => name === 'memcpy_s');
    expect(copy?.totals).toMatchObject({ match: 2, fault: 1, timeout: 1, 'unexpected-match': 1 });
    expect(functions.reduce((sum, found) => sum + found.totals['known-divergence'], 0)).toBe(
      totals['known-divergence'],
    );
    expect(Number(functions.find(({ name }) => name === 'tgamma')?.maxUlp)).toBeGreaterThan(100);
    expect(copy?.maxUlp).toBeNull();
  });

  test('answers in a sentence', async () => {
    const [headline] = headlines(await readCompatibility([await written(EIGHT)]));
    expect(headline?.text).toMatch(
      /^[\d,]+ of 4,508 cases behave under wine-8\.0-x64 as Microsoft’s msvcr120\.dll 12\.0\.21005\.1; \d+ known divergences in \d functions; /u,
    );
  });

  test('says why it fails', async () => {
    const { state, reasons } = judge(await readCompatibility([await written(EIGHT)]));
    expect(state).toBe('failed');
    expect(reasons.map(({ text }) => text).join('\n')).toMatch(
      /1 fault in 1 function: memcpy_s\n.*\n1 test failed: strtol sets errno/u,
    );
  });

  test('groups cases by declaration, and undeclared ones by how they differ, worst first', async () => {
    const model = await readCompatibility([await written(EIGHT)]);
    const [suite_] = model.functions.find(({ name }) => name === 'tgamma')?.results ?? [];
    if (suite_ === undefined) throw new Error('no tgamma');
    const causes = causesOf(suite_);
    expect(causes).toHaveLength(1);
    expect(causes[0]?.title).toMatch(/musl/u);
    const distances = causes[0]?.cases.map(({ detail }) => Number(detail?.difference?.ulp)) ?? [];
    expect(distances).toEqual([...distances].sort((a, b) => b - a));
  });
});

describe('what the run says of itself', () => {
  test('a failure that no record explains stays a failure', async () => {
    const { state, reasons } = judge(
      await readCompatibility([await written(wholeRun(suite('sin', [match('a')]), false))]),
    );
    expect(state).toBe('failed');
    expect(reasons[0]?.text).toMatch(/nothing in its results says why/u);
  });

  test('a missing baseline fails a strict run only', async () => {
    const records = suite('sin', [{ ...match('a'), verdict: 'baseline-missing' }]);
    const strict = judge(await readCompatibility([await written(wholeRun(records, false))]));
    const lenient = judge(await readCompatibility([await written(wholeRun(records, true, false))]));
    expect([strict.state, strict.reasons[0]?.text]).toEqual(['failed', '1 case without a baseline in 1 function: sin']);
    expect([lenient.state, lenient.notes]).toEqual(['passed', ['1 case without a baseline in 1 function: sin']]);
    const others = [...records, ...suite('cos', [{ ...match('a'), verdict: 'divergence' }])];
    const failed = judge(await readCompatibility([await written(wholeRun(others, false, false))]));
    expect(failed.reasons.map(({ text }) => text)).toEqual(['1 undeclared divergence in 1 function: cos']);
    expect(failed.notes).toEqual(['1 case without a baseline in 1 function: sin']);
  });

  test('a divergence fails whatever the end line says, and lost suites are noticed', async () => {
    const records = suite('sin', [{ ...match('a'), verdict: 'divergence' }]);
    expect(judge(await readCompatibility([await written(wholeRun(records, true))])).state).toBe('failed');
    const lost = jsonLines([RUN, end([match('a')], true)]);
    expect(judge(await readCompatibility([await written(lost)])).notes[0]).toMatch(/some suites are missing/u);
  });
});

describe('several runs', () => {
  test('stand side by side, and a case knows its verdict elsewhere', async () => {
    const model = await readCompatibility([await written(EIGHT), await written(TEN)]);
    expect(model.runtimes.map(({ id }) => id)).toEqual(['wine-8.0-x64', 'wine-10.0-x64']);
    const log2 = model.functions.find(({ name }) => name === 'log2');
    expect(log2?.results).toHaveLength(2);
    expect(model.functions.find(({ name }) => name === 'memcpy_s')?.results).toHaveLength(1);
    expect(headlines(model)).toHaveLength(2);
  });

  test('are refused when they do not belong together', async () => {
    const file = await written(wholeRun(suite('sin', [match('a')]), true));
    await expect(readCompatibility([file, file])).rejects.toThrow(/already reported in .*:2\n {2}Pass only one/u);

    const changed = suite('sin', [match('a')], { runtime: runtime('10.0') }).map((record) =>
      record.record === 'subject' && record.baseline !== null
        ? { ...record, baseline: { ...record.baseline, digest: 'other' } }
        : record,
    );
    await expect(readCompatibility([file, await written(wholeRun(changed, true))])).rejects.toThrow(
      /compared with another baseline \(other\)/u,
    );

    const rebuilt = await written(
      wholeRun(suite('cos', [match('a')], { runtime: { ...runtime(), build: 'wine-8.0 (patched)' } }), true),
    );
    await expect(readCompatibility([file, rebuilt])).rejects.toThrow(/is "wine-8.0 \(patched\)" here/u);
  });
});

describe('processes that other calls have spoilt', () => {
  const carried = { ...match('b'), carriedOver: 'state carried over: after 9 calls of its process faulted: X' };

  test('a case that came out differently after other calls is noted, and fails nothing', async () => {
    const model = await readCompatibility([await written(wholeRun(suite('sin', [match('a'), carried]), true))]);
    const { state, notes } = judge(model);
    expect(state).toBe('passed');
    expect(notes.join('\n')).toMatch(
      /msvcr120\.dll\/sin in .*: 1 case came out differently .*Case b: .*after 9 calls/u,
    );
    expect(model.functions[0]?.results[0]?.cases).toEqual([]);
  });

  test('a death that came after a call fails the run, and names a suspect', async () => {
    const late = {
      text: 'the agent process died up to 30 ms after the last call had returned: X',
      withinMs: 30,
      suspects: [
        { call: 'a.dll!one()', replayed: 'survived' },
        { call: 'a.dll!two(2)', replayed: 'crashed again' },
      ],
    } as const;
    const run = wholeRun(suite('sin', [match('a')], { lateFaults: [late] }), false);
    const { state, reasons } = judge(await readCompatibility([await written(run)]));
    expect(state).toBe('failed');
    expect(reasons.map(({ text }) => text)).toEqual([
      expect.stringMatching(/died up to 30 ms .*suspect: a\.dll!two\(2\) \(crashed again\)/u),
    ]);
  });
});
