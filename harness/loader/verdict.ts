import { inWineRange, wineRange } from '../evidence/known/wine-range.ts';
import { sameOutcome } from './outcome.ts';
import type { Scenario } from './scenario.ts';
import type { ScenarioVerdict } from '../../protocol/records/result-record.ts';

/** What is needed of a run to judge it. */
export interface Ran {
  readonly scenario: Scenario;
  readonly outcome: readonly string[];
  /** Why it could not be run. */
  readonly harnessError?: string | undefined;
}

/**
 * The verdicts of runs in one runtime, in their order:
 *
 * - `agrees`: it is what is expected of Windows.
 * - `feature-absent`: it is that too, and would be without the feature: the scenario's twin, which needs the feature, does not agree.
 * - `known-divergence`: it is another one, and the one that is declared.
 * - `divergence`: it is another one that nobody has declared.
 * - `unexpected-match`: it agrees, and a divergence is declared.
 * - `windows-unknown`: nobody knows what Windows does, and Wine does what is recorded of it, if anything is.
 * - `changed`: nobody knows what Windows does, and Wine does something else than is recorded of it.
 * - `harness-error`: the scenario could not be run.
 *
 * Twins are looked for among them; a scenario whose twin was not run is judged by itself.
 *
 * @param wine the runtime's version, any text that holds it
 * @throws Error when a declared range is none; `readScenarios` refuses such files
 */
export function judgeScenarios(runs: readonly Ran[], wine: string): ScenarioVerdict[] {
  const alone = new Map(runs.map((ran) => [ran.scenario.id, judge(ran, wine)]));
  return runs.map(({ scenario }) => {
    const verdict = alone.get(scenario.id) ?? 'harness-error';
    const twin = scenario.twin === undefined ? undefined : alone.get(scenario.twin);
    const isAbsent = twin === 'known-divergence' || twin === 'divergence' || twin === 'feature-absent';
    return verdict === 'agrees' && isAbsent ? 'feature-absent' : verdict;
  });
}

function judge({ scenario, outcome, harnessError }: Ran, wine: string): ScenarioVerdict {
  if (harnessError !== undefined) return 'harness-error';
  const { expect, wine: known } = scenario;
  const declared = known !== undefined && applies(known.versions, wine) ? known.outcome : undefined;
  if (expect.outcome === undefined)
    return declared === undefined || sameOutcome(declared, outcome) ? 'windows-unknown' : 'changed';
  if (sameOutcome(expect.outcome, outcome)) return declared === undefined ? 'agrees' : 'unexpected-match';
  return declared !== undefined && sameOutcome(declared, outcome) ? 'known-divergence' : 'divergence';
}

function applies(versions: string | undefined, wine: string): boolean {
  if (versions === undefined) return true;
  const range = wineRange(versions);
  return range !== undefined && inWineRange(wine, range);
}
