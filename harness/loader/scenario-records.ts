import { relative } from 'node:path';
import {
  SCENARIO_VERDICTS,
  type RuntimeRecord,
  type ScenarioRecord,
  type ScenariosRecord,
  type ScenarioVerdict,
} from '../../protocol/records/result-record.ts';
import type { JudgedRun } from './run/scenario-table.ts';

/**
 * Lines of results.jsonl for the scenarios of one rule in one runtime: the rule first.
 *
 * @param root the folder that paths are relative to
 */
export function scenarioRecords(
  judged: readonly JudgedRun[],
  runtime: RuntimeRecord,
  root: string,
): [ScenariosRecord, ...ScenarioRecord[]] {
  const totals = Object.fromEntries(SCENARIO_VERDICTS.map((verdict) => [verdict, 0])) as Record<
    ScenarioVerdict,
    number
  >;
  for (const { verdict } of judged) totals[verdict]++;
  const first = judged[0]?.run.scenario;
  const lines = judged.map((each) => scenarioRecord(each, runtime.id, root));
  return [
    {
      record: 'scenarios',
      rule: first?.rule ?? '',
      runtime,
      file: relative(root, first?.file ?? ''),
      scenarios: judged.length,
      totals,
      durationMs: lines.reduce((sum, { durationMs }) => sum + durationMs, 0),
    },
    ...lines,
  ];
}

function scenarioRecord({ run, verdict }: JudgedRun, runtime: string, root: string): ScenarioRecord {
  const { scenario, outcome, harnessError, ms } = run;
  const { id, rule, title, file, line, expect, wine, twin } = scenario;
  return {
    record: 'scenario',
    rule,
    runtime,
    id,
    title,
    line,
    verdict,
    expected: expect.outcome ?? null,
    evidence: expect.evidence,
    source: expect.source,
    actual: outcome,
    ...(wine === undefined ? {} : { because: wine.because }),
    ...(twin === undefined ? {} : { twin }),
    ...(harnessError === undefined ? {} : { problem: harnessError }),
    durationMs: Math.round(ms),
    replay: `npx dllparity scenario run ${relative(root, file)} --only ${id} --runtime ${runtime}`,
  };
}
