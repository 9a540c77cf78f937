import type { Json } from '../compare/json.ts';
import { showInputs, showOutcome } from '../suites/show.ts';
import { inputToJson } from '../suites/inputs.ts';
import { type Cause, causeId, type InC, type KeptOutcome } from './cause.ts';
import { confirm } from './confirm.ts';
import type { Corpus } from './corpus.ts';
import type { RunEvent, ShownCause } from './events.ts';
import { causeOf, examine, type Finding, type Search } from './finding.ts';
import { outcomeText, type Reproducer } from './reproducer.ts';
import type { Pair } from './pair.ts';
import { draw, type Origin, shrink } from './shrink.ts';
import { simplify } from './simplify.ts';
import { sideText } from './side.ts';

export interface ExploreRequest {
  readonly pair: Pair;
  readonly search: Search;
  /** Of the first portion; the following ones have the next numbers. */
  readonly seed: number;
  readonly corpus: Corpus;
  /** Milliseconds for this suite. */
  readonly budgetMs: number;
  readonly reproducer: Reproducer;
  readonly tell: (event: RunEvent) => void;
}

const FIRST_PORTION = 500;
const SMALLEST_PORTION = 20;
const LARGEST_PORTION = 5000;
/** How long a portion may take: often enough for the end of the time to be seen. */
const PORTION_MS = 150;
const SHRINK_MS = 1500;
/** Looking for causes takes this share of the time at most, as long as new cases can be made. */
const CAUSE_SHARE = 0.6;
/** What trying a program takes, about. */
const PROGRAM_MS = 150;
const PROGRAMS_AT_ONCE = 3;
/** Cases by which is seen whether a generator still has new ones. */
const SAMPLED = 4000;

interface Candidate {
  readonly finding: Finding;
  /** Undefined for a case that was written down: it is as small as somebody made it. */
  readonly origin: Origin | undefined;
}

/** Looks for differences between the two sides of a pair until the time is over or the generator has no new cases. */
export class Explorer {
  private readonly request: ExploreRequest;
  private readonly pair: Pair;
  /** What a difference looked like at first, and the id of the cause that it was found to have. */
  private readonly raw = new Map<string, string>();
  private readonly queue = new Map<string, Candidate>();
  private readonly known = new Set<string>();
  private readonly kinds = new Set<string>();
  private readonly tried = new Set<string>();
  private readonly started = performance.now();
  private readonly pending: Promise<() => Promise<void>>[] = [];
  private cases = 0;
  private differing = 0;
  private causes = 0;
  private causeMs = 0;

  constructor(request: ExploreRequest) {
    this.request = request;
    this.pair = request.pair;
  }

  async run(): Promise<void> {
    this.replay();
    this.examineAll(this.always(), undefined);
    this.lookForCauses();
    let portion = FIRST_PORTION;
    for (let seed = this.request.seed; this.leftMs > 0 && this.hasNewCases(); seed++) {
      const start = performance.now();
      this.examineAll(this.generate(seed, portion), seed);
      const took = Math.max(1, performance.now() - start);
      portion = Math.round(Math.min(LARGEST_PORTION, Math.max(SMALLEST_PORTION, portion * Math.min(4, PORTION_MS / took)))); // prettier-ignore
      this.lookForCauses();
    }
    this.lookForCauses(true);
    await this.tryPrograms();
    this.request.tell({
      event: 'done',
      suite: this.pair.suite.name,
      cases: this.cases,
      differing: this.differing,
      causes: this.causes,
      ms: performance.now() - this.started,
      left: this.queue.size,
    });
  }

  private get leftMs(): number {
    const forPrograms = this.pending.length * PROGRAM_MS;
    return this.request.budgetMs - forPrograms - (performance.now() - this.started);
  }

  /** Programs run in the agents, which have to stay as they are meanwhile: when all else is done. */
  private async tryPrograms(): Promise<void> {
    const next = this.pending.values();
    const oneAfterOther = async (): Promise<void> => {
      for (const begun of next) await (await begun)();
    };
    await Promise.all(Array.from({ length: PROGRAMS_AT_ONCE }, oneAfterOther));
  }

