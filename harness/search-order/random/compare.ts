// A prediction beside what a runtime did.

import { outcomeText, sameOutcome } from '../outcome.ts';
import type { Prediction } from '../model/predict.ts';
import type { Scenario } from '../scenario.ts';
import { KNOWN_OF_WINE } from './known-wine.ts';

export type Comparison =
  | { readonly kind: 'agrees' }
  /** The documents do not say what Windows does. */
  | { readonly kind: 'unknown'; readonly because: string }
  /** The outcome is the one that follows from what is known of Wine. */
  | { readonly kind: 'known'; readonly ids: readonly string[] }
  /** The outcome is of a sort that nothing is predicted of. */
  | { readonly kind: 'excused'; readonly ids: readonly string[] }
  | { readonly kind: 'differs'; readonly predicted: readonly string[]; readonly actual: readonly string[] };

/** @param predictIt the model */
export function compare(
  scenario: Scenario,
  actual: readonly string[],
  predictIt: (scenario: Scenario) => Prediction,
): Comparison {
  const prediction = predictIt(scenario);
  const { outcome } = prediction;
  if (outcome === undefined) return { kind: 'unknown', because: prediction.unknown ?? '' };
  if (sameOutcome(outcome, actual)) return { kind: 'agrees' };
  const taken = asWineTakes(scenario, predictIt);
  const excused = KNOWN_OF_WINE.filter((known) => known.kind === 'excuse' && known.covers(scenario, prediction));
  const differs = { kind: 'differs', predicted: outcome, actual } as const;
  if (taken.ids.length > 0) {
    const ofWine = predictIt(taken.scenario).outcome;
    // What the documents do not say of it, they do not say of Wine either.
    if (ofWine === undefined) return { kind: 'excused', ids: taken.ids };
    if (saysThat(actual, ofWine, taken.errors)) return { kind: 'known', ids: taken.ids };
  }
  return excused.length > 0 ? { kind: 'excused', ids: excused.map(({ id }) => id) } : differs;
}

interface Taken {
  readonly ids: readonly string[];
  readonly scenario: Scenario;
  readonly errors: Readonly<Record<string, string>>;
}

/** What is left of a scenario for Wine, and in which words it answers. */
function asWineTakes(scenario: Scenario, predictIt: (scenario: Scenario) => Prediction): Taken {
  const ids: string[] = [];
  const errors: Record<string, string> = {};
  let taken = scenario;
  for (const known of KNOWN_OF_WINE) {
    const before = taken;
    if (known.kind === 'heedless') taken = known.asWine(taken, predictIt);
    const isSaid = known.kind === 'wording' && known.covers(scenario);
    if (isSaid) Object.assign(errors, known.errors);
    if (isSaid || taken !== before) ids.push(known.id);
  }
  return { ids, scenario: taken, errors };
}

/** Whether Wine says what is predicted, with its own errors or with those of Windows: it depends on where the loader meets them. */
function saysThat(actual: readonly string[], predicted: readonly string[], errors: Taken['errors']): boolean {
  if (actual.length !== predicted.length) return false;
  return predicted.every((word, index) => {
    // The error is the last part, as in `start STATUS_INVALID_IMAGE_FORMAT`.
    const ofWine = word.replace(/\w+$/, (error) => errors[error] ?? error);
    return actual[index] === word || actual[index] === ofWine;
  });
}

export function comparisonText(comparison: Comparison): string {
  switch (comparison.kind) {
    case 'agrees':
      return 'the runtime does what the model says';
    case 'unknown':
      return `the model does not know: ${comparison.because}`;
    case 'known':
      return `a known divergence of Wine: ${comparison.ids.join(', ')}`;
    case 'excused':
      return `what Wine does is not predicted: ${comparison.ids.join(', ')}`;
    case 'differs':
      return `model: ${outcomeText(comparison.predicted)}\nruntime: ${outcomeText(comparison.actual)}`;
  }
}
