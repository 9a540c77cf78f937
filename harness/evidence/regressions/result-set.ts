// One results file, as far as a comparison needs it. A file may hold millions of cases, so that no record is kept: of a case that
// is right its id, of any other a few words.
import type {
  CaseRecord,
  ResultRecord,
  RunRecord,
  RuntimeRecord,
  SubjectRecord,
  TestRecord,
  Verdict,
} from '../../../protocol/records/result-record.ts';
import { type CauseContext, causeOf } from './cause-of.ts';
import { CompactIds } from './compact-ids.ts';
import { outcomeDigest } from './outcome-digest.ts';
import { replayCommand } from '../suites/replay-command.ts';
import { STANDINGS } from './standing.ts';

/** What a case that is not right came to. */
export interface OtherState {
  /** `failed` and `skipped` are tests of vitest. */
  readonly verdict: Verdict | 'failed' | 'skipped';
  readonly standing: 'wrong' | 'unjudged';
  readonly cause: string;
  /** How it differs, in one line; empty where nothing says so. */
  readonly summary: string;
  /** Of the outcome, without what varies. */
  readonly digest: number;
  /** The command that runs it alone, where it is not the usual one. */
  readonly replay: string | undefined;
}

/** The cases of one subject in one runtime. */
export interface SubjectStates {
  readonly subject: string;
  /** The DLL, the program, `search order` or `tests`. */
  readonly group: string;
  readonly kind: SubjectRecord['kind'] | 'test';
  /** Undefined for tests. */
  readonly context: CauseContext | undefined;
  readonly right: CompactIds;
  readonly others: Map<string, OtherState>;
  /** Why no case of it could be compared. */
  readonly problem: Verdict | undefined;
  /** Of its baseline, with the architecture that this is for. */
  readonly baseline: string | undefined;
  /** A death of the process that is the outcome of no case. */
  readonly lateFault: string | undefined;
}

/** Tests that say no runtime are kept here. */
const NO_RUNTIME = '';
/** A summary is one line of a list. */
const MAX_SUMMARY = 160;

export class ResultSet {
  readonly #runtimes = new Map<string, RuntimeRecord>();
  readonly #subjects = new Map<string, Map<string, SubjectStates>>();
  readonly #texts = new Map<string, string>();
  #run: RunRecord | undefined;
  #startedMs = NaN;
  #isComplete = false;

  /** Undefined before its first line. */
  get run(): RunRecord | undefined {
    return this.#run;
  }

  /** Whether the run came to its end. */
  get isComplete(): boolean {
    return this.#isComplete;
  }

  /** Those that ran, in their order. Tests that say none belong to the only one, or stand for themselves under an empty id. */
  get runtimes(): readonly string[] {
    const ids = [...this.#runtimes.keys()];
    return ids.length === 1 || !this.#subjects.has(NO_RUNTIME) ? ids : [...ids, NO_RUNTIME];
  }

  runtime(id: string): RuntimeRecord | undefined {
    return this.#runtimes.get(id);
  }

  /** By name. */
  subjects(runtime: string): ReadonlyMap<string, SubjectStates> {
    const own = this.#subjects.get(runtime) ?? new Map<string, SubjectStates>();
    const loose = this.#subjects.get(NO_RUNTIME);
    return loose === undefined || this.#runtimes.size !== 1 ? own : new Map([...own, ...loose]);
  }

  /** Takes a line, in their order. */
  add(record: ResultRecord): void {
    switch (record.record) {
      case 'run':
        this.#run = record;
        this.#startedMs = Date.parse(record.startedAt);
        break;
      case 'subject':
        this.#addSubject(record);
        break;
      case 'case':
        this.#addCase(record);
        break;
      case 'test':
        this.#addTest(record);
        break;
      case 'end':
        this.#isComplete = true;
        break;
    }
  }

  #addSubject({ subject, runtime, group, kind, known, problem, baseline, lateFaults }: SubjectRecord): void {
    this.#runtimes.set(runtime.id, runtime);
    this.#of(runtime.id).set(subject, {
      ...noStates(subject, group, kind),
      context: { subject, runtime, known },
      problem: problem?.verdict,
      baseline: baseline === null ? undefined : `${runtime.architecture} ${baseline.digest}`,
      lateFault: lateFaults?.[0]?.text,
    });
  }

  #addCase(record: CaseRecord): void {
    const states = this.#of(record.runtime).get(record.subject);
    if (states?.context === undefined) return;
    const standing = STANDINGS[record.verdict];
    if (standing === 'right') {
      states.right.add(record.id);
      return;
    }
    const { detail } = record;
    const usual = replayCommand(record.subject, record.id, record.runtime);
    states.others.set(record.id, {
      verdict: record.verdict,
      standing,
      cause: this.#shared(causeOf(states.context, record)),
      summary: shortened(detail?.difference?.summary ?? detail?.actual?.text ?? detail?.note ?? ''),
      digest: outcomeDigest(detail?.actual ?? null, this.#startedMs, record.runtime),
      replay: detail === undefined || detail.replay === usual ? undefined : detail.replay,
    });
  }

  #addTest({ file, name, runtime = NO_RUNTIME, state, errors }: TestRecord): void {
    const subjects = this.#of(runtime);
    let states = subjects.get(file);
    if (states === undefined) subjects.set(file, (states = noStates(file, 'tests', 'test')));
    if (state === 'passed') {
      states.right.add(name);
      return;
    }
    const text = errors.join('\n');
    states.others.set(name, {
      verdict: state,
      standing: state === 'failed' ? 'wrong' : 'unjudged',
      cause: `test ${state}`,
      summary: shortened(text.split('\n', 1)[0] ?? ''),
      digest: outcomeDigest({ kind: 'observed', text, fields: [] }, this.#startedMs),
      replay: `npx vitest run ${file}`,
    });
  }

  #of(runtime: string): Map<string, SubjectStates> {
    let subjects = this.#subjects.get(runtime);
    if (subjects === undefined) this.#subjects.set(runtime, (subjects = new Map<string, SubjectStates>()));
    return subjects;
  }

  /** Thousands of cases have one cause: its text is kept once. */
  #shared(text: string): string {
    const known = this.#texts.get(text);
    if (known !== undefined) return known;
    this.#texts.set(text, text);
    return text;
  }
}

function noStates(subject: string, group: string, kind: SubjectStates['kind']): SubjectStates {
  return {
    subject,
    group,
    kind,
    context: undefined,
    right: new CompactIds(),
    others: new Map(),
    problem: undefined,
    baseline: undefined,
    lateFault: undefined,
  };
}

function shortened(text: string): string {
  return text.length > MAX_SUMMARY ? `${text.slice(0, MAX_SUMMARY - 1)}…` : text;
}
