import {
  LENIENT_VERDICTS,
  type CaseRecord,
  type TestRecord,
  type Verdict,
} from '../../protocol/records/result-record.ts';
import { describe } from '../cause.ts';
import { type Compatibility, isStrict, type SubjectResult } from '../compatibility.ts';
import { actualText, remarks, sourceText, windowsText } from '../loader-rules.ts';
import { count } from '../totals.ts';
import { fails, VERDICT_WORDS } from '../verdicts.ts';
import { visible, visibleLines } from '../visible-text.ts';
import { testTitle } from '../words.ts';

/** These are errors of JUnit; other verdicts that fail are failures. */
const ERRORS: readonly Verdict[] = ['fault', 'timeout', 'harness-error'];

/**
 * JUnit XML: a test suite for every function and runtime. Matches stand as one test case with their number, because they carry
 * nothing else; every case that does not simply match is a test case of its own.
 */
export function junitXml(model: Compatibility): string {
  const strict = isStrict(model);
  const suites = model.functions.flatMap(({ results: all }) => all).map((suite) => suiteXml(suite, strict));
  const rules = model.rules.map((rule) => ruleXml(rule, strict));
  const files = [...new Set(model.tests.map(({ file }) => file))];
  const tests = files.map((file) =>
    testsXml(
      file,
      model.tests.filter((test) => test.file === file),
    ),
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="dllparity">\n${[...suites, ...rules, ...tests].join('')}</testsuites>\n`;
}

function suiteXml({ record, cases }: SubjectResult, strict: boolean): string {
  const name = `${record.subject} (${record.runtime.id})`;
  const matches =
    record.totals.match > 0
      ? [`    <testcase classname="${escape(name)}" name="${String(record.totals.match)} matches"/>\n`]
      : [];
  const problem = record.problem !== null && cases.length === 0 ? [problemXml(name, record.problem, strict)] : [];
  const all = [...matches, ...problem, ...cases.map((found) => caseXml(name, found, strict))];
  const undecided = count(record.totals, LENIENT_VERDICTS);
  const failures =
    count(record.totals, ['divergence', 'unexpected-match', 'baseline-stale']) + (strict ? undecided : 0);
  const errors = count(record.totals, ERRORS);
  const skipped = strict ? 0 : undecided;
  return `  <testsuite name="${escape(name)}" file="${escape(record.file)}" tests="${String(all.length)}" failures="${String(failures)}" errors="${String(errors)}" skipped="${String(skipped)}" time="${(record.durationMs / 1000).toFixed(3)}">\n${all.join('')}  </testsuite>\n`;
}

function ruleXml(rule: SubjectResult, strict: boolean): string {
  const { record, cases } = rule;
  const name = `which DLL: ${record.name} (${record.runtime.id})`;
  const errors = count(record.totals, ERRORS);
  const undecided = count(record.totals, LENIENT_VERDICTS);
  const failures = cases.filter(({ verdict }) => fails(verdict)).length - errors + (strict ? undecided : 0);
  return `  <testsuite name="${escape(name)}" file="${escape(record.file)}" tests="${String(cases.length)}" failures="${String(failures)}" errors="${String(errors)}" skipped="${String(strict ? 0 : undecided)}" time="${(record.durationMs / 1000).toFixed(3)}">\n${cases.map((found) => scenarioXml(name, rule, found, strict)).join('')}  </testsuite>\n`;
}

function scenarioXml(name: string, rule: SubjectResult, found: CaseRecord, strict: boolean): string {
  const { id, title = '', verdict, durationMs = 0, detail } = found;
  const head = `    <testcase classname="${escape(name)}" name="${escape(id)}" time="${(durationMs / 1000).toFixed(3)}"`;
  if (verdict === 'match') return `${head}/>\n`;
  const source = sourceText(found);
  const body = [
    title,
    `Windows: ${windowsText(found)}${source === null ? '' : ` (${source})`}`,
    ...remarks(rule, found),
    `replay: ${detail?.replay ?? 'unknown'}`,
  ];
  const message = `${actualText(found)}; Windows: ${windowsText(found)}`;
  return `${head}>${verdictXml(verdict, message, body.map(visible).join('\n'), strict)}</testcase>\n`;
}

function problemXml(
  name: string,
  { verdict, message }: { verdict: Verdict; message: string },
  strict: boolean,
): string {
  return `    <testcase classname="${escape(name)}" name="suite">${verdictXml(verdict, message, '', strict)}</testcase>\n`;
}

function caseXml(name: string, record: CaseRecord, strict: boolean): string {
  const { detail } = record;
  const body = [
    ...(detail?.inputs ?? []).map((input) => `${input.name}: ${input.value.text}`),
    `expected: ${outcomeText(detail?.expectations[0]?.outcome)}`,
    `actual: ${outcomeText(detail?.actual)}`,
    `replay: ${detail?.replay ?? 'unknown'}`,
  ];
  return `    <testcase classname="${escape(name)}" name="${escape(record.id)}">${verdictXml(record.verdict, describe(record), body.map(visible).join('\n'), strict)}</testcase>\n`;
}

function outcomeText(
  outcome: { text: string; fields: readonly { name: string; value: { text: string } }[] } | null | undefined,
): string {
  if (outcome === null || outcome === undefined) return 'unknown';
  return [outcome.text, ...outcome.fields.map(({ name, value }) => `${name} ${value.text}`)].join(', ');
}

function verdictXml(verdict: Verdict, message: string, body: string, strict: boolean): string {
  const said = `${VERDICT_WORDS[verdict].label}: ${message}`;
  const isUndecided = LENIENT_VERDICTS.includes(verdict);
  if (isUndecided && !strict) return `<skipped message="${escape(said)}"/>`;
  if (!isUndecided && !fails(verdict)) return `<system-out>${escape(said)}\n${escapeText(body)}</system-out>`;
  const element = ERRORS.includes(verdict) ? 'error' : 'failure';
  return `<${element} type="${verdict}" message="${escape(said)}">${escapeText(body)}</${element}>`;
}

function testsXml(file: string, tests: readonly TestRecord[]): string {
  const failed = tests.filter(({ state }) => state === 'failed').length;
  const skipped = tests.filter(({ state }) => state === 'skipped').length;
  const cases = tests.map((test) => {
    const head = `    <testcase classname="${escape(file)}" name="${escape(testTitle(test))}" time="${(test.durationMs / 1000).toFixed(3)}"`;
    if (test.state === 'passed') return `${head}/>\n`;
    if (test.state === 'skipped') return `${head}><skipped/></testcase>\n`;
    const lines = test.errors.flatMap(visibleLines);
    return `${head}><failure message="${escape(lines[0] ?? 'no error was recorded')}">${escapeText(lines.join('\n'))}</failure></testcase>\n`;
  });
  return `  <testsuite name="${escape(file)}" tests="${String(tests.length)}" failures="${String(failed)}" errors="0" skipped="${String(skipped)}">\n${cases.join('')}  </testsuite>\n`;
}

function escape(text: string): string {
  return escapeText(visible(text));
}

/** Text that is visible already: what XML cannot hold is gone, what it reads as markup is escaped. */
function escapeText(text: string): string {
  return text
    .replace(/[&<>"']/gu, (found) => `&#${String(found.codePointAt(0))};`)
    .replace(/[\ufffe\uffff]/gu, '\ufffd');
}
