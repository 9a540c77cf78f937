import {
  VERDICTS,
  type CaseRecord,
  type KnownDivergenceRecord,
  type Verdict,
} from '../protocol/records/result-record.ts';
import type { SubjectResult } from './compatibility.ts';
import { compareUlp, largerUlp, validUlp } from './ulp.ts';
import { fails } from './verdicts.ts';

/** Cases of one suite that differ for the same declared reason, or in the same way. */
export interface Cause {
  readonly verdict: Verdict;
  /** The declaration, when there is one. */
  readonly known: KnownDivergenceRecord | null;
  /** One line: the declared reason, or the difference with the numbers that vary left open. */
  readonly title: string;
  /** The worst or first of them first. */
  readonly cases: readonly CaseRecord[];
  readonly maxUlp: string | null;
}

/** Failing causes first, in the order of the verdicts, then by number of cases. */
export function causesOf(suite: SubjectResult): readonly Cause[] {
  const groups = new Map<string, CaseRecord[]>();
  for (const record of suite.cases) {
    const key = `${record.verdict}\n${causeKey(record)}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [record]);
    else group.push(record);
  }
  return [...groups.values()].map((cases) => causeOf(suite, cases)).sort(byUrgency);
}

function causeKey(record: CaseRecord): string {
  return record.detail?.known === undefined ? pattern(describe(record)) : `known ${String(record.detail.known)}`;
}

function causeOf(suite: SubjectResult, cases: readonly CaseRecord[]): Cause {
  const [first] = cases;
  if (first === undefined) throw new RangeError('a cause without a case');
  const known = first.detail?.known === undefined ? null : (suite.record.known[first.detail.known] ?? null);
  const descriptions = new Set(cases.map(describe));
  const [description] = descriptions;
  return {
    verdict: first.verdict,
    known,
    title: known?.reason ?? (descriptions.size === 1 ? description : pattern(describe(first))) ?? '',
    cases: [...cases].sort((a, b) => compareUlp(ulpOf(b) ?? '', ulpOf(a) ?? '')),
    maxUlp: cases.reduce<string | null>((max, record) => largerUlp(max, ulpOf(record)), null),
  };
}

/** How a case differs, in one line; what happened to it when nothing could be compared. */
export function describe(record: CaseRecord): string {
  const { detail } = record;
  if (detail === undefined) return 'no detail was recorded';
  if (record.verdict === 'unexpected-match') return 'matches, although a divergence is declared';
  return detail.difference?.summary ?? detail.actual?.text ?? 'no difference was recorded';
}

function pattern(description: string): string {
  return description.replace(/0x[0-9a-f]+|\d+/giu, 'N').replace(/N(?:[.,:+]N)+/gu, 'N');
}

function ulpOf(record: CaseRecord): string | null {
  return validUlp(record.detail?.difference?.ulp);
}

function byUrgency(a: Cause, b: Cause): number {
  return (
    Number(fails(b.verdict)) - Number(fails(a.verdict)) ||
    VERDICTS.indexOf(a.verdict) - VERDICTS.indexOf(b.verdict) ||
    b.cases.length - a.cases.length
  );
}
