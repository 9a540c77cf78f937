import { relative as relativePath } from 'node:path';
import type {
  CaseRecord,
  LateFaultRecord,
  OtherVersionRecord,
  RuntimeRecord,
  SubjectRecord,
  Verdict,
} from '../../../protocol/records/result-record.ts';
import { countVerdicts, passingVerdicts } from '../../../protocol/records/result-record.ts';
import type { Agent } from '../../calls/agent/agent.ts';
import { callText, describeLateFault, type LateFault } from '../../calls/agent/late-fault.ts';
import type { Baseline, BaselineCase } from '../baseline/baseline.ts';
import { type AlternativeOutcome, alternativesOf, type OtherVersion } from '../baseline/other-versions.ts';
import { covers, isCases, type KnownDivergence } from '../known/known-divergence.ts';
import type { KnownIndex } from '../known/known-index.ts';
import { knownRecords } from '../known/known-record.ts';
import { withinLimit } from '../known/pattern.ts';
import { type Miscount, SuiteKnown } from '../known/suite-known.ts';
import { Confirmation } from './confirm-cases.ts';
import type { Observed } from './observed.ts';
import type { Judged } from './judge-case.ts';
import { caseDetail } from './case-detail.ts';
import { judgeVersions } from './judge-versions.ts';
import type { Suite } from './suite.ts';

/** Cases are run in portions, so that memory stays bounded and progress can be shown. */
const PORTION = 10_000;

/** A suite compared: what goes into results.jsonl, and what a failing test says. */
export interface Compared {
  readonly record: SubjectRecord;
  readonly cases: readonly CaseRecord[];
  /** Cases that fail the run, the first few with everything a person needs. */
  readonly failing: readonly CaseRecord[];
  /** Deaths of the process that are no case's outcome; they fail the run too. */
  readonly lateFaults: readonly LateFault[];
  /** Declared causes that cover other numbers of cases than they say; they fail the run too. */
  readonly miscounts: readonly Miscount[];
}

export interface CompareRequest {
  readonly suite: Suite;
  readonly agent: Agent;
  readonly runtime: RuntimeRecord;
  readonly baseline: Baseline;
  /** What other versions of the DLL vouch for: each of their outcomes is accepted too. */
  readonly others: readonly OtherVersion[];
  /** Declarations that hold for this runtime. */
  readonly known: KnownIndex;
  /** Only this case; all when undefined. */
  readonly only?: string | undefined;
  /** Whether cases that cannot be called fail the suite. */
  readonly strict: boolean;
  /** Folder that paths in records are relative to. */
  readonly root: string;
}

/** Runs all cases of a baseline and compares each outcome with it. */
export function compareSuite(request: CompareRequest): Compared {
  const { suite, agent, baseline, others, known, only } = request;
  const started = performance.now();
  const cases = only === undefined ? baseline.cases : baseline.cases.filter(({ id }) => id === only);
  const records: CaseRecord[] = [];
  const alternatives = alternativesOf(others);
  const { inputNames } = suite.behaviour;
  const declared = new SuiteKnown(known, { suite: suite.name, inputNames, runtime: request.runtime });
  const confirmation = new Confirmation(suite, agent);
  for (let start = 0; start < cases.length; start += PORTION) {
    const portion = cases.slice(start, start + PORTION);
    const inputs = portion.map((expected) => expected.inputs);
    const expected = portion.map(({ outcome }) => outcome);
    const seen = confirmation.confirm(portion, suite.behaviour.observe(agent, inputs, { expected }));
    withinLimit(() => {
      portion.forEach((baselineCase, index) => {
        const observed = seen[index];
        if (observed) records.push(compareCase(request, declared, baselineCase, observed, alternatives));
      });
    });
  }
  const lateFaults = agent.takeLateFaults();
  const totals = countVerdicts(records);
  const passing = passingVerdicts(request.strict);
  const failing = records.filter(({ verdict }) => !passing.includes(verdict));
  return {
    record: {
      ...subjectOf(suite),
      runtime: request.runtime,
      file: relativePath(request.root, suite.file),
      baseline: {
        file: relativePath(request.root, baseline.file),
        digest: baseline.head.digest,
        provenance: baseline.head.provenance,
        ...(others.length > 0 ? { others: others.map((other) => otherRecord(other, request.root)) } : {}),
      },
      known: knownRecords(declared, request.root),
      cases: records.length,
      totals,
      durationMs: performance.now() - started,
      problem: null,
      ...(lateFaults.length > 0 ? { lateFaults: lateFaults.map(lateFaultRecord) } : {}),
    },
    cases: records,
    failing,
    lateFaults,
    // Of one case alone no number can be right.
    miscounts: only === undefined ? declared.miscounts() : [],
  };
}

function lateFaultRecord(late: LateFault): LateFaultRecord {
  const { withinMs, suspects } = late;
  return {
    text: describeLateFault(late),
    withinMs: Math.ceil(withinMs),
    suspects: suspects.map((suspect) => ({ call: callText(suspect), replayed: suspect.replayed })),
  };
}

function compareCase(
  request: CompareRequest,
  declared: SuiteKnown,
  expected: BaselineCase,
  observed: Observed,
  all: ReadonlyMap<string, readonly AlternativeOutcome[]>,
): CaseRecord {
  const { suite } = request;
  const alternatives = all.get(expected.id) ?? [];
  const { judged, as } = judgeVersions(suite, expected, observed, alternatives);
  const entry = declared.about({
    id: expected.id,
    inputs: expected.inputs,
    expected: expected.outcome,
    actual: observed,
    ...judged,
  });
  const verdict = withDeclaration(judged, entry);
  const { carriedOver } = observed;
  const head = {
    record: 'case',
    subject: suite.name,
    runtime: request.runtime.id,
    id: expected.id,
    verdict,
    ...(carriedOver === undefined ? {} : { carriedOver }),
  } as const;
  // A case that was asked for by its id is shown in full, also when it matches.
  return verdict === 'match' && request.only === undefined && carriedOver === undefined && as === undefined
    ? head
    : {
        ...head,
        detail: caseDetail(request, expected, observed, {
          judged,
          as,
          alternatives,
          known: entry && declared.entries.indexOf(entry),
        }),
      };
}

/** A declaration makes a divergence known, within its bound, and a match unexpected. A tolerated difference is as good as a match. */
function withDeclaration({ verdict, difference }: Judged, entry: KnownDivergence | undefined): Verdict {
  if (!entry || (verdict === 'unsupported' && isCases(entry))) return verdict;
  if (verdict === 'match' || verdict === 'tolerated') return 'unexpected-match';
  return covers(entry, difference) ? 'known-divergence' : verdict;
}

function otherRecord({ version, differences }: OtherVersion, root: string): OtherVersionRecord {
  const { file, head, cases } = differences;
  return {
    fileVersion: version.fileVersion,
    ...(version.windows === undefined ? {} : { windows: version.windows }),
    sha256: head.provenance.sha256,
    source: head.provenance.source,
    file: relativePath(root, file),
    different: cases.length,
    silent: head.sameAs?.without.length ?? 0,
  };
}

/** What a suite judges, for its record. */
export function subjectOf({
  name,
  title,
  behaviour: { dll, prototype },
  line,
  comparator,
}: Suite): Pick<SubjectRecord, 'record' | 'subject' | 'kind' | 'group' | 'name' | 'prototype' | 'line' | 'comparator'> {
  return {
    record: 'subject',
    subject: name,
    kind: prototype === null ? 'behaviour' : 'function',
    group: dll,
    name: title,
    prototype,
    line,
    comparator: comparator.name,
  };
}