  /** Runs what the corpus has, before anything new. */
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
      this.raw.set(causeOf(suite, search, finding), cause.id);
      if (cause.seen[this.pair.b.agent.runtime] === undefined) this.settle({ finding, origin: undefined }, cause);
    });
  }

  private always(): readonly (readonly Json[])[] {
    const { generator } = this.pair.suite;
    return this.toJson(generator.always(this.pair.a.agent.pointerBytes));
  }

  private generate(seed: number, count: number): readonly (readonly Json[])[] {
    const { suite } = this.pair;
    this.request.tell({ event: 'portion', suite: suite.name, seed, cases: count });
    return this.toJson(draw(suite.generator.arbitrary, seed, count));
  }

  private toJson(values: readonly (readonly unknown[])[]): Json[][] {
    return values.map((list) => list.map((value, index) => this.inputOf(value, index)));
  }

  private inputOf(value: unknown, index: number): Json {
    // The name is for an error alone, which recording would have shown.
    return inputToJson(value, this.pair.suite.behaviour.inputNames[index]?.name ?? '');
  }

  private examineAll(cases: readonly (readonly Json[])[], seed: number | undefined): void {
    const { search } = this.request;
    const { suite } = this.pair;
    const places = cases.flatMap((inputs, index) => (this.pair.fits(inputs) ? [{ inputs, index }] : []));
    const seen = this.pair.observe(places.map(({ inputs }) => inputs));
    this.cases += places.length;
    for (const [at, { inputs, index }] of places.entries()) {
      if (this.tried.size < SAMPLED) this.tried.add(JSON.stringify(inputs));
      const both = seen[at];
      const finding = both && examine(suite, search, inputs, both);
      if (!finding) continue;
      this.differing++;
      const raw = causeOf(suite, search, finding);
      if (this.raw.has(raw) || this.queue.has(raw)) continue;
      this.queue.set(raw, { finding, origin: seed === undefined ? undefined : { seed, index } });
    }
    this.request.tell({ event: 'progress', suite: suite.name, cases: this.cases, ms: performance.now() - this.started }); // prettier-ignore
  }

  /** Whether what was generated up to now was mostly new: of 257 characters there are no more than 257. */
  private hasNewCases(): boolean {
    return this.cases < SAMPLED || this.tried.size > SAMPLED / 10;
  }

  /** @param isLast whether no more cases will be made: then the rest of the time is for this */
  private lookForCauses(isLast = false): void {
    for (let next = this.nextCandidate(); next; next = this.nextCandidate()) {
      const elapsed = performance.now() - this.started;
      const hasTime = this.leftMs > 0 && (isLast || this.causeMs <= elapsed * CAUSE_SHARE);
      // One at least, however short the time is.
      if (!hasTime && this.causeMs > 0) return;
      const [raw, candidate] = next;
      this.queue.delete(raw);
      const start = performance.now();
      this.kinds.add(candidate.finding.kind.text);
      this.raw.set(raw, this.lookFor(candidate));
      this.causeMs += performance.now() - start;
    }
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

  /** The id of the cause of a difference. */
  private lookFor({ finding, origin }: Candidate): string {
    const { search } = this.request;
    const { suite } = this.pair;
    const smallest = this.shrunk(finding, origin);
    const cause = causeOf(suite, search, smallest);
    const id = causeId(suite.name, cause);
    if (!this.known.has(id)) {
      this.known.add(id);
      this.settle({ finding: smallest, origin }, { id, cause });
    }
    return id;
  }

  private shrunk(finding: Finding, origin: Origin | undefined): Finding {
    const { search } = this.request;
    const { suite } = this.pair;
    let smallest = finding;
    const endsAt = performance.now() + Math.max(200, Math.min(SHRINK_MS, this.leftMs));
    const isSame = (inputs: readonly Json[]): boolean => {
      const both = performance.now() < endsAt && this.pair.fits(inputs) ? this.pair.observeOne(inputs) : undefined;
      const found = both && examine(suite, search, inputs, both);
      if (found?.kind.text !== finding.kind.text) return false;
      smallest = found;
      return true;
    };
    if (origin) {
      const { arbitrary } = suite.generator;
      shrink(arbitrary, origin, (values) => isSame(values.map((value, index) => this.inputOf(value, index))), SHRINK_MS); // prettier-ignore
    }
    simplify(suite.behaviour, smallest.inputs, isSame);
    return smallest;
  }

  /** Confirms a finding, and keeps its cause. */
  private settle({ finding }: Candidate, { id, cause }: { readonly id: string; readonly cause: string }): void {
    const { search, tell, corpus, reproducer } = this.request;
    const { suite, a, b } = this.pair;
    const confirmed = confirm(this.pair, search, finding);
    if (confirmed.kind !== 'confirmed') {
      const why = confirmed.kind === 'asks-system' ? `no evidence: Microsoft's DLL asks the system, and here Wine answers: ${confirmed.asked.join(', ')}` : `not repeatable: ${confirmed.why}`; // prettier-ignore
      tell({ event: 'dropped', suite: suite.name, why, inputs: this.inputsText(finding) });
      return;
    }
    this.causes++;
    tell({ event: 'found', suite: suite.name, id });
    const present = corpus.get(id);
    const { runtime, installation } = b.agent;
    const kept: Cause = {
      id,
      suite: suite.name,
      cause,
      inputs: [...finding.inputs],
      expected: present?.expected ?? {
        side: sideText(a.side),
        outcome: keep(finding.a),
        ...(a.oracle === undefined
          ? {}
          : { dll: { fileVersion: a.oracle.fileVersion, sha256: a.oracle.sha256, source: reproducer.source } }),
      },
      seen: {
        ...present?.seen,
        [runtime]: {
          outcome: keep(finding.b),
          first: new Date().toISOString().slice(0, 10),
          difference: finding.judged.difference?.summary ?? '',
          build: installation.wineBuild,
        },
      },
      c: present?.c ?? { shown: false, why: 'the run ended before it was tried' },
    };
    // What comes later may be interrupted.
    corpus.put(kept);
    this.pending.push(
      reproducer.begin(finding, id).then((finish) => async () => {
        const c: InC = await finish();
        const whole: Cause = { ...kept, c };
        corpus.put(whole);
        const source = c.file === undefined ? undefined : corpus.readFile(c.file);
        tell({ event: 'cause', cause: whole, isNew: true, shown: this.show(finding), file: corpus.file, source });
      }),
    );
  }

  private show(finding: Finding): ShownCause {
    const { behaviour } = this.pair.suite;
    const { a, b, inputs } = finding;
    const names = (seen: Finding['a']): string[] => (seen.kind === 'returned' ? Object.keys(seen.fields) : []);
    return {
      inputs: this.inputsText(finding),
      a: outcomeText(showOutcome(behaviour, a, names(b))),
      b: outcomeText(showOutcome(behaviour, b, names(a))),
      difference: finding.judged.difference?.summary ?? '',
      script: this.request.reproducer.script(inputs),
    };
  }

  private inputsText({ inputs }: Finding): string {
    return showInputs(this.pair.suite.behaviour, inputs)
      .map(({ name, value }) => `${name} = ${value.text}`)
      .join(', ');
  }
}

/** The part of an observation that is the same in another run. */
function keep(seen: Finding['a']): KeptOutcome {
  switch (seen.kind) {
    case 'returned':
      return { kind: 'returned', fields: seen.fields };
    case 'faulted':
      return { kind: 'faulted', code: seen.code, ...(seen.place === undefined ? {} : { place: seen.place }) };
    case 'exited':
      return { kind: 'exited', code: seen.code };
    default:
      return { kind: seen.kind };
  }
}
