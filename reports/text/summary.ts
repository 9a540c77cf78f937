import { styleText } from 'node:util';
import { tableLines } from '../../harness/base/text-table.ts';
import { type ShownOutcome, VERDICTS, type Verdict } from '../../protocol/records/result-record.ts';
import { causesOf, describe } from '../cause.ts';
import type { Compatibility } from '../compatibility.ts';
import { confinementOf } from '../confinement.ts';
import { headlines } from '../headline.ts';
import { judge } from '../judgement.ts';
import { actualText, failedScenarios, scenarioHeadlines, windowsText } from '../loader-rules.ts';
import { count } from '../totals.ts';
import { fails, VERDICT_WORDS } from '../verdicts.ts';
import { shortened, visible, visibleLines } from '../visible-text.ts';
import { many, number, percent, testTitle } from '../words.ts';

export interface SummaryOptions {
  /** Where the HTML report is. */
  readonly report?: string;
  /** Where the summary will be printed. Colours are used only when it is a terminal. Without it, there are none. */
  readonly stream?: { readonly isTTY?: boolean };
}

/** Differences shown in full. */
const TOP = 5;
/** Functions shown in the table. */
const ROWS = 25;
/** Of a function in the table, in characters. */
const MAX_NAME = 48;

type Style = Parameters<typeof styleText>[0];
type Paint = (style: Style, text: string) => string;

/** What a person reads in the terminal at the end of a run. */
export function summarise(model: Compatibility, options: SummaryOptions = {}): string {
  const coloured = options.stream?.isTTY === true && (process.env['NO_COLOR'] ?? '') === '';
  const paint: Paint = (style, text) => (coloured ? styleText(style, text) : text);
  const parts = [
    totalsPart(model, paint),
    functionsPart(model, paint),
    differencesPart(model, paint),
    scenariosPart(model, paint),
    testsPart(model, paint),
    answerPart(model, paint, options),
  ];
  return parts.filter((part) => part !== '').join('\n\n');
}

function totalsPart(model: Compatibility, paint: Paint): string {
  const all = count(model.totals);
  if (all === 0) return '';
  const rows = VERDICTS.filter((verdict) => model.totals[verdict] > 0).map((verdict) => {
    const { glyph, label } = VERDICT_WORDS[verdict];
    return [
      paint(styleOf(verdict), `${glyph} ${label}`),
      number(model.totals[verdict]),
      percent(model.totals[verdict], all),
    ];
  });
  const lines = indented(
    tableLines(rows, [{ minWidth: 20 }, { align: 'right', minWidth: 7 }, { align: 'right', minWidth: 8 }]),
  );
  return [paint('bold', `Verdicts of ${many(all, 'case')}`), ...lines].join('\n');
}

function functionsPart(model: Compatibility, paint: Paint): string {
  const rows = model.functions
    .flatMap(({ results }) => results)
    .filter(({ record }) => record.totals.match !== record.cases)
    .sort((a, b) => failing(b.record.totals) - failing(a.record.totals) || differing(b.record) - differing(a.record));
  if (rows.length === 0) return '';
  const names = rows.map(({ record }) =>
    visible(model.runtimes.length > 1 ? `${record.subject} (${record.runtime.id})` : record.subject),
  );
  const cells = rows.slice(0, ROWS).map(({ record, maxUlp }, index) => {
    const counts = VERDICTS.filter((verdict) => verdict !== 'match' && record.totals[verdict] > 0).map((verdict) =>
      paint(
        styleOf(verdict),
        `${VERDICT_WORDS[verdict].glyph} ${number(record.totals[verdict])} ${VERDICT_WORDS[verdict].label}`,
      ),
    );
    const ulp = maxUlp === null ? '' : `, at most ${maxUlp} ulp`;
    return [
      shortened(names[index] ?? '', MAX_NAME),
      `${number(record.totals.match)}/${number(record.cases)}`,
      `${counts.join('  ')}${ulp}`,
    ];
  });
  const lines = indented(tableLines(cells, [{ maxWidth: MAX_NAME }, { align: 'right', minWidth: 13 }]));
  const left = rows.length - lines.length;
  return [
    paint('bold', 'Functions with differences (matches/cases)'),
    ...lines,
    ...(left > 0 ? [`  and ${many(left, 'more function')}`] : []),
  ].join('\n');
}

function differencesPart(model: Compatibility, paint: Paint): string {
  const causes = model.functions
    .flatMap(({ results }) => results.flatMap((suite) => causesOf(suite).map((cause) => ({ suite, cause }))))
    .filter(({ cause }) => fails(cause.verdict))
    .sort((a, b) => b.cause.cases.length - a.cause.cases.length);
  if (causes.length === 0) return '';
  const blocks = causes.slice(0, TOP).map(({ suite: { record }, cause }) => {
    const [first] = cause.cases;
    const { glyph, label } = VERDICT_WORDS[cause.verdict];
    const head = `${paint(styleOf(cause.verdict), `${glyph} ${label}`)}  ${visible(record.subject)} in ${visible(record.runtime.id)}, ${many(cause.cases.length, 'case')}`;
    if (first?.detail === undefined) return `  ${head}`;
    const { inputs, expectations, actual, replay, log, difference } = first.detail;
    const [expected] = expectations;
    const differs = new Set(difference?.fields ?? []);
    const lines = named(paint, [
      ...inputs.map(({ name, value }) => [`input ${name}`, value.text] as const),
      ['expected', expected === undefined ? 'no baseline' : outcomeText(expected.outcome, differs)],
      ['actual', actual === null ? 'not called' : outcomeText(actual, differs)],
      ['difference', describe(first)],
      ['replay', replay],
      ...(log ?? [])
        .slice(-3)
        .flatMap(visibleLines)
        .map((line) => ['log', line] as const),
    ]);
    return [`  ${head}`, ...lines].join('\n');
  });
  const left = causes.length - blocks.length;
  return [
    paint('bold', 'Undeclared differences'),
    ...blocks,
    ...(left > 0 ? [`  and ${many(left, 'more kind')} of difference`] : []),
  ].join('\n');
}

