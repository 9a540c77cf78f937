import { LENIENT_VERDICTS, PASSING_VERDICTS, VERDICTS, type Verdict } from '../protocol/records/result-record.ts';
import {
  type Compatibility,
  type FunctionResult,
  isStrict,
  type RunResult,
  type SubjectResult,
} from './compatibility.ts';
import { failedScenarios } from './loader-rules.ts';
import { count } from './totals.ts';
import { VERDICT_WORDS } from './verdicts.ts';
import { cases, listed, many } from './words.ts';

/** Whether the run passes, and why not. */
export interface Judgement {
  readonly state: 'passed' | 'failed' | 'interrupted';
  /** What fails the run or leaves it unfinished; empty when it passed. */
  readonly reasons: readonly Reason[];
  /** What a reader should know although it fails nothing. */
  readonly notes: readonly string[];
}

export interface Reason {
  readonly text: string;
  /** Query that shows the cases meant, or null. */
  readonly query: string | null;
}

export function judge(model: Compatibility): Judgement {
  const interrupted = model.runs.filter((run) => run.end === null);
  const said = model.runs.every((run) => run.end?.ok !== false);
  const reasons = [
    ...interrupted.map(interruption),
    ...verdictReasons(model, false),
    ...suiteReasons(model, false),
    ...countReasons(model),
    ...lateReasons(model),
    ...scenarioReasons(model),
    ...testReasons(model),
  ];
  const lenient = [...verdictReasons(model, true), ...suiteReasons(model, true)];
  const strict = isStrict(model);
  if (strict) reasons.push(...lenient);
  if (!said && reasons.length === interrupted.length) {
    reasons.push({
      text: 'The run says that it failed; nothing in its results says why. Look at the output of the run.',
      query: null,
    });
  }
  const failed = reasons.length > interrupted.length;
  return {
    state: failed ? 'failed' : interrupted.length > 0 ? 'interrupted' : 'passed',
    reasons,
    notes: [
      ...(strict ? [] : lenient.map(({ text }) => text)),
      ...carriedOverNotes(model),
      ...model.runs.flatMap((run) => contradictions(model, run)),
    ],
  };
}

function interruption({ file, run }: RunResult): Reason {
  return {
    text: `The run of ${run.startedAt} was interrupted: ${file} has no "end" line. What it had not reached is unknown.`,
    query: null,
  };
}

function verdictReasons(model: Compatibility, lenient: boolean): Reason[] {
  return VERDICTS.filter(
    (verdict) => !PASSING_VERDICTS.includes(verdict) && LENIENT_VERDICTS.includes(verdict) === lenient,
  )
    .filter((verdict) => model.totals[verdict] > 0)
    .map((verdict) => {
      const functions = model.functions.filter(({ totals }) => totals[verdict] > 0);
      return {
        text: `${verdictPhrase(verdict, model.totals[verdict])} ${inFunctions(functions)}`,
        query: `verdict:${verdict}`,
      };
    });
}

function verdictPhrase(verdict: Verdict, number: number): string {
  switch (verdict) {
    case 'divergence':
      return many(number, 'undeclared divergence');
    case 'unexpected-match':
      return many(number, 'declared divergence is gone', 'declared divergences are gone');
    case 'baseline-missing':
      return `${cases(number)} without a baseline`;
    case 'baseline-stale':
      return `${cases(number)} whose baseline belongs to another declaration`;
    case 'unsupported':
      return `${cases(number)} the runtime cannot call`;
    default:
      return many(number, VERDICT_WORDS[verdict].label);
  }
}

function inFunctions(functions: readonly FunctionResult[]): string {
  return `in ${many(functions.length, 'function')}: ${listed(
    functions.map(({ name }) => name),
    6,
  )}`;
}

function suiteReasons(model: Compatibility, lenient: boolean): Reason[] {
  return suites(model)
    .filter(({ record: { problem } }) => problem !== null && LENIENT_VERDICTS.includes(problem.verdict) === lenient)
    .map(({ record }) => ({
      text: `${record.subject} in ${record.runtime.id}: ${record.problem?.message.split('\n')[0] ?? ''}`,
      query: `function:"${record.name}" runtime:${record.runtime.id}`,
    }));
}

function countReasons(model: Compatibility): Reason[] {
  return suites(model).flatMap(({ record }) =>
    record.known
      .filter(({ found }) => found !== undefined)
      .map(({ cause, cases: declared, found = 0, file, line }) => ({
        text: `${record.subject} in ${record.runtime.id}: the declared cause ${cause ?? ''} (${file}:${String(line)}) says ${cases(declared)} and covers ${String(found)}`,
        query: `function:"${record.name}" runtime:${record.runtime.id}`,
      })),
  );
}

function lateReasons(model: Compatibility): Reason[] {
  return suites(model).flatMap(({ record }) =>
    (record.lateFaults ?? []).map(({ text, suspects }) => {
      const [found] = suspects.filter(({ replayed }) => replayed === 'crashed again');
      const suspect = found ?? suspects[0];
      const who = suspect === undefined ? '' : `; suspect: ${suspect.call} (${suspect.replayed})`;
      return {
        text: `${record.subject} in ${record.runtime.id}: ${text}${who}`,
        query: `function:"${record.name}" runtime:${record.runtime.id}`,
      };
    }),
  );
}

function carriedOverNotes(model: Compatibility): string[] {
  return suites(model).flatMap(({ record, carriedOver }) => {
    const [first] = carriedOver;
    if (first?.carriedOver === undefined) return [];
    const what = cases(carriedOver.length);
    return [
      `${record.subject} in ${record.runtime.id}: ${what} came out differently after other calls than in a fresh process, which counts. Case ${first.id}: ${first.carriedOver}`,
    ];
  });
}

function scenarioReasons(model: Compatibility): Reason[] {
  const failed = failedScenarios(model);
  return VERDICTS.flatMap((verdict) => {
    const found = failed.filter((scenario) => scenario.verdict === verdict);
    if (found.length === 0) return [];
    const { label } = VERDICT_WORDS[verdict];
    return [
      {
        text: `${many(found.length, 'search-order scenario')}: ${label}: ${listed(
          found.map(({ id, runtime }) => `${id} (${runtime})`),
          6,
        )}`,
        query: null,
      },
    ];
  });
}

function testReasons(model: Compatibility): Reason[] {
  const failed = model.tests.filter(({ state }) => state === 'failed');
  if (failed.length === 0) return [];
  return [
    {
      text: `${many(failed.length, 'test')} failed: ${listed(
        failed.map(({ name }) => name),
        3,
      )}`,
      query: null,
    },
  ];
}

function contradictions(model: Compatibility, { file, end }: RunResult): string[] {
  const notes: string[] = [];
  let counted = 0;
  for (const suite of [...suites(model), ...model.rules]) {
    if (suite.file !== file) continue;
    counted += suite.record.cases;
    const lines = count(suite.listed);
    if (
      lines !== suite.record.cases ||
      VERDICTS.some((verdict) => suite.listed[verdict] !== suite.record.totals[verdict])
    ) {
      const { subject: name, runtime } = suite.record;
      notes.push(
        `${name} in ${runtime.id} counts ${cases(suite.record.cases)}, and ${file} has ${many(lines, 'line')} for it: some are missing or changed.`,
      );
    }
  }
  if (end !== null && end.cases !== counted) {
    notes.push(`The run counted ${cases(end.cases)}, and ${file} has ${cases(counted)}: some suites are missing.`);
  }
  return notes;
}

function suites(model: Compatibility): readonly SubjectResult[] {
  return model.functions.flatMap((found) => found.results);
}
