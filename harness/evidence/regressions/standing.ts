import type { Verdict } from '../../../protocol/records/result-record.ts';

/** What a verdict says about Windows: the case is as there, it is not, or nobody can say. */
export type Standing = 'right' | 'wrong' | 'unjudged';

/** A declaration excuses a divergence and makes it no match; one that is gone leaves a match. */
export const STANDINGS: Readonly<Record<Verdict, Standing>> = {
  match: 'right',
  tolerated: 'right',
  'unexpected-match': 'right',
  'known-divergence': 'wrong',
  divergence: 'wrong',
  fault: 'wrong',
  timeout: 'wrong',
  unsupported: 'wrong',
  inconclusive: 'unjudged',
  'baseline-missing': 'unjudged',
  'baseline-stale': 'unjudged',
  'harness-error': 'unjudged',
};
