// Lines of results.jsonl for documented facts: a subject for each function, and a case for each fact.
import { dirname, relative } from 'node:path';
import type { FactRecord } from '../../../protocol/records/fact-record.ts';
import {
  type CaseDetail,
  type CaseRecord,
  countVerdicts,
  type KnownDivergenceRecord,
  type RuntimeRecord,
  type ShownField,
  type ShownOutcome,
  type SubjectRecord,
} from '../../../protocol/records/result-record.ts';
import { suiteOf } from './fact.ts';

/** Before the name of a function: what is recorded of it has a subject of its own. */
const PREFIX = 'documented/';

const KIND_OF_ACTUAL = { fault: 'faulted', timeout: 'timed-out', unsupported: 'not-callable' } as const;

/** Of the facts of one function, which known divergences name; undefined for other subjects. */
export function functionOfFacts(subject: string): string | undefined {
  return subject.startsWith(PREFIX) ? subject.slice(PREFIX.length) : undefined;
}

export interface FactResultsOptions {
  readonly runtime: RuntimeRecord;
  /** Of the function. */
  readonly prototype: string;
  /** The folder that paths are relative to. */
  readonly root: string;
}

/**
 * The subject, then its cases.
 *
 * @param facts those of one function, one at least; those about another architecture are left out
 */
export function factResults(
  facts: readonly FactRecord[],
  { runtime, prototype, root }: FactResultsOptions,
): [SubjectRecord, ...CaseRecord[]] {
  const own = facts.filter(({ isForeign }) => isForeign !== true);
  const { dll = '', function: name = '', file = '', line = 1 } = facts[0] ?? {};
  const suite = suiteOf({ dll, function: name });
  const subject = `${PREFIX}${suite}`;
  const known = [...new Map(own.flatMap((fact) => (fact.known ? [[placeOf(fact.known), fact.known]] : []))).values()];
  return [
    {
      record: 'subject',
      subject,
      kind: 'function',
      group: dirname(suite),
      name: `${name} (documented)`,
      prototype,
      runtime,
      file: relative(root, file),
      line,
      comparator: 'what the source asserts',
      baseline: null,
      cited: [...new Set(own.map(({ source }) => evidenceOf(source)))],
      known: known.map((each) => ({ ...each, file: relative(root, each.file) })),
      cases: own.length,
      totals: countVerdicts(own),
      durationMs: 0,
      problem: null,
    },
    ...own.map((fact) => caseRecord(fact, subject, runtime.id, root, known)),
  ];
}

function placeOf({ file, line }: { readonly file: string; readonly line: number }): string {
  return `${file}:${String(line)}`;
}

function caseRecord(
  fact: FactRecord,
  subject: string,
  runtime: string,
  root: string,
  known: readonly KnownDivergenceRecord[],
): CaseRecord {
  const { id, verdict, carriedOver } = fact;
  return {
    record: 'case',
    subject,
    runtime,
    id,
    verdict,
    ...(carriedOver === undefined ? {} : { carriedOver }),
    ...(verdict === 'match' ? {} : { detail: detailOf(fact, runtime, root, known) }),
  };
}

function detailOf(
  fact: FactRecord,
  runtime: string,
  root: string,
  known: readonly KnownDivergenceRecord[],
): CaseDetail {
  const { id, file, line, source, reason, setup, verdict, mismatches = [] } = fact;
  const path = relative(root, file);
  const kind = verdict in KIND_OF_ACTUAL ? KIND_OF_ACTUAL[verdict as keyof typeof KIND_OF_ACTUAL] : 'returned';
  const lost = mismatches.find(({ what }) => what === 'the call')?.actual ?? (fact.isMissing ? reason : undefined);
  const index = known.findIndex((each) => fact.known !== undefined && placeOf(each) === placeOf(fact.known));
  const notes = [setup === undefined ? undefined : `set up: ${setup}`, lost === undefined ? reason : undefined];
  const note = notes.filter((each) => each !== undefined).join('; ');
  return {
    inputs: (fact.arguments ?? []).map((text, argument) => field(`argument ${String(argument)}`, text)),
    expectations: [
      {
        extent: 'partial',
        outcome: outcome(
          'returned',
          'returned',
          mismatches.filter(({ what }) => what !== 'the call').map(({ what, expected }) => field(what, expected)),
        ),
        source: { by: 'citation', evidence: evidenceOf(source), citation: source, file: path, line },
      },
    ],
    actual:
      lost === undefined
        ? outcome(
            'returned',
            'returned',
            mismatches.map(({ what, actual }) => field(what, actual)),
          )
        : outcome(lost === reason ? 'not-callable' : kind, lost, []),
    difference:
      mismatches.length === 0
        ? null
        : {
            summary: mismatches
              .map(({ what, expected, actual }) => `${what}: ${expected} expected, ${actual} here`)
              .join('; '),
            fields: mismatches.map(({ what }) => what),
          },
    ...(index < 0 ? {} : { known: index }),
    ...(note === '' ? {} : { note }),
    replay: `npx dllparity check ${path} --only ${id} --runtime ${runtime}`,
  };
}

function outcome(kind: ShownOutcome['kind'], text: string, fields: readonly ShownField[]): ShownOutcome {
  return { kind, text, fields };
}

function field(name: string, text: string): ShownField {
  return { name, value: { type: '', text } };
}

/** Wine's own tests are tried on Windows too: their files are named. */
function evidenceOf(source: string): 'wine-test' | 'documented' {
  return /\bdlls\/\w+\/tests\//.test(source) ? 'wine-test' : 'documented';
}
