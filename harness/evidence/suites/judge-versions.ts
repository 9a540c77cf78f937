import type { BaselineCase } from '../baseline/baseline.ts';
import type { AlternativeOutcome } from '../baseline/other-versions.ts';
import { judgeCase, type Judged } from './judge-case.ts';
import type { Observed } from './observed.ts';
import type { Suite } from './suite.ts';

export interface JudgedVersions {
  readonly judged: Judged;
  /** The outcome of another version that it is like, where it is not as in the baseline. */
  readonly as: AlternativeOutcome | undefined;
}

/** HOT: what one version of the DLL does is right, whichever it is. */
export function judgeVersions(
  { behaviour, comparator }: Suite,
  expected: BaselineCase,
  observed: Observed,
  alternatives: readonly AlternativeOutcome[],
): JudgedVersions {
  const judged = judgeCase(behaviour, comparator, expected.outcome, observed);
  if (alternatives.length === 0 || isRight(judged)) return { judged, as: undefined };
  for (const as of alternatives) {
    const found = judgeCase(behaviour, comparator, as.outcome, observed);
    if (isRight(found)) return { judged: found, as };
  }
  return { judged, as: undefined };
}

function isRight({ verdict }: Judged): boolean {
  return verdict === 'match' || verdict === 'tolerated';
}
