import type { CaseRecord, SubjectRecord } from '../../../protocol/records/result-record.ts';
import { kindOf } from '../propose/difference-kind.ts';
import { newDivergence } from '../propose/new-divergence.ts';

/** Longer ones are no names any more: reasons of old declarations, and lists of fields. */
const MAX_LENGTH = 80;

/** What a subject says that bears on its cases. */
export type CauseContext = Pick<SubjectRecord, 'subject' | 'runtime' | 'known'>;

/** Why a case differs, for a group: what its declaration says, otherwise the kind of its difference. */
export function causeOf(subject: CauseContext, record: CaseRecord): string {
  const { detail, verdict } = record;
  const declared = detail?.known === undefined ? undefined : subject.known[detail.known];
  const words = declared === undefined ? kindOfDifference(subject, record) : (declared.cause ?? declared.reason);
  const cause = words === '' ? verdict : words;
  return cause.length > MAX_LENGTH ? `${cause.slice(0, MAX_LENGTH - 1)}…` : cause;
}

function kindOfDifference(subject: CauseContext, record: CaseRecord): string {
  if (record.verdict === 'unsupported' || record.verdict === 'timeout') return record.verdict;
  // What was seen of a scenario has no fields with values of C.
  if (record.detail?.actual?.kind === 'observed') return 'observed otherwise';
  const found = newDivergence(subject.subject, subject.runtime, record);
  return found === undefined ? '' : kindOf(found.seen).words;
}
