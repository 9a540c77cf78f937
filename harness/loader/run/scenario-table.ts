import { tableWithHead } from '../../base/text-table.ts';
import { outcomeText } from '../outcome.ts';
import type { Scenario } from '../scenario.ts';
import type { ScenarioVerdict } from '../verdict.ts';
import type { ScenarioRun } from './runner.ts';

/** A run with what it says. */
export interface JudgedRun extends ScenarioVerdict {
  readonly run: ScenarioRun;
}

/** A table of all, and the reasons for those that disagree, for people to read. */
export function scenarioReport(judged: readonly JudgedRun[], runtime: string): string {
  const rows = judged.map(({ run, verdict }) => [
    run.scenario.id,
    expected(run.scenario),
    run.scenario.expect.evidence,
    run.harnessError === undefined ? outcomeText(run.outcome) : '-',
    verdict,
  ]);
  const reasons = judged.filter(({ verdict }) => verdict !== 'match').map((each) => scenarioReason(each, runtime));
  return [tableWithHead([['id', 'expected', 'evidence', runtime, 'verdict'], ...rows]).join('\n'), ...reasons].join(
    '\n\n',
  );
}

/** What scenarios there are. */
export function scenarioList(scenarios: readonly Scenario[]): string {
  const rows = scenarios.map((scenario) => [
    scenario.id,
    scenario.rule,
    expected(scenario),
    scenario.expect.evidence,
    scenario.title,
  ]);
  return tableWithHead([['id', 'rule', 'expected', 'evidence', 'set-up'], ...rows]).join('\n');
}

/** `121 match, 7 inconclusive`: how often each verdict is there. */
export function verdictCounts(judged: readonly Pick<JudgedRun, 'verdict'>[]): string {
  const counts = new Map<string, number>();
  for (const { verdict } of judged) counts.set(verdict, (counts.get(verdict) ?? 0) + 1);
  return [...counts].map(([verdict, count]) => `${String(count)} ${verdict}`).join(', ');
}

/** Why a scenario does not simply match, in a few lines. */
export function scenarioReason({ run, verdict, note }: JudgedRun, runtime: string): string {
  const { scenario, harnessError } = run;
  const { expect, wine } = scenario;
  const lines = [`${scenario.id}: ${verdict}`, `  at ${scenario.file}:${String(scenario.line)}`, `  ${scenario.title}`];
  if (harnessError !== undefined) return [...lines, `  ${note ?? harnessError}`].join('\n');
  lines.push(`  Windows: ${expected(scenario)} (${expect.evidence}: ${expect.source})`);
  lines.push(`  ${runtime}: ${outcomeText(run.outcome)}`);
  if (wine !== undefined)
    lines.push(`  declared of Wine${range(wine.versions)}: ${outcomeText(wine.outcome)}, because: ${wine.because}`);
  if (note !== undefined) lines.push(`  ${note}`);
  if (verdict === 'unexpected-match') lines.push('  Wine does as Windows does: the declaration can go');
  if (verdict === 'divergence' || verdict === 'baseline-stale') lines.push(...run.modules.map(moduleLine(scenario)));
  return lines.join('\n');
}

function moduleLine(scenario: Scenario): (module: ScenarioRun['modules'][number]) => string {
  return ({ call, variant, path }) => {
    const what = call < 0 ? 'import' : `call ${String(call + 1)}, ${scenario.calls[call]?.call ?? ''}`;
    return `  ${what}: ${variant ?? 'no DLL of the scenario'}${path === '' ? '' : `, ${path}`}`;
  };
}

function range(versions: string | undefined): string {
  return versions === undefined ? '' : ` ${versions}`;
}

function expected({ expect }: Scenario): string {
  return expect.outcome === undefined ? 'unknown' : outcomeText(expect.outcome);
}
