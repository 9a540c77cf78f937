import { VERDICTS } from '../../protocol/records/result-record.ts';
import type { Compatibility } from '../compatibility.ts';
import { headlines } from '../headline.ts';
import { judge } from '../judgement.ts';
import { actualText, failedScenarios, scenarioHeadlines, windowsText } from '../loader-rules.ts';
import { VERDICT_WORDS } from '../verdicts.ts';
import { visibleLines } from '../visible-text.ts';
import { many, number, testTitle } from '../words.ts';
import { cell, list, table } from './text.ts';

const ROWS = 50;

/** A job summary in GitHub's Markdown. */
export function jobSummary(model: Compatibility): string {
  const { state, reasons, notes } = judge(model);
  const verdicts = VERDICTS.filter((verdict) => model.totals[verdict] > 0);
  const suites = model.functions
    .flatMap(({ results: all }) => all)
    .filter(({ record }) => record.totals.match !== record.cases);
  const failed = model.tests.filter(({ state: tested }) => tested === 'failed');
  const scenarios = failedScenarios(model);
  return [
    `## dllparity: ${state}`,
    ...[...headlines(model).map(({ text }) => text), ...scenarioHeadlines(model)].map(cell),
    list([...reasons.map(({ text }) => text), ...notes]),
    table(
      ['Verdict', ...model.runtimes.map(({ id }) => id)],
      verdicts.map((verdict) => [
        `${VERDICT_WORDS[verdict].glyph} ${VERDICT_WORDS[verdict].label}`,
        ...model.runtimes.map(({ id }) => number(sumOf(model, id, verdict))),
      ]),
    ),
    suites.length === 0 ? '' : '### Functions with differences',
    table(
      ['Function', 'Runtime', 'Matches', 'Differences', 'Max ulp'],
      suites.slice(0, ROWS).map(({ record, maxUlp }) => [
        record.subject,
        record.runtime.id,
        `${number(record.totals.match)} of ${number(record.cases)}`,
        verdicts
          .filter((verdict) => verdict !== 'match' && record.totals[verdict] > 0)
          .map((verdict) => `${number(record.totals[verdict])} ${VERDICT_WORDS[verdict].label}`)
          .join(', '),
        maxUlp ?? '–',
      ]),
    ),
    suites.length > ROWS ? `and ${many(suites.length - ROWS, 'more function')}` : '',
    scenarios.length === 0 ? '' : '### Which DLL: not as declared',
    table(
      ['Scenario', 'Runtime', 'Verdict', 'Windows', 'Actual'],
      scenarios
        .slice(0, ROWS)
        .map((found) => [
          found.id,
          found.runtime,
          VERDICT_WORDS[found.verdict].label,
          windowsText(found),
          actualText(found),
        ]),
    ),
    scenarios.length > ROWS ? `and ${many(scenarios.length - ROWS, 'more scenario')}` : '',
    failed.length === 0 ? '' : '### Failed tests',
    list(
      failed
        .slice(0, ROWS)
        .map((test) => `${testTitle(test)}: ${visibleLines(test.errors[0] ?? 'no error was recorded')[0] ?? ''}`),
    ),
    failed.length > ROWS ? `and ${many(failed.length - ROWS, 'more test')}` : '',
  ]
    .filter((part) => part !== '')
    .join('\n\n')
    .concat('\n');
}

function sumOf(model: Compatibility, runtime: string, verdict: (typeof VERDICTS)[number]): number {
  return model.functions
    .flatMap(({ results }) => results)
    .filter(({ record }) => record.runtime.id === runtime)
    .reduce((sum, { record }) => sum + record.totals[verdict], 0);
}
