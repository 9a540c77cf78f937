// A prediction beside what a runtime did.

import { outcomeText, sameOutcome } from '../outcome.ts';
import type { Prediction } from '../model/predict.ts';
import type { Scenario } from '../scenario.ts';
import { KNOWN_OF_WINE } from './known-wine.ts';

export type Comparison =
  | { readonly kind: 'agrees' }
  /** The documents do not say what Windows does. */
  | { readonly kind: 'unknown'; readonly because: string }
  | { readonly kind: 'known'; readonly id: string }
  | { readonly kind: 'differs'; readonly predicted: readonly string[]; readonly actual: readonly string[] };

export function compare(scenario: Scenario, prediction: Prediction, actual: readonly string[]): Comparison {
  const { outcome } = prediction;
  if (outcome === undefined) return { kind: 'unknown', because: prediction.unknown ?? '' };
  if (sameOutcome(outcome, actual)) return { kind: 'agrees' };
  const known = KNOWN_OF_WINE.find(({ covers }) => covers(scenario, prediction));
  return known === undefined ? { kind: 'differs', predicted: outcome, actual } : { kind: 'known', id: known.id };
}

export function comparisonText(comparison: Comparison): string {
  switch (comparison.kind) {
    case 'agrees':
      return 'the runtime does what the model says';
    case 'unknown':
      return `the model does not know: ${comparison.because}`;
    case 'known':
      return `a known divergence of Wine: ${comparison.id}`;
    case 'differs':
      return `model: ${outcomeText(comparison.predicted)}\nruntime: ${outcomeText(comparison.actual)}`;
  }
}
