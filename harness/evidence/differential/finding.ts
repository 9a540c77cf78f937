import type { Json } from '../compare/json.ts';
import { judgeCase, type Judged } from '../suites/judge-case.ts';
import type { Suite } from '../suites/suite.ts';
import { type DifferenceKind, differenceKind, endOf } from './difference-kind.ts';
import { inputShape } from './input-shape.ts';
import type { Both } from './pair.ts';
import type { RecordedOutcome } from '../baseline/baseline.ts';

/** A case in which the sides differ. */
export interface Finding extends Both {
  readonly inputs: readonly Json[];
  readonly judged: Judged;
  readonly kind: DifferenceKind;
}

/** What of the cases is looked for. */
export type Search = 'differences' | 'crashes';

/** Looks at what both sides did with a case; undefined where that is nothing that is looked for. */
export function examine(suite: Suite, search: Search, inputs: readonly Json[], both: Both): Finding | undefined {
  const { a, b } = both;
  if (a === b) return undefined;
  const { behaviour, comparator } = suite;
  // A side that hangs or breaks its own process says nothing that the other could be compared with.
  if (a.kind === 'timed-out' || a.kind === 'wire-damaged' || a.kind === 'not-callable') return undefined;
  if (b.kind === 'not-callable') return undefined;
  const judged = judgeCase(behaviour, comparator, a as RecordedOutcome, b);
  if (judged.verdict === 'match' || judged.verdict === 'tolerated') return undefined;
  if (search === 'differences')
    return { ...both, inputs, judged, kind: differenceKind(behaviour, judged, a, b) };
  if (b.kind === 'returned') return undefined;
  return { ...both, inputs, judged, kind: { text: `crashes: ${endOf(b)} at ${placeOf(b)}`, isNear: false } };
} // prettier-ignore

function placeOf(seen: Both['b']): string {
  return ('place' in seen ? seen.place : undefined) ?? 'no known place';
}

/** What findings with the same cause have in common, within a suite. A crash is known by its place alone. */
export function causeOf(suite: Suite, search: Search, { inputs, kind }: Finding): string {
  if (search === 'crashes') return kind.text;
  const shape = inputShape(suite.behaviour, inputs, kind.isNear);
  return `${kind.text} | ${shape}`;
}
