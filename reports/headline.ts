import { PASSING_VERDICTS, VERDICTS, type Provenance } from '../protocol/records/result-record.ts';
import type { Compatibility, SubjectResult } from './compatibility.ts';
import { count, sumTotals } from './totals.ts';
import { SAME_VERDICTS } from './verdicts.ts';
import { cases, listed, many, number } from './words.ts';

/** The answer for one runtime. */
export interface Headline {
  readonly runtime: string;
  readonly same: number;
  readonly cases: number;
  /** How many cases behave as Microsoft's code, in a sentence without its full stop. */
  readonly answer: string;
  /** What became of the others. */
  readonly rest: readonly string[];
  /** All of it in one sentence. */
  readonly text: string;
}

export function headlines(model: Compatibility): readonly Headline[] {
  return model.runtimes.flatMap(({ id }) => {
    const suites = model.functions.flatMap((found) => found.results.filter(({ record }) => record.runtime.id === id));
    return suites.length === 0 ? [] : [headline(id, suites)];
  });
}

function headline(runtime: string, suites: readonly SubjectResult[]): Headline {
  const totals = sumTotals(suites.map(({ record }) => record.totals));
  const all = count(totals);
  const same = count(totals, SAME_VERDICTS);
  const known = totals['known-divergence'];
  const others = VERDICTS.filter(
    (verdict) => !PASSING_VERDICTS.includes(verdict) && verdict !== 'unexpected-match' && verdict !== 'divergence',
  );
  const answer = `${number(same)} of ${cases(all)} behave under ${runtime} as ${authority(suites)}`;
  const rest = [
    known > 0
      ? `${many(known, 'known divergence')} in ${functionsWith(suites, ['known-divergence'])}`
      : 'no known divergences',
    totals.divergence > 0
      ? `${many(totals.divergence, 'undeclared divergence')} in ${functionsWith(suites, ['divergence'])}`
      : 'no undeclared divergences',
    ...(count(totals, others) > 0
      ? [
          `${cases(count(totals, others))} crashed, timed out or could not be compared, in ${functionsWith(suites, others)}`,
        ]
      : []),
  ];
  return { runtime, same, cases: all, answer, rest, text: `${[answer, ...rest].join('; ')}.` };
}

function functionsWith(suites: readonly SubjectResult[], verdicts: Parameters<typeof count>[1]): string {
  return many(suites.filter(({ record }) => count(record.totals, verdicts) > 0).length, 'function');
}

/** Who the outcomes were compared with, in words. */
export function authority(suites: readonly SubjectResult[]): string {
  const names = new Set(
    suites.flatMap(({ record }) => (record.baseline === null ? [] : [authorityOf(record.baseline.provenance)])),
  );
  if (suites.some(({ record }) => record.cited !== undefined)) names.add('Windows as cited');
  return names.size === 0 ? 'an unknown reference (no baseline)' : listed([...names], 3);
}

function authorityOf({ oracle, dll, fileVersion, host }: Provenance): string {
  switch (oracle) {
    case 'microsoft-dll':
      return `Microsoft’s ${dll} ${fileVersion}`;
    case 'windows':
      return `${dll} ${fileVersion} on Windows (${host})`;
    case 'documented':
      return `the documentation of ${dll} says`;
  }
}
