// Search-order scenarios: a fresh process each.
import type { Agent } from '../../harness/calls/agent/agent.ts';
import { parseScenarios } from '../../harness/loader/read-scenarios.ts';
import { ScenarioRunner } from '../../harness/loader/run/runner.ts';
import { type Figure, figure } from './sample.ts';

const AT_ONCE = 40;

/** Per scenario, when several run side by side: laid out, started, run, read, taken away. */
export async function scenarioEach(agent: Agent, rounds: number): Promise<Figure> {
  const scenarios = Array.from({ length: AT_ONCE }, (_, index) => one(`bench-${String(index)}`));
  const runner = new ScenarioRunner(agent);
  await runner.run(scenarios);
  const samples: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const start = process.hrtime.bigint();
    const runs = await runner.run(scenarios);
    samples.push(Number(process.hrtime.bigint() - start) / AT_ONCE);
    if (runs.some(({ outcome }) => outcome.join() !== 'path2')) throw new Error('another DLL was loaded');
  }
  return figure('scenario', samples);
}

function one(id: string): ReturnType<typeof parseScenarios>[number] {
  const text = `{ rule: bench, scenarios: [{ id: ${id}, title: bench, files: { path2/x.dll: { dll: path2 } }, calls: [{ LoadLibrary: x.dll }], expect: path2, evidence: unverified, source: bench }] }`;
  const [scenario] = parseScenarios(text, 'bench');
  if (scenario === undefined) throw new Error('there is one');
  return scenario;
}
