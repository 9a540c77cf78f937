// Rules of the loader, whose cases are scenarios: each has a title, and a source of its own.
import { type CaseRecord, passingVerdicts, VERDICTS } from '../protocol/records/result-record.ts';
import { type Compatibility, isStrict, type SubjectResult } from './compatibility.ts';
import { EVIDENCE_WORDS } from './evidence-words.ts';
import { sumTotals } from './totals.ts';
import { VERDICT_WORDS } from './verdicts.ts';
import { many, number } from './words.ts';

/** Scenarios that fail the run: what could not be compared only when it is strict. */
export function failedScenarios(model: Compatibility): readonly CaseRecord[] {
  const passing = passingVerdicts(isStrict(model));
  return model.rules.flatMap(({ cases }) => cases.filter(({ verdict }) => !passing.includes(verdict)));
}

/** One sentence for each runtime that ran scenarios. */
export function scenarioHeadlines(model: Compatibility): readonly string[] {
  const runtimes = new Set(model.rules.map(({ record }) => record.runtime.id));
  return [...runtimes].map((id) => {
    const rules = model.rules.filter(({ record }) => record.runtime.id === id).map(({ record }) => record);
    const totals = sumTotals(rules.map((rule) => rule.totals));
    const all = rules.reduce((sum, { cases }) => sum + cases, 0);
    const others = VERDICTS.filter((verdict) => verdict !== 'match' && totals[verdict] > 0).map(
      (verdict) => `${number(totals[verdict])} ${VERDICT_WORDS[verdict].label}`,
    );
    return `Which DLL: ${number(totals.match)} of ${many(all, 'scenario')} load under ${id} what Windows loads${others.length === 0 ? '' : `; ${others.join(', ')}`}.`;
  });
}

/** What Windows does, in words. */
export function windowsText({ detail }: CaseRecord): string {
  return detail?.expectations[0]?.outcome.text ?? 'unknown';
}

/** Who says what Windows does; null where nobody does. */
export function sourceText({ detail }: CaseRecord): string | null {
  const source = detail?.expectations[0]?.source;
  return source?.by === 'citation' ? `${EVIDENCE_WORDS[source.evidence]}: ${source.citation}` : null;
}

/** What the runtime does, in words, or why it could not be run. */
export function actualText({ detail }: CaseRecord): string {
  return detail?.actual?.text ?? detail?.note ?? 'not run';
}

/** What is to be said beside both outcomes: the declared reason, and what the verdict means here. */
export function remarks(rule: SubjectResult, { verdict, detail }: CaseRecord): readonly string[] {
  const reason = detail?.known === undefined ? undefined : rule.record.known[detail.known]?.reason;
  return [
    ...(verdict === 'match' || reason === undefined ? [] : [reason]),
    ...(detail?.note === undefined || detail.actual === null ? [] : [detail.note]),
  ];
}
