import { VERDICTS, type Verdict } from '../protocol/records/result-record.ts';

/** Number of cases by verdict. */
export type Totals = Record<Verdict, number>;

export function noTotals(): Totals {
  return Object.fromEntries(VERDICTS.map((verdict) => [verdict, 0])) as Totals;
}

export function sumTotals(all: Iterable<Readonly<Totals>>): Totals {
  const sum = noTotals();
  for (const totals of all) for (const verdict of VERDICTS) sum[verdict] += totals[verdict];
  return sum;
}

/** Cases with one of these verdicts, or all of them. */
export function count(totals: Readonly<Totals>, verdicts: readonly Verdict[] = VERDICTS): number {
  return verdicts.reduce((sum, verdict) => sum + totals[verdict], 0);
}
