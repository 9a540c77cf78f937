// Scenarios for tests, written as their users write them.
import { parseScenarios } from '../../loader/read-scenarios.ts';
import type { Scenario } from '../../loader/scenario.ts';

/** The scenarios of a file without its head, each of which expects nothing. */
export function scenariosOf(text: string): Scenario[] {
  const lines = text.split('\n').map((line) => `  ${line}`);
  return parseScenarios(`rule: a test\nscenarios:\n${lines.join('\n')}\n`, 'test.yaml');
}

/** One scenario, from all that stands behind its id. */
export function scenarioOf(text: string): Scenario {
  const lines = text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => `  ${line}`);
  const [scenario] = scenariosOf(
    ['- id: one', '  title: a test', '  evidence: none', '  source: a test', ...lines].join('\n'),
  );
  if (scenario === undefined) throw new Error('there is no scenario');
  return scenario;
}
