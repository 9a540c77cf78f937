// results.jsonl of schema 1, in which suites of functions and scenarios of the loader had records and verdicts of their own.
import { noTotals, RESULT_SCHEMA } from '../protocol/records/result-record.ts';

type Line = Readonly<Record<string, unknown>>;

/** The verdicts that scenarios had, as they are called now. */
const SCENARIO_VERDICTS: Readonly<Record<string, string>> = {
  agrees: 'match',
  'feature-absent': 'inconclusive',
  'windows-unknown': 'inconclusive',
  changed: 'baseline-stale',
};

const GROUP = 'search order';

/** A line of schema 1 as a line of today. What is no such line stays as it is, and is refused by its shape. */
export function fromSchema1(line: Line): Line {
  switch (line['record']) {
    case 'run':
      return { ...line, schema: RESULT_SCHEMA };
    case 'suite': {
      const { suite, dll, function: name, ...rest } = line;
      const kind = line['prototype'] === null ? 'behaviour' : 'function';
      return { ...rest, record: 'subject', subject: suite, kind, group: dll, name, totals: totals(line['totals']) };
    }
    case 'case': {
      const { suite, detail, ...rest } = line;
      return { ...rest, subject: suite, ...(isLine(detail) ? { detail: caseDetail(detail) } : {}) };
    }
    case 'scenarios': {
      const { rule, scenarios, ...rest } = line;
      return {
        ...rest,
        record: 'subject',
        subject: `${GROUP}/${String(rule)}`,
        kind: 'loader-rule',
        group: GROUP,
        name: rule,
        prototype: null,
        line: 1,
        comparator: 'exact',
        baseline: null,
        known: [],
        cases: scenarios,
        totals: totals(line['totals']),
        problem: null,
      };
    }
    case 'scenario':
      return scenarioCase(line);
    case 'end':
      return { ...line, totals: totals(line['totals']) };
    default:
      return line;
  }
}

function caseDetail({ expected, baselineLine, baselineFile, ...rest }: Line): Line {
  const file = baselineFile === undefined ? {} : { file: baselineFile };
  const source = { by: 'baseline', line: baselineLine, ...file };
  return { ...rest, expectations: expected === null ? [] : [{ extent: 'complete', outcome: expected, source }] };
}

function scenarioCase(line: Line): Line {
  const { rule, runtime, id, title, verdict, durationMs, expected, evidence, source, actual, replay } = line;
  const { because, twin, problem } = line;
  const citation = { by: 'citation', evidence, citation: source, file: '', line: line['line'] };
  const notes = [problem, because, typeof twin === 'string' ? `see ${twin}` : undefined];
  const note = notes.filter((each) => typeof each === 'string').join('; ');
  return {
    record: 'case',
    subject: `${GROUP}/${String(rule)}`,
    runtime,
    id,
    title,
    verdict: SCENARIO_VERDICTS[String(verdict)] ?? verdict,
    durationMs,
    detail: {
      inputs: [],
      expectations: Array.isArray(expected)
        ? [{ extent: 'complete', outcome: observed(expected), source: citation }]
        : [],
      actual: Array.isArray(actual) && problem === undefined ? observed(actual) : null,
      difference: null,
      ...(note === '' ? {} : { note }),
      replay,
    },
  };
}

function observed(words: readonly unknown[]): Line {
  const fields = words.map((text, index) => ({ name: `step ${String(index + 1)}`, value: { type: 'words', text } }));
  return { kind: 'observed', text: words.length === 0 ? 'nothing' : words.join(' · '), fields };
}

function totals(value: unknown): unknown {
  if (!isLine(value)) return value;
  const sum: Record<string, number> = noTotals();
  for (const [name, count] of Object.entries(value)) {
    const verdict = SCENARIO_VERDICTS[name] ?? name;
    sum[verdict] = (sum[verdict] ?? 0) + Number(count);
  }
  return sum;
}

function isLine(value: unknown): value is Line {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
