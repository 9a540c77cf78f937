import { outcomeText } from '../outcome.ts';
import type { Scenario } from '../scenario.ts';
import type { ScenarioVerdict } from '../../../protocol/records/result-record.ts';
import type { ScenarioRun } from './runner.ts';

/** A run with what it says. */
export interface JudgedRun {
  readonly run: ScenarioRun;
  readonly verdict: ScenarioVerdict;
}

/** Verdicts of runs in which Wine does as Windows does: there is nothing to explain. */
const PLAIN: ReadonlySet<ScenarioVerdict> = new Set<ScenarioVerdict>(['agrees']);

/** A table of all, and the reasons for those that disagree, for people to read. */
export function scenarioReport(judged: readonly JudgedRun[], runtime: string): string {
  const rows = judged.map(({ run, verdict }) => [
    run.scenario.id,
    expected(run.scenario),
    run.scenario.expect.evidence,
    run.harnessError === undefined ? outcomeText(run.outcome) : '-',
    verdict,
  ]);
  const reasons = judged.filter(({ verdict }) => !PLAIN.has(verdict)).map((each) => scenarioReason(each, runtime));
  return [table(['id', 'expected', 'evidence', runtime, 'verdict'], rows), ...reasons].join('\n\n');
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
  return table(['id', 'rule', 'expected', 'evidence', 'set-up'], rows);
}

/** `121 agree, 7 windows-unknown`: how often each verdict is there. */
export function verdictCounts(judged: readonly Pick<JudgedRun, 'verdict'>[]): string {
  const counts = new Map<string, number>();
  for (const { verdict } of judged) counts.set(verdict, (counts.get(verdict) ?? 0) + 1);
  return [...counts].map(([verdict, count]) => `${String(count)} ${verdict}`).join(', ');
}

/** Why a scenario does not simply agree, in a few lines. */
export function scenarioReason({ run, verdict }: JudgedRun, runtime: string): string {
  const { scenario, harnessError } = run;
  const { expect, wine, twin } = scenario;
  const lines = [`${scenario.id}: ${verdict}`, `  at ${scenario.file}:${String(scenario.line)}`, `  ${scenario.title}`];
  if (harnessError !== undefined) return [...lines, `  could not be run: ${harnessError}`].join('\n');
  lines.push(`  Windows: ${expected(scenario)} (${expect.evidence}: ${expect.source})`);
  lines.push(`  ${runtime}: ${outcomeText(run.outcome)}`);
  if (wine !== undefined)
    lines.push(`  declared of Wine${range(wine.versions)}: ${outcomeText(wine.outcome)}, because: ${wine.because}`);
  if (verdict === 'feature-absent' && twin !== undefined)
    lines.push(`  says little here: ${twin}, which needs the feature, does not agree`);
  if (verdict === 'unexpected-match') lines.push('  Wine does as Windows does: the declaration can go');
  if (verdict === 'divergence' || verdict === 'changed') lines.push(...run.modules.map(moduleLine(scenario)));
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

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const all = [head, ...rows];
  const widths = head.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  const lines = all.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  lines.splice(1, 0, widths.map((width) => '-'.repeat(width)).join('  '));
  return lines.join('\n');
}
