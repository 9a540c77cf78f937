import { inVersionRange, versionRange } from '../base/runtime-selector.ts';
import { sameOutcome } from './outcome.ts';
import type { Scenario } from './scenario.ts';
import type { Verdict } from '../../protocol/records/result-record.ts';

/** What is needed of a run to judge it. */
export interface Ran {
  readonly scenario: Scenario;
  readonly outcome: readonly string[];
  /** Why it could not be run. */
  readonly harnessError?: string | undefined;
}

/** A verdict, and why it is that one where the outcomes alone do not say. */
export interface ScenarioVerdict {
  readonly verdict: Verdict;
  readonly note?: string;
}

/**
 * The verdicts of runs in one runtime, in their order:
 *
 * - `match`: it is what is expected of Windows.
 * - `known-divergence`: it is another one, and the one that is declared.
 * - `inconclusive`: nobody knows what Windows does, and Wine does what is recorded of it, if anything is; or it is what is expected of
 *   Windows and would be without the feature: the scenario's twin, which needs the feature, does not match.
 * - `divergence`: it is another one that nobody has declared.
 * - `unexpected-match`: it matches, and a divergence is declared.
 * - `baseline-stale`: nobody knows what Windows does, and Wine does something else than is recorded of it.
 * - `harness-error`: the scenario could not be run.
 *
 * Twins are looked for among them; a scenario whose twin was not run is judged by itself.
 *
 * @param wine the runtime's version, any text that holds it
 * @throws Error when a declared range is none; `readScenarios` refuses such files
 */
export function judgeScenarios(runs: readonly Ran[], wine: string): ScenarioVerdict[] {
  const alone = new Map(runs.map((ran) => [ran.scenario.id, judge(ran, wine)]));
  return runs.map((ran) => {
    const { twin, id } = ran.scenario;
    const own = alone.get(id) ?? { verdict: 'harness-error' };
    const other = twin === undefined ? undefined : alone.get(twin)?.verdict;
    const isAbsent = other === 'known-divergence' || other === 'divergence';
    if (own.verdict !== 'match' || !isAbsent || twin === undefined) return own;
    return { verdict: 'inconclusive', note: `says little here: ${twin}, which needs the feature, does not match` };
  });
}

function judge({ scenario, outcome, harnessError }: Ran, wine: string): ScenarioVerdict {
  if (harnessError !== undefined) return { verdict: 'harness-error', note: `could not be run: ${harnessError}` };
  const { expect, wine: known } = scenario;
  const declared = known !== undefined && applies(known.versions, wine) ? known.outcome : undefined;
  if (expect.outcome === undefined)
    return declared === undefined || sameOutcome(declared, outcome)
      ? { verdict: 'inconclusive', note: 'nobody knows what Windows does' }
      : {
          verdict: 'baseline-stale',
          note: 'nobody knows what Windows does, and Wine does something else than is recorded of it',
        };
  if (sameOutcome(expect.outcome, outcome)) return { verdict: declared === undefined ? 'match' : 'unexpected-match' };
  return { verdict: declared !== undefined && sameOutcome(declared, outcome) ? 'known-divergence' : 'divergence' };
}

function applies(versions: string | undefined, wine: string): boolean {
  if (versions === undefined) return true;
  const range = versionRange(versions);
  return range !== undefined && inVersionRange(wine, range);
}
