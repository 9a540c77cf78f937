import type { SubjectRecord } from '../protocol/records/result-record.ts';
import { ReportError } from './report-error.ts';

interface Placed {
  readonly file: string;
  readonly line: number;
  readonly record: SubjectRecord;
}

/** Throws when a suite cannot stand in one report with those before it: a sum over them would be wrong, or compare unlike things. */
export function refuseMixture(before: Iterable<Placed>, added: Placed): void {
  const { subject, runtime, baseline } = added.record;
  for (const other of before) {
    const sameRuntime = other.record.runtime.id === runtime.id;
    const where = `${other.file}:${String(other.line)}`;
    if (sameRuntime && other.record.runtime.build !== runtime.build) {
      throw new ReportError(
        added,
        `runtime ${runtime.id} is "${runtime.build}" here and "${other.record.runtime.build}" in ${where}`,
        'Give the two builds different runtime ids, or report them one by one.',
      );
    }
    if (other.record.subject !== subject) continue;
    if (sameRuntime) {
      throw new ReportError(
        added,
        `${subject} in ${runtime.id} was already reported in ${where}`,
        'Pass only one of the two.',
      );
    }
    const digest = other.record.baseline?.digest;
    if (
      baseline !== null &&
      digest !== undefined &&
      digest !== baseline.digest &&
      other.record.runtime.architecture === runtime.architecture
    ) {
      throw new ReportError(
        added,
        `${subject} was compared with another baseline (${baseline.digest}) than in ${where} (${digest})`,
        'Run both runtimes from the same checkout, or report them one by one.',
      );
    }
  }
}
