import { relative } from 'node:path';
import {
  noTotals,
  type RuntimeRecord,
  type SubjectRecord,
  type Verdict,
} from '../../../protocol/records/result-record.ts';
import { isDllparityError } from '../../base/errors.ts';
import { subjectOf } from './compare-suite.ts';
import type { Suite } from './suite.ts';

/** The record of a suite of which no case could be compared. */
export function problemRecord(suite: Suite, runtime: RuntimeRecord, error: unknown, root: string): SubjectRecord {
  const message = error instanceof Error ? error.message : String(error);
  const verdict = verdictOf(error);
  return {
    ...subjectOf(suite),
    runtime,
    file: relative(root, suite.file),
    baseline: null,
    known: [],
    cases: 0,
    totals: noTotals(),
    durationMs: 0,
    problem: { verdict, message },
  };
}

function verdictOf(error: unknown): Verdict {
  if (isDllparityError(error, 'BASELINE_MISSING')) return 'baseline-missing';
  if (isDllparityError(error, 'BASELINE_STALE')) return 'baseline-stale';
  return 'harness-error';
}
