import type { KnownDivergenceRecord } from '../../protocol/records/result-record.ts';
import { causesOf } from '../cause.ts';
import type { Compatibility, FunctionResult, SubjectResult } from '../compatibility.ts';
import { orUnknown, visible } from '../visible-text.ts';
import { fails, VERDICT_WORDS } from '../verdicts.ts';
import { cases, duration } from '../words.ts';
import { caseData } from './case-data.ts';
import type { CauseData, FunctionCases, ReportData, SuiteCases } from './payload.ts';

export function reportData(model: Compatibility): ReportData {
  const runtimes = model.runtimes.map(({ id }) => id);
  return {
    runtimes: runtimes.map(visible),
    verdicts: Object.fromEntries(
      Object.entries(VERDICT_WORDS).map(([verdict, { glyph, label }]) => [
        verdict,
        { glyph, label, fails: fails(verdict as keyof typeof VERDICT_WORDS) },
      ]),
    ) as ReportData['verdicts'],
    functions: model.functions.map((found) => ({
      suite: visible(found.subject),
      dll: visible(found.dll),
      name: visible(found.name),
      totals: runtimes.map((id) => found.results.find(({ record }) => record.runtime.id === id)?.record.totals ?? null),
    })),
  };
}

export function functionCases(model: Compatibility, found: FunctionResult): FunctionCases {
  const runtimes = model.runtimes.map(({ id }) => id);
  return {
    prototype: found.prototype === null ? null : visible(found.prototype),
    suites: found.results.map((suite): SuiteCases => ({
      runtime: runtimes.indexOf(suite.record.runtime.id),
      facts: facts(suite),
      problem: suite.record.problem === null ? null : visible(suite.record.problem.message),
      matches: suite.record.totals.match,
      cases: suite.record.cases,
      causes: causesOf(suite).map((cause): CauseData => ({
        verdict: cause.verdict,
        title: visible(cause.title),
        known: cause.known === null ? null : declaration(cause.known),
        cases: cause.cases.map((record) => caseData(found, suite, record, runtimes)),
      })),
    })),
  };
}

function facts({ record }: SubjectResult): readonly (readonly [string, string])[] {
  const { baseline } = record;
  const rows: (readonly [string, string])[] = [
    ['Suite', `${record.file}:${String(record.line)}`],
    ['Comparison', orUnknown(record.comparator)],
    ['Took', duration(record.durationMs)],
  ];
  if (baseline === null)
    rows.push(['Baseline', record.cited === undefined ? 'none' : 'none: each case cites its source']);
  else {
    const { oracle, dll, fileVersion, source, withheld } = baseline.provenance;
    rows.push(
      ['Baseline', baseline.file],
      ['Recorded from', `${orUnknown(dll)} ${orUnknown(fileVersion)} (${oracle}, ${orUnknown(source)})`],
      ['Baseline digest', orUnknown(baseline.digest)],
    );
    if (withheld) rows.push(['Left out', `${cases(withheld.cases)} that ask the system: ${withheld.asked.join(', ')}`]);
  }
  for (const { text, suspects } of record.lateFaults ?? []) {
    const lines = suspects.slice(0, 8).map(({ call, replayed }) => `${call}: ${replayed}`);
    rows.push(['Died after a call', [text, ...lines].join('; ')]);
  }
  return rows.map(([name, text]) => [name, visible(text)]);
}

function declaration({ cause, bug, wine, file, line }: KnownDivergenceRecord): NonNullable<CauseData['known']> {
  return {
    cause: cause === undefined ? null : visible(cause),
    bug: visible(orUnknown(bug)),
    url: webAddress(bug),
    wine: visible(orUnknown(wine)),
    place: visible(`${file}:${String(line)}`),
  };
}

/** The address if it is one that is safe to follow, otherwise null. */
export function webAddress(text: string): string | null {
  if (!/^https?:\/\//iu.test(text) || !URL.canParse(text)) return null;
  return new URL(text).href;
}
