import { relative } from 'node:path';
import {
  type CaseRecord,
  countVerdicts,
  type Expectation,
  type KnownDivergenceRecord,
  type RuntimeRecord,
  type ShownField,
  type ShownOutcome,
  type SubjectRecord,
} from '../../protocol/records/result-record.ts';
import { outcomeText } from './outcome.ts';
import type { JudgedRun } from './run/scenario-table.ts';
import type { Scenario } from './scenario.ts';

/** Under this name reports list loader rules. */
const GROUP = 'search order';

/**
 * Lines of results.jsonl for the scenarios of one rule in one runtime: the rule first.
 *
 * @param root the folder that paths are relative to
 */
export function scenarioRecords(
  judged: readonly JudgedRun[],
  runtime: RuntimeRecord,
  root: string,
): [SubjectRecord, ...CaseRecord[]] {
  const first = judged[0]?.run.scenario;
  const name = first?.rule ?? '';
  const subject = `${GROUP}/${name}`;
  const declared = judged.map(({ run }) => run.scenario).filter(({ wine }) => wine !== undefined);
  return [
    {
      record: 'subject',
      subject,
      kind: 'loader-rule',
      group: GROUP,
      name,
      prototype: null,
      runtime,
      file: relative(root, first?.file ?? ''),
      line: 1,
      comparator: 'exact',
      baseline: null,
      known: declared.flatMap((scenario) => knownRecord(scenario, root)),
      cases: judged.length,
      totals: countVerdicts(judged),
      durationMs: judged.reduce((sum, { run }) => sum + Math.round(run.ms), 0),
      problem: null,
    },
    ...judged.map((each) => caseRecord(each, subject, runtime.id, root, declared)),
  ];
}

function knownRecord({ wine, file, line }: Scenario, root: string): KnownDivergenceRecord[] {
  if (wine === undefined) return [];
  return [
    { reason: wine.because, bug: 'none', wine: wine.versions ?? '*', cases: 1, file: relative(root, file), line },
  ];
}

function caseRecord(
  { run, verdict, note }: JudgedRun,
  subject: string,
  runtime: string,
  root: string,
  declared: readonly Scenario[],
): CaseRecord {
  const { scenario, outcome, harnessError, ms } = run;
  const { id, title, file } = scenario;
  const known = declared.indexOf(scenario);
  const actual = harnessError === undefined ? shown(outcome) : null;
  const expectations = expectationsOf(scenario, root);
  const differs = verdict !== 'match' && verdict !== 'inconclusive' && actual !== null;
  const [expected] = expectations;
  return {
    record: 'case',
    subject,
    runtime,
    id,
    title,
    verdict,
    durationMs: Math.round(ms),
    detail: {
      inputs: [],
      expectations,
      actual,
      difference:
        differs && expected !== undefined
          ? {
              summary: `${expected.outcome.text} on Windows, ${actual.text} here`,
              fields: differing(expected.outcome, actual),
            }
          : null,
      ...(known < 0 ? {} : { known }),
      ...(note === undefined ? {} : { note }),
      replay: `npx dllparity scenario run ${relative(root, file)} --only ${id} --runtime ${runtime}`,
    },
  };
}

function expectationsOf({ expect, file, line }: Scenario, root: string): Expectation[] {
  const { outcome, evidence, source } = expect;
  if (outcome === undefined || evidence === 'none') return [];
  return [
    {
      extent: 'complete',
      outcome: shown(outcome),
      source: { by: 'citation', evidence, citation: source, file: relative(root, file), line },
    },
  ];
}

/** The words of an outcome, each a step. */
function shown(words: readonly string[]): ShownOutcome {
  return {
    kind: 'observed',
    text: outcomeText(words),
    fields: words.map((text, index) => ({ name: step(index), value: { type: 'words', text } })),
  };
}

function differing(expected: ShownOutcome, actual: ShownOutcome): string[] {
  const text = ({ fields }: ShownOutcome, index: number): string | undefined => fields[index]?.value.text;
  const count = Math.max(expected.fields.length, actual.fields.length);
  return Array.from({ length: count }, (_, index) => index)
    .filter((index) => text(expected, index) !== text(actual, index))
    .map(step);
}

function step(index: number): ShownField['name'] {
  return `step ${String(index + 1)}`;
}
