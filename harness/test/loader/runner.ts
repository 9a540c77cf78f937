// Runs one scenario, for tests.
import { expect } from 'vitest';
import type { Agent } from '../../agent.ts';
import { ScenarioRunner, type ScenarioRun } from '../../loader/run/runner.ts';
import { scenarioOf } from './scenarios.ts';

export async function run(agent: Agent, text: string): Promise<ScenarioRun> {
  const [first] = await new ScenarioRunner(agent).run([scenarioOf(text)]);
  if (first === undefined) throw new Error('it gave nothing');
  return first;
}

export async function outcome(agent: Agent, text: string): Promise<readonly string[]> {
  const { outcome: words, harnessError } = await run(agent, text);
  expect(harnessError).toBeUndefined();
  return words;
}
