// One line of results.jsonl. Reports, and whoever reads results later, import this file and nothing else.
//
// Order of lines in a file: one `run`, then any number of `subject`, `case` and `test` lines (every `case` follows the
// `subject` line it names), then one `end`. A file without an `end` line was interrupted and says nothing about what is missing.
import { z } from 'zod';
import { type CaseRecord, CaseSchema } from './case-record.ts';
import { type EndRecord, EndSchema, type RunRecord, RunSchema, type TestRecord, TestSchema } from './run-records.ts';
import { type SubjectRecord, SubjectSchema } from './subject-record.ts';

export type { CaseDetail, CaseRecord } from './case-record.ts';
export type { Evidence, Expectation } from './expectation.ts';
export type { Oracle, Provenance } from './provenance.ts';
export { type EndRecord, RESULT_SCHEMA, type RunRecord, type TestRecord } from './run-records.ts';
export type { RuntimeRecord, SandboxRecord } from './runtime-record.ts';
export type { ShownDifference, ShownField, ShownOutcome, ShownValue } from './shown.ts';
export type { KnownDivergenceRecord, LateFaultRecord, OtherVersionRecord, SubjectRecord } from './subject-record.ts';
export {
  countVerdicts,
  LENIENT_VERDICTS,
  noTotals,
  PASSING_VERDICTS,
  passingVerdicts,
  type Totals,
  type Verdict,
  VERDICTS,
} from './verdict.ts';

export type ResultRecord = RunRecord | SubjectRecord | CaseRecord | TestRecord | EndRecord;

/** The shape of each kind of line. Fields that are not named in it are allowed: a later writer may add some without raising the schema number. */
export const RECORD_SCHEMAS = {
  run: RunSchema,
  subject: SubjectSchema,
  case: CaseSchema,
  test: TestSchema,
  end: EndSchema,
};

/** Any line. */
export const ResultRecordSchema = z
  .discriminatedUnion('record', [RunSchema, SubjectSchema, CaseSchema, TestSchema, EndSchema])
  .describe('One line of results.jsonl, as dllparity writes it.');
