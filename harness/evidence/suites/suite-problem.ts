import { relative } from 'node:path';
import type { RuntimeRecord, SuiteRecord, Verdict } from '../../../protocol/records/result-record.ts';
import { isDllparityError } from '../../base/errors.ts';
import { countVerdicts } from './compare-suite.ts';
import type { Suite } from './suite.ts';

/** The record of a suite of which no case could be compared. */
export function problemRecord(suite: Suite, runtime: RuntimeRecord, error: unknown, root: string): SuiteRecord {
  const message = error instanceof Error ? error.message : String(error);
  const verdict = verdictOf(error);
  return {
    record: 'suite',
    suite: suite.name,
    dll: suite.behaviour.dll,
    function: suite.title,
    prototype: suite.behaviour.prototype,
    runtime,
    file: relative(root, suite.file),
    line: suite.line,
    comparator: suite.comparator.name,
    baseline: null,
    known: [],
    cases: 0,
    totals: countVerdicts([]),
    durationMs: 0,
    problem: { verdict, message },
  };
}

function verdictOf(error: unknown): Verdict {
  if (isDllparityError(error, 'BASELINE_MISSING')) return 'baseline-missing';
  if (isDllparityError(error, 'BASELINE_STALE')) return 'baseline-stale';
  return 'harness-error';
}
