import { relative as relativePath } from 'node:path';
import type {
  CaseDetail,
  CaseRecord,
  LateFaultRecord,
  RuntimeRecord,
  SubjectRecord,
  Verdict,
} from '../../../protocol/records/result-record.ts';
import { countVerdicts, passingVerdicts } from '../../../protocol/records/result-record.ts';
import type { Agent } from '../../calls/agent/agent.ts';
import { callText, describeLateFault, type LateFault } from '../../calls/agent/late-fault.ts';
import type { Baseline, BaselineCase } from '../baseline/baseline.ts';
import { covers, type KnownDivergence } from '../known/known-divergence.ts';
import type { KnownIndex } from '../known/known-index.ts';
import { knownRecords } from '../known/known-record.ts';
import { withinLimit } from '../known/pattern.ts';
import { type Miscount, SuiteKnown } from '../known/suite-known.ts';
import { Confirmation } from './confirm-cases.ts';
import type { Observed } from './observed.ts';
import { judgeCase, type Judged } from './judge-case.ts';
import { showInputs, showOutcome } from './show.ts';
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
  const { suite, agent, baseline, known, only } = request;
  const started = performance.now();
  const cases = only === undefined ? baseline.cases : baseline.cases.filter(({ id }) => id === only);
  const records: CaseRecord[] = [];
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
        if (observed) records.push(compareCase(request, declared, baselineCase, observed));
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
): CaseRecord {
  const { suite } = request;
  const judged = judgeCase(suite.behaviour, suite.comparator, expected.outcome, observed);
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
  return verdict === 'match' && request.only === undefined && carriedOver === undefined
    ? head
    : {
        ...head,
        detail: detailOf(request, expected, observed, judged, entry && { known: declared.entries.indexOf(entry) }),
      };
}

/** A declaration makes a divergence known, within its bound, and a match unexpected. A tolerated difference is as good as a match. */
function withDeclaration({ verdict, difference }: Judged, entry: KnownDivergence | undefined): Verdict {
  if (!entry || verdict === 'unsupported') return verdict;
  if (verdict === 'match' || verdict === 'tolerated') return 'unexpected-match';
  return covers(entry, difference) ? 'known-divergence' : verdict;
}

function detailOf(
  request: CompareRequest,
  expected: BaselineCase,
  observed: Observed,
  judged: Judged,
  declared: Pick<CaseDetail, 'known'> = {},
): CaseDetail {
  const { suite } = request;
  const { behaviour } = suite;
  const names = (outcome: { kind: string; fields?: object }): string[] => Object.keys(outcome.fields ?? {});
  return {
    inputs: showInputs(behaviour, expected.inputs),
    expectations: [
      {
        extent: 'complete',
        outcome: showOutcome(behaviour, expected.outcome, names(observed)),
        source: {
          by: 'baseline',
          line: expected.line,
          ...(expected.file === undefined ? {} : { file: relativePath(request.root, expected.file) }),
        },
      },
    ],
    actual: showOutcome(behaviour, observed, names(expected.outcome)),
    difference: judged.difference,
    ...(observed.confirmed ? { confirmed: true } : {}),
    ...declared,
    replay: replayCommand(suite.name, expected.id, request.runtime.id),
    ...(observed.log && observed.log.length > 0 ? { log: observed.log } : {}),
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

/** The command that runs one case alone, in the runtime in which it was seen. */
export function replayCommand(suite: string, id: string, runtime: string): string {
  return `npx dllparity replay ${shellWord(`${suite}#${id}`)} --runtime ${shellWord(runtime)}`;
}

function shellWord(text: string): string {
  return /^[\w./#-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
