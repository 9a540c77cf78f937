// A prediction beside what a runtime did.

import { outcomeText, sameOutcome } from '../../harness/loader/outcome.ts';
import { predict } from '../../harness/loader/model/predict.ts';
import { WineWays } from '../../harness/loader/model/wine-ways.ts';
import type { WineWay } from '../../harness/loader/model/ways.ts';
import type { Architecture } from '../../harness/loader/model/world.ts';
import type { Scenario } from '../../harness/loader/scenario.ts';

export type Comparison =
  | { readonly kind: 'agrees' }
  /** The documents do not say what Windows does. */
  | { readonly kind: 'unknown'; readonly because: string }
  /** The outcome is the one that follows from what is known of Wine. */
  | { readonly kind: 'known'; readonly ids: readonly WineWay[] }
  /** It begins as what is known of Wine makes it begin; then comes what the documents do not speak of. */
  | { readonly kind: 'excused'; readonly ids: readonly WineWay[]; readonly because: string }
  /** `ofWine`: what follows from what is known of it, as far as that goes. */
  | {
      readonly kind: 'differs';
      readonly predicted: readonly string[];
      readonly ofWine: readonly string[];
      readonly actual: readonly string[];
    };

export function compare(scenario: Scenario, actual: readonly string[], architecture: Architecture): Comparison {
  const { outcome, unknown } = predict(scenario, { architecture });
  if (outcome === undefined) return { kind: 'unknown', because: unknown ?? '' };
  if (sameOutcome(outcome, actual)) return { kind: 'agrees' };
  const ways = new WineWays(scenario);
  const wine = predict(scenario, { architecture, ways });
  const ids = [...ways.taken];
  const ofWine = wine.steps.flatMap(({ word }) => word ?? []);
  if (wine.unknown === undefined && sameOutcome(ofWine, actual)) return { kind: 'known', ids };
  if (wine.unknown !== undefined && ids.length > 0 && sameOutcome(ofWine, actual.slice(0, ofWine.length)))
    return { kind: 'excused', ids, because: wine.unknown };
  return { kind: 'differs', predicted: outcome, ofWine, actual };
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
      return `known divergences of Wine (${comparison.ids.join(', ')}), and then: ${comparison.because}`;
    case 'differs': {
      const { predicted, ofWine, actual } = comparison;
      return `model: ${outcomeText(predicted)}\nknown of Wine: ${outcomeText(ofWine)}\nruntime: ${outcomeText(actual)}`;
    }
  }
}
