import { z } from 'zod';

/** All verdicts, in the order in which reports list them. One set for everything that is judged. */
export const VERDICTS = [
  'match',
  'tolerated',
  'known-divergence',
  'inconclusive',
  'divergence',
  'unexpected-match',
  'fault',
  'timeout',
  'unsupported',
  'baseline-missing',
  'baseline-stale',
  'harness-error',
] as const;

/**
 * What comparing one outcome with what is expected says.
 *
 * `known-divergence` is a divergence somebody declared, with a reason; `unexpected-match` is such a declaration that no
 * longer holds. `tolerated` differs, within the comparator's tolerance. `inconclusive` is an outcome that says nothing about
 * Windows: nobody knows what Windows does, and the case says so, or the outcome would be the same without the feature that is tested.
 * `baseline-stale` means that what is expected was recorded of something else than what ran, so that nothing can be said.
 */
export type Verdict = (typeof VERDICTS)[number];

export const VerdictSchema = z.enum(VERDICTS);

/** The verdicts that let a run pass. Every other one fails it, those of LENIENT_VERDICTS only when it is strict. */
export const PASSING_VERDICTS: readonly Verdict[] = ['match', 'tolerated', 'known-divergence', 'inconclusive'];

/** Nothing could be compared: they fail a run that is strict, and are listed by one that is not. */
export const LENIENT_VERDICTS: readonly Verdict[] = ['unsupported', 'baseline-missing'];

/** The verdicts with which a run passes: one that is not strict lets pass what could not be compared. */
export function passingVerdicts(strict: boolean): readonly Verdict[] {
  return strict ? PASSING_VERDICTS : [...PASSING_VERDICTS, ...LENIENT_VERDICTS];
}

/** Number of cases by verdict. */
export type Totals = Record<Verdict, number>;

export function noTotals(): Totals {
  return Object.fromEntries(VERDICTS.map((verdict) => [verdict, 0])) as Totals;
}

/** How often each verdict was given. */
export function countVerdicts(judged: Iterable<{ readonly verdict: Verdict }>): Totals {
  const totals = noTotals();
  for (const { verdict } of judged) totals[verdict]++;
  return totals;
}

/** The cases are counted by verdict. */
export const TotalsSchema = z.record(VerdictSchema, z.number().nonnegative());
