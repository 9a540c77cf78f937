import { relative as relativePath } from 'node:path';
import type {
  CaseDetail,
  CaseRecord,
  KnownDivergenceRecord,
  LateFaultRecord,
  OtherVersionRecord,
  RuntimeRecord,
  ShownOutcome,
  SubjectRecord,
  Verdict,
} from '../../../protocol/records/result-record.ts';
import { countVerdicts, passingVerdicts } from '../../../protocol/records/result-record.ts';
import type { Agent } from '../../calls/agent/agent.ts';
import { callText, describeLateFault, type LateFault } from '../../calls/agent/late-fault.ts';
import type { Baseline, BaselineCase, RecordedOutcome } from '../baseline/baseline.ts';
import {
  type AlternativeOutcome,
  alternativesOf,
  type OtherVersion,
  silentOn,
  versionText,
} from '../baseline/other-versions.ts';
import { covers, type KnownDivergence } from '../known/known-divergence.ts';
import type { KnownIndex } from '../known/known-index.ts';
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
  const confirmation = new Confirmation(suite, agent);
  for (let start = 0; start < cases.length; start += PORTION) {
    const portion = cases.slice(start, start + PORTION);
    const inputs = portion.map((expected) => expected.inputs);
    const expected = portion.map(({ outcome }) => outcome);
    const seen = confirmation.confirm(portion, suite.behaviour.observe(agent, inputs, { expected }));
    portion.forEach((baselineCase, index) => {
      const observed = seen[index];
      if (observed) records.push(compareCase(request, baselineCase, observed, alternatives.get(baselineCase.id)));
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
      known: known.entriesOf(suite.name).map((entry) => knownRecord(entry, request.root)),
      cases: records.length,
      totals,
      durationMs: performance.now() - started,
      problem: null,
      ...(lateFaults.length > 0 ? { lateFaults: lateFaults.map(lateFaultRecord) } : {}),
    },
    cases: records,
    failing,
    lateFaults,
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
  expected: BaselineCase,
  observed: Observed,
  alternatives: readonly AlternativeOutcome[] = [],
): CaseRecord {
  const { suite, known } = request;
  const { judged, as } = judgeAll(suite, expected, observed, alternatives);
  const entry = known.find(suite.name, expected.id);
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
    : { ...head, detail: detailOf(request, expected, observed, { judged, as, entry, alternatives }) };
}

/** How a case was judged, and what bears on it. */
interface Details {
  readonly judged: Judged;
  /** The outcome of another version that it is like, where it is not as in the baseline. */
  readonly as: AlternativeOutcome | undefined;
  readonly entry: KnownDivergence | undefined;
  readonly alternatives: readonly AlternativeOutcome[];
}

/** HOT: what one version of the DLL does is right, whichever it is. */
function judgeAll(
  { behaviour, comparator }: Suite,
  expected: BaselineCase,
  observed: Observed,
  alternatives: readonly AlternativeOutcome[],
): Pick<Details, 'judged' | 'as'> {
  const judged = judgeCase(behaviour, comparator, expected.outcome, observed);
  if (alternatives.length === 0 || isRight(judged)) return { judged, as: undefined };
  for (const as of alternatives) {
    const found = judgeCase(behaviour, comparator, as.outcome, observed);
    if (isRight(found)) return { judged: found, as };
  }
  return { judged, as: undefined };
}

function isRight({ verdict }: Judged): boolean {
  return verdict === 'match' || verdict === 'tolerated';
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
  { judged, as, entry, alternatives }: Details,
): CaseDetail {
  const { suite } = request;
  return {
    inputs: showInputs(suite.behaviour, expected.inputs),
    expectations: expectationsOf(request, expected, observed, alternatives),
    actual: showOutcome(suite.behaviour, observed, fieldNames(expected.outcome)),
    difference: judged.difference,
    ...(observed.confirmed ? { confirmed: true } : {}),
    ...(entry ? { known: request.known.entriesOf(suite.name).indexOf(entry) } : {}),
    ...(as === undefined ? {} : { note: `as in ${as.versions.map(versionText).join(', ')}` }),
    replay: replayCommand(suite.name, expected.id, request.runtime.id),
    ...(observed.log && observed.log.length > 0 ? { log: observed.log } : {}),
  };
}

/** What each version of the DLL did; where they agree there is one expectation, and no version is named. */
function expectationsOf(
  { suite, baseline, others, root }: CompareRequest,
  { id, outcome, line, file }: BaselineCase,
  observed: Observed,
  alternatives: readonly AlternativeOutcome[],
): CaseDetail['expectations'] {
  const show = (shown: RecordedOutcome): ShownOutcome => showOutcome(suite.behaviour, shown, fieldNames(observed));
  const first = {
    extent: 'complete',
    outcome: show(outcome),
    source: { by: 'baseline', line, ...(file === undefined ? {} : { file: relativePath(root, file) }) },
  } as const;
  if (alternatives.length === 0) return [first];
  const different = new Set(alternatives.flatMap(({ versions }) => versions));
  const silent = silentOn(id, others);
  const { fileVersion, architecture } = baseline.head.provenance;
  const own = suite.behaviour.library.oracles.find(
    (each) => each.fileVersion === fileVersion && each.architecture === architecture,
  );
  const agreeing = others
    .map(({ version }) => version)
    .filter((version) => !different.has(version) && !silent.includes(version));
  return [
    { ...first, windows: [own ?? baseline.head.provenance, ...agreeing].map(versionText).join(', ') },
    ...alternatives.map((alternative) => ({
      extent: 'complete' as const,
      outcome: show(alternative.outcome),
      windows: alternative.versions.map(versionText).join(', '),
      source: { by: 'baseline' as const, line: alternative.line, file: relativePath(root, alternative.file) },
    })),
  ];
}

function fieldNames(outcome: { kind: string; fields?: object }): string[] {
  return Object.keys(outcome.fields ?? {});
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

/** The command that runs one case alone, in the runtime in which it was seen. */
export function replayCommand(suite: string, id: string, runtime: string): string {
  return `npx dllparity replay ${shellWord(`${suite}#${id}`)} --runtime ${shellWord(runtime)}`;
}

function shellWord(text: string): string {
  return /^[\w./#-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

function knownRecord(entry: KnownDivergence, root: string): KnownDivergenceRecord {
  return {
    reason: entry.reason,
    bug: entry.bug,
    wine: entry.wine,
    cases: entry.cases.length,
    file: relativePath(root, entry.file),
    line: entry.line,
  };
}
