import {
  PASSING_SCENARIOS,
  SCENARIO_VERDICTS,
  type ScenarioRecord,
  type ScenarioVerdict,
} from '../../protocol/records/result-record.ts';
import type { Compatibility, RuleResult } from '../compatibility.ts';
import { many, number } from '../words.ts';
import { SCENARIO_WORDS } from './scenario-words.ts';

export type ScenarioTotals = Record<ScenarioVerdict, number>;

export function scenarioTotals(rules: readonly RuleResult[]): ScenarioTotals {
  const sum = Object.fromEntries(SCENARIO_VERDICTS.map((verdict) => [verdict, 0])) as ScenarioTotals;
  for (const { record } of rules) for (const verdict of SCENARIO_VERDICTS) sum[verdict] += record.totals[verdict];
  return sum;
}

/** Scenarios that are not as they are declared. */
export function failedScenarios(model: Compatibility): readonly ScenarioRecord[] {
  return model.rules.flatMap(({ scenarios }) =>
    scenarios.filter(({ verdict }) => !PASSING_SCENARIOS.includes(verdict)),
  );
}

/** One sentence for each runtime that ran scenarios. */
export function scenarioHeadlines(model: Compatibility): readonly string[] {
  const runtimes = new Set(model.rules.map(({ record }) => record.runtime.id));
  return [...runtimes].map((id) => {
    const rules = model.rules.filter(({ record }) => record.runtime.id === id);
    const totals = scenarioTotals(rules);
    const all = rules.reduce((sum, { record }) => sum + record.scenarios, 0);
    const others = SCENARIO_VERDICTS.filter((verdict) => verdict !== 'agrees' && totals[verdict] > 0).map(
      (verdict) => `${number(totals[verdict])} ${SCENARIO_WORDS[verdict].label}`,
    );
    return `Which DLL: ${number(totals.agrees)} of ${many(all, 'scenario')} load under ${id} what Windows loads${others.length === 0 ? '' : `; ${others.join(', ')}`}.`;
  });
}
