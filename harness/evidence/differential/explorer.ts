import type { Json } from '../compare/json.ts';
import { inputToJson } from '../suites/inputs.ts';
import { causeId, NOT_TRIED } from './cause.ts';
import type { Corpus } from './corpus.ts';
import type { RunEvent } from './events.ts';
import { causeOf, examine, type Finding, type Search } from './finding.ts';
import type { Both, Pair } from './pair.ts';
import { draw, type Origin, shrink } from './shrink.ts';
import { simplify } from './simplify.ts';

export interface ExplorerRequest {
  readonly pair: Pair;
  readonly search: Search;
  /** Of the first portion; the following ones have the next numbers. */
  readonly seed: number;
  readonly corpus: Corpus;
  readonly tell: (event: RunEvent) => void;
}

/** A cause that was not looked at before, with its smallest case. */
export interface NewCause {
  readonly id: string;
  readonly cause: string;
  readonly finding: Finding;
}

const FIRST_PORTION = 500;
const SMALLEST_PORTION = 20;
const LARGEST_PORTION = 5000;
/** How long a portion may take: a turn is short, so that all suites have many. */
const PORTION_MS = 150;
const SHRINK_MS = 1500;
/** Cases by which is seen whether a generator still has new ones. */
const SAMPLED = 4000;
/** Each of these takes the time limit of a call. */
const MAX_HANGING = 3;

interface Candidate {
  readonly finding: Finding;
  /** Undefined for a case that was written down: it is as small as somebody made it. */
  readonly origin: Origin | undefined;
}

/** Makes cases of one suite, and looks for the causes of what differs. It does both piece by piece, as it is told. */
export class Explorer {
  readonly pair: Pair;
  readonly corpus: Corpus;
  private readonly request: ExplorerRequest;
  /** What differences looked like before they were shrunk. */
  private readonly raw = new Set<string>();
  private readonly queue = new Map<string, Candidate>();
  private readonly known = new Set<string>();
  private readonly kinds = new Set<string>();
  private readonly tried = new Set<string>();
  /** Causes of the corpus that are not known of this runtime yet. */
  private readonly again: NewCause[] = [];
  private seed: number;
  private portion = FIRST_PORTION;
  private cases = 0;
  private differing = 0;
  private hanging = 0;
  private ms = 0;
  private note: string | undefined;
  causes = 0;

  constructor(request: ExplorerRequest) {
    this.request = request;
    this.pair = request.pair;
    this.corpus = request.corpus;
    this.seed = request.seed;
  }

  /** Runs what the corpus has and what is always among the cases, before anything new. */
  begin(): void {
    this.timed(() => {
      this.replay();
      const { generator } = this.pair.suite;
      this.examineAll(this.toJson(generator.always(this.pair.a.agent.pointerBytes)), undefined);
    });
  }

  /** Whether cases can still be made that were not made before: of 257 characters there are no more than 257. */
  get hasNewCases(): boolean {
    return this.note === undefined && (this.cases < SAMPLED || this.tried.size > SAMPLED / 10);
  }

  /** Whether there are differences whose cause was not looked for. */
  get hasCandidates(): boolean {
    return this.queue.size > 0 || this.again.length > 0;
  }

  /** Makes one portion of cases. */
  generate(): void {
    this.timed(() => {
      const start = performance.now();
      const { suite } = this.pair;
      const seed = this.seed++;
      // Should this process die now, the line says where it was.
      this.request.tell({ event: 'portion', suite: suite.name, seed, cases: this.portion });
      this.examineAll(this.toJson(draw(suite.generator.arbitrary, seed, this.portion)), seed);
      const took = Math.max(1, performance.now() - start);
      const wanted = this.portion * Math.min(4, PORTION_MS / took);
      this.portion = Math.round(Math.min(LARGEST_PORTION, Math.max(SMALLEST_PORTION, wanted)));
    });
  }

  /** Shrinks one difference. Undefined where its cause is known already, or there is none. */
  lookForOne(): NewCause | undefined {
    return this.timed(() => {
      const again = this.again.pop();
      if (again) return again;
      const next = this.nextCandidate();
      if (!next) return undefined;
      const [raw, { finding, origin }] = next;
      this.queue.delete(raw);
      this.raw.add(raw);
      this.kinds.add(finding.kind.text);
      const smallest = this.shrunk(finding, origin);
      const cause = causeOf(this.pair.suite, this.request.search, smallest);
      const id = causeId(this.pair.suite.name, cause);
      if (this.known.has(id)) return undefined;
      this.known.add(id);
      return { id, cause, finding: smallest };
    });
  }

