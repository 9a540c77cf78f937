import type {
  CaseRecord,
  EndRecord,
  RunRecord,
  RuntimeRecord,
  SubjectRecord,
  TestRecord,
} from '../protocol/records/result-record.ts';
import { CaseVerdicts } from './case-verdicts.ts';
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

/** One subject in one runtime. */
export interface SubjectResult {
  readonly file: string;
  readonly line: number;
  readonly record: SubjectRecord;
  /** Cases that did not simply match, in file order; of a loader rule all, since each has its own title and sources. */
  readonly cases: readonly CaseRecord[];
  /** Cases, matches too, that came out differently after other calls of their process. */
  readonly carriedOver: readonly CaseRecord[];
  /** Verdict by case id, matches included: what another runtime says about the same case. */
  readonly verdicts: CaseVerdicts;
  /** Case lines found, by verdict. Differs from `record.totals` when lines are missing. */
  readonly listed: Readonly<Totals>;
  /** Largest distance in units in the last place, a decimal string, or null when none was recorded. */
  readonly maxUlp: string | null;
}

/** One function (or scripted behaviour) of a DLL in every runtime that ran it. */
export interface FunctionResult {
  readonly subject: string;
  readonly dll: string;
  readonly name: string;
  readonly prototype: string | null;
  readonly results: readonly SubjectResult[];
  readonly totals: Readonly<Totals>;
  readonly maxUlp: string | null;
}

/** Everything the reports show, from one or several results files. */
export interface Compatibility {
  readonly runs: readonly RunResult[];
  readonly runtimes: readonly RuntimeRecord[];
  readonly functions: readonly FunctionResult[];
  /** Rules of the loader: the scenarios of one rule in one runtime each. */
  readonly rules: readonly SubjectResult[];
  readonly tests: readonly TestRecord[];
  /** Of the functions. */
  readonly totals: Readonly<Totals>;
}

/** Whether what could not be compared fails the run. Of several runs the strictest counts; those of earlier versions were strict. */
export function isStrict({ runs }: Pick<Compatibility, 'runs'>): boolean {
  return runs.some(({ run }) => run.strict !== false);
}

/** Reads results files, which may hold several runtimes, into one model. Throws `ReportError` when they do not belong together. */
export async function readCompatibility(files: readonly string[]): Promise<Compatibility> {
  const builder = new CompatibilityBuilder();
  for (const file of files) {
    for await (const located of readResults(file)) builder.add(file, located);
  }
  return builder.finish();
}

interface GrowingSubject {
  readonly file: string;
  readonly line: number;
  readonly record: SubjectRecord;
  readonly cases: CaseRecord[];
  readonly carriedOver: CaseRecord[];
  readonly verdicts: CaseVerdicts;
  readonly listed: Totals;
  maxUlp: string | null;
}

class CompatibilityBuilder {
  readonly #runs: { file: string; run: RunRecord; end: EndRecord | null }[] = [];
  readonly #subjects = new Map<string, GrowingSubject>();
  readonly #tests: TestRecord[] = [];

  add(file: string, { record, line }: LocatedRecord): void {
    switch (record.record) {
      case 'run':
        this.#runs.push({ file, run: record, end: null });
        break;
      case 'subject': {
        const subject = {
          file,
          line,
          record,
          cases: [],
          carriedOver: [],
          verdicts: new CaseVerdicts(),
          listed: noTotals(),
          maxUlp: null,
        };
        refuseMixture(this.#subjects.values(), subject);
        this.#subjects.set(key(record.subject, record.runtime.id), subject);
        break;
      }
      case 'case':
        addCase(this.#subjects.get(key(record.subject, record.runtime)), record);
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
    const all = [...this.#subjects.values()];
    const rules = all.filter(({ record }) => record.kind === 'loader-rule');
    const functions = all.filter(({ record }) => record.kind !== 'loader-rule');
    const runtimes = new Map(all.map(({ record }) => [record.runtime.id, record.runtime]));
    const byName = new Map<string, GrowingSubject[]>();
    for (const found of functions) {
      const group = byName.get(found.record.subject);
      if (group === undefined) byName.set(found.record.subject, [found]);
      else group.push(found);
    }
    const order = [...runtimes.keys()];
    return {
      runs: this.#runs,
      runtimes: [...runtimes.values()],
      functions: [...byName.values()].map((group) => functionResult(group, order)),
      rules,
      tests: this.#tests,
      totals: sumTotals(functions.map(({ record }) => record.totals)),
    };
  }
}

function key(subject: string, runtime: string): string {
  return `${subject}\n${runtime}`;
}

function addCase(subject: GrowingSubject | undefined, record: CaseRecord): void {
  if (subject === undefined) return;
  subject.listed[record.verdict] += 1;
  subject.verdicts.set(record.id, record.verdict);
  if (record.carriedOver !== undefined) subject.carriedOver.push(record);
  if (record.verdict === 'match' && subject.record.kind !== 'loader-rule') return;
  subject.cases.push(record);
  subject.maxUlp = largerUlp(subject.maxUlp, validUlp(record.detail?.difference?.ulp));
}

function functionResult(group: readonly GrowingSubject[], runtimes: readonly string[]): FunctionResult {
  const results = [...group].sort(
    (a, b) => runtimes.indexOf(a.record.runtime.id) - runtimes.indexOf(b.record.runtime.id),
  );
  const [first] = results;
  if (first === undefined) throw new RangeError('a function without a subject');
  return {
    subject: first.record.subject,
    dll: first.record.group,
    name: first.record.name,
    prototype: first.record.prototype,
    results,
    totals: sumTotals(results.map(({ record }) => record.totals)),
    maxUlp: results.reduce<string | null>((max, each) => largerUlp(max, each.maxUlp), null),
  };
}