/** What is told about one difference: names, and texts beside them. A command is never shortened. */
function named(paint: Paint, rows: readonly (readonly [name: string, text: string])[]): string[] {
  const cells = rows.map(([name, text]) => [
    paint('dim', visible(name)),
    name === 'replay' ? visible(text) : shortened(visible(text), 160),
  ]);
  return indented(tableLines(cells, [{ minWidth: 11, maxWidth: 11 }]), 6);
}

function indented(lines: readonly string[], by = 2): string[] {
  return lines.map((line) => ' '.repeat(by) + line);
}

function outcomeText(outcome: ShownOutcome, differs: ReadonlySet<string>): string {
  const shown = outcome.fields
    .filter(({ name }) => differs.size === 0 || differs.has(name))
    .map(({ name, value }) => `${name} ${value.text}${value.bits === undefined ? '' : ` (${value.bits})`}`);
  return outcome.kind === 'returned' && shown.length > 0 ? shown.join(', ') : [outcome.text, ...shown].join('; ');
}

function scenariosPart(model: Compatibility, paint: Paint): string {
  const failed = failedScenarios(model);
  if (failed.length === 0) return '';
  const blocks = failed.slice(0, TOP).map((found) => {
    const { id, runtime, verdict, title = '', detail } = found;
    const { glyph, label } = VERDICT_WORDS[verdict];
    const lines = named(paint, [
      ['scenario', title],
      ['Windows', windowsText(found)],
      ['actual', actualText(found)],
      ['replay', detail?.replay ?? ''],
    ]);
    return [`  ${paint('red', `${glyph} ${label}`)}  ${visible(id)} in ${visible(runtime)}`, ...lines].join('\n');
  });
  const left = failed.length - blocks.length;
  return [
    paint('bold', 'Which DLL: not as declared'),
    ...blocks,
    ...(left > 0 ? [`  and ${many(left, 'more scenario')}`] : []),
  ].join('\n');
}

function testsPart(model: Compatibility, paint: Paint): string {
  const failed = model.tests.filter(({ state }) => state === 'failed');
  if (failed.length === 0) return '';
  const lines = failed.slice(0, 10).map((test) => {
    const { file, line, errors } = test;
    const first = visibleLines(errors[0] ?? 'no error was recorded')[0] ?? '';
    return `  ${paint('red', '✕')} ${visible(testTitle(test))}\n      ${visible(file)}${line === null ? '' : `:${String(line)}`}\n      ${shortened(first, 160)}`;
  });
  return [
    paint('bold', 'Failed tests'),
    ...lines,
    ...(failed.length > 10 ? [`  and ${many(failed.length - 10, 'more test')}`] : []),
  ].join('\n');
}

function answerPart(model: Compatibility, paint: Paint, options: SummaryOptions): string {
  const { state, reasons, notes } = judge(model);
  const verdict = {
    passed: paint(['bold', 'green'], 'PASSED'),
    failed: paint(['bold', 'red'], 'FAILED'),
    interrupted: paint(['bold', 'yellow'], 'INTERRUPTED'),
  }[state];
  const answers = [...headlines(model).map(({ text }) => text), ...scenarioHeadlines(model)].map(visible);
  return [
    `${verdict}  ${answers.length === 0 ? 'No suite has run.' : answers.join('\n        ')}`,
    ...reasons.map(({ text }) => `  - ${visibleLines(text).join('\n    ')}`),
    ...sandboxLines(model, paint),
    ...notes.map((text) => paint('dim', `  note: ${visible(text)}`)),
    ...(options.report === undefined ? [] : [`Report: ${options.report}`]),
  ].join('\n');
}

/** One line for each runtime: whether the DLLs were kept in. */
function sandboxLines(model: Compatibility, paint: Paint): string[] {
  return model.runtimes.flatMap(({ id }) => {
    const found = confinementOf(model, id);
    if (found === null) return [];
    return [paint(found.confined ? 'dim' : 'yellow', `  sandbox of ${visible(id)}: ${visible(found.text)}`)];
  });
}

function styleOf(verdict: Verdict): Style {
  if (verdict === 'match' || verdict === 'tolerated') return 'green';
  if (verdict === 'known-divergence') return 'yellow';
  return fails(verdict) ? 'red' : 'dim';
}

function failing(totals: Compatibility['totals']): number {
  return count(totals, VERDICTS.filter(fails));
}

function differing(record: { readonly cases: number; readonly totals: Compatibility['totals'] }): number {
  return record.cases - record.totals.match;
}
