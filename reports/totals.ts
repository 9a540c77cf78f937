import { noTotals, type Totals, type Verdict, VERDICTS } from '../protocol/records/result-record.ts';

export { noTotals, type Totals };

export function sumTotals(all: Iterable<Readonly<Totals>>): Totals {
  const sum = noTotals();
  for (const totals of all) for (const verdict of VERDICTS) sum[verdict] += totals[verdict];
  return sum;
}

/** Cases with one of these verdicts, or all of them. */
export function count(totals: Readonly<Totals>, verdicts: readonly Verdict[] = VERDICTS): number {
  return verdicts.reduce((sum, verdict) => sum + totals[verdict], 0);
}