  /** Says how far it has come, for good. */
  end(note = this.note): void {
    this.request.tell({
      event: 'done',
      suite: this.pair.suite.name,
      cases: this.cases,
      differing: this.differing,
      causes: this.causes,
      ms: this.ms,
      left: this.queue.size,
      ...(note === undefined ? {} : { note }),
    });
  }

  private timed<T>(work: () => T): T {
    const start = performance.now();
    const result = work();
    this.ms += performance.now() - start;
    return result;
  }

  private replay(): void {
    const { corpus, tell } = this.request;
    const { suite } = this.pair;
    const causes = corpus.all.filter((cause) => cause.suite === suite.name && this.pair.fits(cause.inputs));
    const seen = this.pair.observe(causes.map(({ inputs }) => inputs));
    causes.forEach((cause, index) => {
      const search: Search = cause.cause.startsWith('crashes: ') ? 'crashes' : 'differences';
      const both = seen[index];
      const finding = both && examine(suite, search, cause.inputs, both);
      tell({ event: 'replayed', suite: suite.name, id: cause.id, state: finding ? 'there' : 'gone' });
      this.known.add(cause.id);
      if (!finding) return;
      this.raw.add(causeOf(suite, search, finding));
      const isTried = cause.c.shown || cause.c.why !== NOT_TRIED;
      if (cause.seen[this.pair.b.agent.runtime] === undefined || !isTried)
        this.again.push({ id: cause.id, cause: cause.cause, finding });
    });
  }

  private toJson(values: readonly (readonly unknown[])[]): Json[][] {
    return values.map((list) => list.map((value, index) => this.inputOf(value, index)));
  }

  private inputOf(value: unknown, index: number): Json {
    // The name is for an error alone, which recording would have shown.
    return inputToJson(value, this.pair.suite.behaviour.inputNames[index]?.name ?? '');
  }

  private examineAll(cases: readonly (readonly Json[])[], seed: number | undefined): void {
    const { search, tell } = this.request;
    const { suite } = this.pair;
    const places = cases.flatMap((inputs, index) => (this.pair.fits(inputs) ? [{ inputs, index }] : []));
    const seen = this.pair.observe(places.map(({ inputs }) => inputs));
    this.cases += places.length;
    for (const [at, { inputs, index }] of places.entries()) {
      if (this.tried.size < SAMPLED) this.tried.add(JSON.stringify(inputs));
      const both = seen[at];
      if (!both || both.a === both.b || this.isLost(both)) continue;
      const finding = examine(suite, search, inputs, both);
      if (!finding) continue;
      this.differing++;
      const raw = causeOf(suite, search, finding);
      if (this.raw.has(raw) || this.queue.has(raw)) continue;
      this.queue.set(raw, { finding, origin: seed === undefined ? undefined : { seed, index } });
    }
    tell({ event: 'progress', suite: suite.name, cases: this.cases, ms: this.ms });
  }

  /** Whether a side says nothing; where that will not change, no more cases are made. */
  private isLost({ a, b }: Both): boolean {
    const missing = [a, b].find(({ kind }) => kind === 'not-callable');
    if (missing) this.note = missing.text ?? 'a side lacks the function';
    if (a.kind === 'timed-out' || b.kind === 'timed-out') this.hanging++;
    if (this.hanging >= MAX_HANGING) this.note = `${this.hanging.toString()} cases hang, so no more were made`;
    return missing !== undefined || a.kind === 'timed-out';
  }

  /** A difference of a kind that there was not yet, or else the oldest. */
  private nextCandidate(): [string, Candidate] | undefined {
    let first: [string, Candidate] | undefined;
    for (const entry of this.queue) {
      if (!this.kinds.has(entry[1].finding.kind.text)) return entry;
      first ??= entry;
    }
    return first;
  }

  private shrunk(finding: Finding, origin: Origin | undefined): Finding {
    const { search } = this.request;
    const { suite } = this.pair;
    let smallest = finding;
    const endsAt = performance.now() + SHRINK_MS;
    const isSame = (inputs: readonly Json[]): boolean => {
      const both = performance.now() < endsAt && this.pair.fits(inputs) ? this.pair.observeOne(inputs) : undefined;
      const found = both && examine(suite, search, inputs, both);
      if (found?.kind.text !== finding.kind.text) return false;
      smallest = found;
      return true;
    };
    if (origin) {
      const { arbitrary } = suite.generator;
      shrink(arbitrary, origin, (values) => isSame(values.map((value, at) => this.inputOf(value, at))), SHRINK_MS);
    }
    simplify(suite.behaviour, smallest.inputs, isSame);
    return smallest;
  }
}
