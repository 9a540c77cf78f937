import { describe, expect, library, test } from 'dllparity';
import { referenceDll } from '../../reference-dlls.ts';
import { filtersInDoubt, filtersThatEnd, filtersThatHang, filtersThatSurvive } from './kinds/filters.ts';
import { testKinds } from './matrix.ts';
import { costlyWays } from './ways.ts';

const limited = test.override('config', { callTimeoutMs: 2000 });

testKinds(limited, filtersThatSurvive);
testKinds(limited, filtersThatEnd, { waysOf: costlyWays });
testKinds(test.override('config', { callTimeoutMs: 250 }), filtersThatHang, {
  // What a thread of the pool was doing need not be told in time.
  waysOf: (kind) => costlyWays(kind, ['synchronously', 'in a batch', 'inside a callback']),
});
testKinds(limited, filtersInDoubt, { damages: true, waysOf: costlyWays });

const filters = library(referenceDll('faults_filter.dll'), {
  timesAsked: 'int times_asked(void)',
  before: 'int filters_before(void)',
  callsBack: 'int filter_calls_back(int (*function)(int value))',
  divide: 'int divide_by(int divisor)',
  continues: 'int filter_continues(int value)',
  searches: 'int filter_searches(int value)',
  executes: 'int filter_executes(int value)',
  faults: 'int filter_faults(int value)',
});

describe('the filter of the DLL', () => {
  test('is asked once for each exception, also about that of its own', ({ load }) => {
    const { timesAsked, searches, executes, faults } = load(filters);
    for (const [i, misbehaving] of [searches, executes, faults, faults].entries()) {
      expect(misbehaving.outcome(-1).kind).toBe('faulted');
      expect(timesAsked()).toBe(i + 1);
    }
  });

  test('mends rows of columns, and the others keep their results', ({ load }) => {
    const { divide, timesAsked } = load(filters);
    const before = timesAsked();
    const columns = divide.columns(Int32Array.of(2, 0, 7, 0, 0, 12));
    expect([...columns.results]).toEqual([42, -42, 12, -42, -42, 7]);
    expect(timesAsked() - before).toBe(3);
  });

  test('mends calls on threads of the pool', async ({ load }) => {
    const { divide } = load(filters);
    expect(await Promise.all([0, 2, 0, 4].map((divisor) => divide.async(divisor)))).toEqual([-42, 42, -42, 21]);
  });

  test('may call back, and calls made there may fault', ({ load }) => {
    const { callsBack, searches, divide } = load(filters);
    const seen: string[] = [];
    const outcome = callsBack.outcome((value) => {
      seen.push(divide.outcome(3).kind, searches.outcome(-1).kind);
      return value + 1;
    });
    expect(outcome).toMatchObject({ kind: 'returned', result: -42 });
    expect(seen).toEqual(['returned', 'faulted']);
  });

  test('is told as the one before by the next one', ({ load }) => {
    expect(load(filters).before()).toBe(0b1111);
  });
});
