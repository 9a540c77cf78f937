import { relative as relativePath } from 'node:path';
import type { CaseDetail, ShownOutcome } from '../../../protocol/records/result-record.ts';
import type { Baseline, BaselineCase, RecordedOutcome } from '../baseline/baseline.ts';
import { type AlternativeOutcome, type OtherVersion, silentOn, versionText } from '../baseline/other-versions.ts';
import type { JudgedVersions } from './judge-versions.ts';
import type { Observed } from './observed.ts';
import { replayCommand } from './replay-command.ts';
import { showInputs, showOutcome } from './show.ts';
import type { Suite } from './suite.ts';

/** What a case is part of. */
export interface CaseContext {
  readonly suite: Suite;
  readonly runtime: { readonly id: string };
  readonly baseline: Baseline;
  readonly others: readonly OtherVersion[];
  /** Folder that paths in records are relative to. */
  readonly root: string;
}

/** How a case was judged, and what bears on it. */
export interface CaseJudgement extends JudgedVersions {
  readonly alternatives: readonly AlternativeOutcome[];
  /** Index of the declaration about it. */
  readonly known: number | undefined;
}

/** What a person needs in order to judge a case. */
export function caseDetail(
  context: CaseContext,
  expected: BaselineCase,
  observed: Observed,
  { judged, as, alternatives, known }: CaseJudgement,
): CaseDetail {
  const { suite, runtime } = context;
  return {
    inputs: showInputs(suite.behaviour, expected.inputs),
    expectations: expectationsOf(context, expected, observed, alternatives),
    actual: showOutcome(suite.behaviour, observed, fieldNames(expected.outcome)),
    difference: judged.difference,
    ...(observed.confirmed ? { confirmed: true } : {}),
    ...(known === undefined ? {} : { known }),
    ...(as === undefined ? {} : { note: `as in ${as.versions.map(versionText).join(', ')}` }),
    replay: replayCommand(suite.name, expected.id, runtime.id),
    ...(observed.log && observed.log.length > 0 ? { log: observed.log } : {}),
  };
}

/** What each version of the DLL did; where they agree there is one expectation, and no version is named. */
function expectationsOf(
  { suite, baseline, others, root }: CaseContext,
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
