import { expect, test as base } from 'dllparity';
import { explain } from '../../../harness/loader/model/explain.ts';
import { predict } from '../../../harness/loader/model/predict.ts';
import { comparisonText } from '../../random/compare.ts';
import { type RunScenarios, shrink, tryScenarios, type TryOptions } from '../../random/try-scenarios.ts';
import { writeScenario } from '../../random/write-scenario.ts';
import { ScenarioRunner } from '../../../harness/loader/run/runner.ts';

/** How many, and which series. The same ones in each run, so that a change is to blame for what is new; whoever asks for a number gets others. */
const [count, series] = (process.env['DLLPARITY_SCENARIOS'] || '100:1').split(':').map(Number);
const COUNT = count || 100;
const SEED = series ?? Date.now() % 0x7fffffff;
/** Shrinking runs scenarios one by one: a few tell what is wrong. */
const MAX_SHRUNK = 3;

const test = base.override('config', { callTimeoutMs: 30_000 });

test(
  `${String(COUNT)} random scenarios end as the model says (DLLPARITY_SCENARIOS=${String(COUNT)}:${String(SEED)})`,
  async ({ agent }) => {
    const runner = new ScenarioRunner(agent);
    const run: RunScenarios = async (scenarios) => {
      const runs = await runner.run(scenarios);
      return runs.map(({ outcome, harnessError }) => {
        if (harnessError !== undefined) throw new Error(harnessError);
        return outcome;
      });
    };
    const options: TryOptions = { seed: SEED, count: COUNT, architecture: agent.installation.architecture };
    const tried = await tryScenarios(run, options);
    const reports: string[] = [];
    for (const { index } of tried.differing.slice(0, MAX_SHRUNK)) {
      const { scenario, comparison } = await shrink(run, options, index);
      const reasons = explain(predict(scenario, options)).join('\n');
      reports.push(`${writeScenario(scenario)}\n${comparisonText(comparison)}\n\n${reasons}`);
    }
    expect(reports, reports.join('\n\n')).toEqual([]);
    expect(tried.differing).toEqual([]);
    expect(Object.values(tried.counts).reduce((all, count) => all + count, 0)).toBe(COUNT);
    // Most have an answer that agrees: a model that knows nothing, or a list that excuses all, would pass otherwise.
    expect(tried.counts.agrees).toBeGreaterThan(COUNT / 2);
    expect(tried.counts.excused).toBeLessThan(COUNT / 20);
    if (process.env['DLLPARITY_SCENARIOS']) console.log(tried.counts, tried.known);
  },
  60_000 + COUNT * 500,
);
