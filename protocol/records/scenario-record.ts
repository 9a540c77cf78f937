// Search-order scenarios in results.jsonl: one `scenarios` line for each rule in a runtime, then a `scenario` line for each of its scenarios.
import type { RuntimeRecord } from './result-record.ts';

/** What the outcome of a scenario says; harness/loader/verdict.ts says when. In the order in which reports list them. */
export const SCENARIO_VERDICTS = [
  'agrees',
  'feature-absent',
  'known-divergence',
  'windows-unknown',
  'divergence',
  'unexpected-match',
  'changed',
  'harness-error',
] as const;

export type ScenarioVerdict = (typeof SCENARIO_VERDICTS)[number];

/** The verdicts with which a run passes: everything is as it is declared. */
export const PASSING_SCENARIOS: readonly ScenarioVerdict[] = [
  'agrees',
  'feature-absent',
  'known-divergence',
  'windows-unknown',
];

/** Who says what is expected of Windows: a page of Microsoft, a test of Wine that runs on Windows too, somebody's report, general knowledge, nobody. */
export type ScenarioEvidence = 'documented' | 'wine-test' | 'reported' | 'unverified' | 'none';

/** One rule in one runtime. */
export interface ScenariosRecord {
  readonly record: 'scenarios';
  /** For example `standard order`. Unique with `runtime`. */
  readonly rule: string;
  readonly runtime: RuntimeRecord;
  /** The file of its scenarios, relative to the project. */
  readonly file: string;
  readonly scenarios: number;
  readonly totals: Readonly<Record<ScenarioVerdict, number>>;
  readonly durationMs: number;
}

/** One scenario in one runtime. */
export interface ScenarioRecord {
  readonly record: 'scenario';
  readonly rule: string;
  /** Id of the runtime. */
  readonly runtime: string;
  readonly id: string;
  readonly title: string;
  readonly line: number;
  readonly verdict: ScenarioVerdict;
  /** Words of an outcome, as harness/loader/outcome.ts has them; null where nobody knows. */
  readonly expected: readonly string[] | null;
  readonly evidence: ScenarioEvidence;
  readonly source: string;
  readonly actual: readonly string[];
  /** Why Wine differs, as it is declared. */
  readonly because?: string;
  /** Id of the scenario that shows that the feature is there. */
  readonly twin?: string;
  /** Why it could not be run. */
  readonly problem?: string;
  readonly durationMs: number;
  /** A shell command that runs it alone. */
  readonly replay: string;
}
