import type { ShownDifference, Verdict } from '../../../protocol/records/result-record.ts';
import { DllparityError } from '../../base/errors.ts';
import type { SelectableRuntime } from '../../base/runtime-selector.ts';
import type { Json } from '../compare/json.ts';
import { declaredNumber } from './case-count.ts';
import { type DeclaredCause, isCases, type KnownDivergence } from './known-divergence.ts';
import type { KnownIndex } from './known-index.ts';
import { type InputNames, isCovered, isSelected, placeOf, type SeenOutcome, type When } from './when.ts';

/** A case that was run, as declarations see it. */
export interface RunCase {
  readonly id: string;
  readonly inputs: readonly Json[];
  readonly expected: SeenOutcome;
  readonly actual: SeenOutcome;
  /** What comparing the two says. */
  readonly verdict: Verdict;
  readonly difference: ShownDifference | null;
}

/** A cause that covers more cases of a suite, or fewer, than it says. */
export interface Miscount {
  readonly entry: DeclaredCause;
  readonly suite: string;
  /** Undefined where it has no number for the runtime. */
  readonly declared: number | undefined;
  readonly found: number;
}

export interface KnownSubject {
  readonly suite: string;
  readonly inputNames: InputNames;
  readonly runtime: SelectableRuntime;
}

/** What is declared of one suite on one runtime: asked case by case, and counted. */
export class SuiteKnown {
  /** In the order of the file. */
  readonly entries: readonly KnownDivergence[];
  readonly #index: KnownIndex;
  readonly #subject: KnownSubject;
  readonly #causes: readonly DeclaredCause[];
  readonly #found = new Map<KnownDivergence, number>();
  #isCounted = true;

  /** @throws KNOWN_SYNTAX where a cause names an input that the suite does not have */
  constructor(index: KnownIndex, subject: KnownSubject) {
    this.entries = index.entriesOf(subject.suite);
    this.#index = index;
    this.#subject = subject;
    this.#causes = this.entries.filter((entry) => !isCases(entry));
    for (const cause of this.#causes) checkInputs(cause, subject);
  }

  /**
   * The declaration about a case: the one that names it, or the first cause that covers its difference, or, of a case that does not
   * differ, the first cause by which it always should.
   */
  about(found: RunCase): KnownDivergence | undefined {
    const { suite, inputNames } = this.#subject;
    const named = this.#index.find(suite, found.id);
    if (named !== undefined) return named;
    // A function that the runtime lacks differs from nothing.
    if (found.verdict === 'unsupported') {
      const cause = this.#causes.find(({ when }) => isAboutNoCall(when) && isCovered(when, inputNames, found));
      if (cause === undefined) this.#isCounted = false;
      else this.#found.set(cause, (this.#found.get(cause) ?? 0) + 1);
      return cause;
    }
    if (found.verdict === 'match' || found.verdict === 'tolerated')
      return this.#causes.find(({ always, when }) => always && isSelected(when, inputNames, found.inputs));
    const cause = this.#causes.find(({ when }) => isCovered(when, inputNames, found));
    if (cause !== undefined) this.#found.set(cause, (this.#found.get(cause) ?? 0) + 1);
    return cause;
  }

  /** How many cases a cause should cover here; undefined where it has no number for the runtime. */
  declared(entry: KnownDivergence): number | undefined {
    if (isCases(entry)) return undefined;
    const { suite, runtime } = this.#subject;
    // A pattern may select suites that the cause says nothing about.
    const isNamed = entry.counts.some((count) => count.suite === suite);
    return isNamed ? declaredNumber(entry.counts, suite, runtime)?.cases : 0;
  }

  /** Those whose number is not the one declared, once all cases of the suite were asked about. */
  miscounts(): Miscount[] {
    if (!this.#isCounted) return [];
    return this.#causes.flatMap((entry): Miscount[] => {
      const declared = this.declared(entry);
      const found = this.#found.get(entry) ?? 0;
      return declared === found ? [] : [{ entry, suite: this.#subject.suite, declared, found }];
    });
  }
}

/** Only a declaration that says so is about functions that the runtime lacks. */
function isAboutNoCall({ actual }: When): boolean {
  return actual !== undefined && 'kind' in actual && actual.kind === 'not-callable';
}

function checkInputs({ when, counts, cause, file, line }: DeclaredCause, { suite, inputNames }: KnownSubject): void {
  if (!counts.some((count) => count.suite === suite)) return;
  const unknown = when.inputs.flat().find(({ name }) => placeOf(name, inputNames) === undefined);
  if (unknown === undefined) return;
  throw new DllparityError('KNOWN_SYNTAX', {
    what: `The cause "${cause}" names an input that ${suite} does not have: "${unknown.name}"`,
    where: { file, line },
    hint: `Its inputs are ${inputNames.map(({ name }) => name).join(', ')}; what belongs to "..." is given by its place, counted from 0.`,
  });
}
