import { expect, test } from 'vitest';
import { conformanceTotals, vitestTotals } from '../totals.mjs';

const tests = (...states: string[]) => ({
  status: states.includes('failed') ? 'failed' : 'passed',
  assertionResults: states.map((status) => ({ status })),
});
const report = (...testResults: object[]): string => JSON.stringify({ testResults });
const lines = (...records: object[]): string => records.map((record) => JSON.stringify(record)).join('\n');
const suite = (totals: object, problem: object | null = null) => ({ record: 'subject', totals, problem });
const END = { record: 'end', ok: true };

test('tests are counted; skipped ones are neither passed nor failed', () => {
  const text = report(tests('passed', 'passed', 'skipped'), tests('failed', 'passed'));
  expect(vitestTotals(text, 1)).toEqual({ passed: 3, failed: 1, skipped: 1 });
});

test('a file that could not be run, an error outside any test, and no report at all are failures', () => {
  expect(vitestTotals(report({ status: 'failed', assertionResults: [] }), 1)).toMatchObject({ passed: 0, failed: 1 });
  expect(vitestTotals(report(tests('passed')), 1)).toMatchObject({ passed: 1, failed: 1 });
  expect(vitestTotals(undefined, 1)).toMatchObject({ passed: 0, failed: 1 });
});

test('a function with many cases is one', () => {
  const text = lines(
    suite({ match: 999, tolerated: 1 }),
    suite({ match: 1, divergence: 3 }),
    { record: 'test', state: 'passed' },
    END,
  );
  expect(conformanceTotals(text, 1)).toEqual({ passed: 2, failed: 1 });
});

test('a search-order rule with many scenarios is one', () => {
  const rule = (totals: object) => ({ record: 'subject', totals });
  const text = lines(rule({ match: 9, inconclusive: 1 }), rule({ match: 9, 'baseline-stale': 1 }), END);
  expect(conformanceTotals(text, 1)).toEqual({ passed: 1, failed: 1 });
});

test('what could not be compared counts as failed when the run is strict', () => {
  const records = [suite({ match: 1 }), suite({ match: 0 }, { verdict: 'baseline-missing' })];
  const lenient = { record: 'run', strict: false };
  expect(conformanceTotals(lines(lenient, ...records, END), 0)).toEqual({ passed: 1, failed: 0 });
  for (const run of [{ record: 'run', strict: true }, { record: 'run' }])
    expect(conformanceTotals(lines(run, ...records, { ...END, ok: false }), 1)).toEqual({ passed: 1, failed: 1 });
});

test('a run that was cut off has failed', () => {
  expect(conformanceTotals(lines(suite({ match: 1 })), 0)).toEqual({ passed: 1, failed: 1 });
  expect(conformanceTotals(undefined, 0)).toEqual({ passed: 0, failed: 1 });
});
