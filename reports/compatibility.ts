import type {
  CaseRecord,
  EndRecord,
  RunRecord,
  RuntimeRecord,
  ScenarioRecord,
  ScenariosRecord,
  SuiteRecord,
  TestRecord,
  Verdict,
} from '../protocol/records/result-record.ts';
import { readResults, type LocatedRecord } from './read-results.ts';
import { refuseMixture } from './refuse-mixture.ts';
import { noTotals, sumTotals, type Totals } from './totals.ts';
import { largerUlp, validUlp } from './ulp.ts';

/** One results file. */
export interface RunResult {
  readonly file: string;
  readonly run: RunRecord;
  /** Null when the run was interrupted. */
  readonly end: EndRecord | null;
}

/** One function in one runtime. */
export interface SuiteResult {
  readonly file: string;
  readonly line: number;
  readonly record: SuiteRecord;
  /** Cases that did not simply match, in file order. */
  readonly cases: readonly CaseRecord[];
  /** Cases, matches too, that came out differently after other calls of their process. */
  readonly carriedOver: readonly CaseRecord[];
  /** Verdict by case id, matches included: what another runtime says about the same case. */
  readonly verdicts: ReadonlyMap<string, Verdict>;
  /** Case lines found, by verdict. Differs from `record.totals` when lines are missing. */
  readonly listed: Readonly<Totals>;
  /** Largest distance in units in the last place, a decimal string, or null when none was recorded. */
  readonly maxUlp: string | null;
}

/** One function (or scripted behaviour) of a DLL in every runtime that ran it. */
export interface FunctionResult {
  readonly suite: string;
  readonly dll: string;
  readonly name: string;
  readonly prototype: string | null;
  readonly suites: readonly SuiteResult[];
  readonly totals: Readonly<Totals>;
  readonly maxUlp: string | null;
}

/** The search-order scenarios of one rule in one runtime. */
export interface RuleResult {
  readonly record: ScenariosRecord;
  readonly scenarios: readonly ScenarioRecord[];
}

/** Everything the reports show, from one or several results files. */
export interface Compatibility {
  readonly runs: readonly RunResult[];
  readonly runtimes: readonly RuntimeRecord[];
  readonly functions: readonly FunctionResult[];
  readonly rules: readonly RuleResult[];
  readonly tests: readonly TestRecord[];
  readonly totals: Readonly<Totals>;
}

/** Reads results files, which may hold several runtimes, into one model. Throws `ReportError` when they do not belong together. */
export async function readCompatibility(files: readonly string[]): Promise<Compatibility> {
  const builder = new CompatibilityBuilder();
  for (const file of files) {
    for await (const located of readResults(file)) builder.add(file, located);
  }
  return builder.finish();
}

interface GrowingSuite {
  readonly file: string;
  readonly line: number;
  readonly record: SuiteRecord;
  readonly cases: CaseRecord[];
  readonly carriedOver: CaseRecord[];
  readonly verdicts: Map<string, Verdict>;
  readonly listed: Totals;
  maxUlp: string | null;
}

class CompatibilityBuilder {
  readonly #runs: { file: string; run: RunRecord; end: EndRecord | null }[] = [];
  readonly #suites = new Map<string, GrowingSuite>();
  readonly #rules = new Map<string, { record: ScenariosRecord; scenarios: ScenarioRecord[] }>();
  readonly #tests: TestRecord[] = [];

  add(file: string, { record, line }: LocatedRecord): void {
    switch (record.record) {
      case 'run':
        this.#runs.push({ file, run: record, end: null });
        break;
      case 'suite': {
        const suite = {
          file,
          line,
          record,
          cases: [],
          carriedOver: [],
          verdicts: new Map<string, Verdict>(),
          listed: noTotals(),
          maxUlp: null,
        };
        refuseMixture(this.#suites.values(), suite);
        this.#suites.set(key(record.suite, record.runtime.id), suite);
        break;
      }
      case 'case':
        addCase(this.#suites.get(key(record.suite, record.runtime)), record);
        break;
      case 'scenarios':
        this.#rules.set(key(record.rule, record.runtime.id), { record, scenarios: [] });
        break;
      case 'scenario':
        this.#rules.get(key(record.rule, record.runtime))?.scenarios.push(record);
        break;
      case 'test':
        this.#tests.push(record);
        break;
      case 'end': {
        const run = this.#runs.at(-1);
        if (run !== undefined) run.end = record;
        break;
      }
    }
  }

  finish(): Compatibility {
    const suites = [...this.#suites.values()];
    const rules = [...this.#rules.values()];
    const runtimes = new Map([...suites, ...rules].map(({ record }) => [record.runtime.id, record.runtime]));
    const byName = new Map<string, GrowingSuite[]>();
    for (const suite of suites) {
      const group = byName.get(suite.record.suite);
      if (group === undefined) byName.set(suite.record.suite, [suite]);
      else group.push(suite);
    }
    const order = [...runtimes.keys()];
    return {
      runs: this.#runs,
      runtimes: [...runtimes.values()],
      functions: [...byName.values()].map((group) => functionResult(group, order)),
      rules,
      tests: this.#tests,
      totals: sumTotals(suites.map(({ record }) => record.totals)),
    };
  }
}

function key(suite: string, runtime: string): string {
  return `${suite}\n${runtime}`;
}

function addCase(suite: GrowingSuite | undefined, record: CaseRecord): void {
  if (suite === undefined) return;
  suite.listed[record.verdict] += 1;
  suite.verdicts.set(record.id, record.verdict);
  if (record.carriedOver !== undefined) suite.carriedOver.push(record);
  if (record.verdict === 'match') return;
  suite.cases.push(record);
  suite.maxUlp = largerUlp(suite.maxUlp, validUlp(record.detail?.difference?.ulp));
}

function functionResult(group: readonly GrowingSuite[], runtimes: readonly string[]): FunctionResult {
  const suites = [...group].sort(
    (a, b) => runtimes.indexOf(a.record.runtime.id) - runtimes.indexOf(b.record.runtime.id),
  );
  const [first] = suites;
  if (first === undefined) throw new RangeError('a function without a suite');
  return {
    suite: first.record.suite,
    dll: first.record.dll,
    name: first.record.function,
    prototype: first.record.prototype,
    suites,
    totals: sumTotals(suites.map(({ record }) => record.totals)),
    maxUlp: suites.reduce<string | null>((max, suite) => largerUlp(max, suite.maxUlp), null),
  };
}
