import type { Agent } from '../../calls/agent/agent.ts';
import type { Scenario } from '../scenario.ts';
import { judgeScenarios } from '../verdict.ts';
import { SCENARIO_TIMEOUT_MS, ScenarioRunner } from './runner.ts';
import type { JudgedRun } from './scenario-table.ts';

/** `callTimeoutMs` of an agent that runs scenarios: it waits longer than a program may run, so that one that hangs costs nothing but itself. */
export const SCENARIO_CALL_MS = SCENARIO_TIMEOUT_MS + 15_000;

/** Runs scenarios and says what each outcome means; `onResult` is told as they end. */
export async function runJudged(
  agent: Agent,
  scenarios: readonly Scenario[],
  onResult?: () => void,
): Promise<readonly JudgedRun[]> {
  const runs = await new ScenarioRunner(agent).run(scenarios, onResult);
  const verdicts = judgeScenarios(runs, agent.installation.wineVersion);
  return runs.map((run, index) => ({ run, ...(verdicts[index] ?? { verdict: 'harness-error' }) }));
}
