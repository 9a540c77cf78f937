import { type SelectableRuntime, selects } from '../../base/runtime-selector.ts';
import { type DeclaredCases, type DeclaredCause, isCases, type KnownDivergence } from './known-divergence.ts';
import { namesSuite } from './suite-pattern.ts';

/** The known divergences that hold for one runtime, found by suite and case without a search. */
export class KnownIndex {
  readonly #suites = new Map<
    string,
    { readonly entries: DeclaredCases[]; readonly cases: Map<string, DeclaredCases> }
  >();
  readonly #causes: DeclaredCause[] = [];

  constructor(entries: Iterable<KnownDivergence>, runtime: SelectableRuntime) {
    for (const entry of entries) {
      if (!selects(entry.runtimes, runtime)) continue;
      if (!isCases(entry)) {
        this.#causes.push(entry);
        continue;
      }
      let suite = this.#suites.get(entry.suite);
      if (suite === undefined) this.#suites.set(entry.suite, (suite = { entries: [], cases: new Map() }));
      suite.entries.push(entry);
      for (const id of entry.cases) suite.cases.set(id, entry);
    }
  }

  /** The declaration that names a case, when there is one. */
  find(suite: string, id: string): DeclaredCases | undefined {
    return this.#suites.get(suite)?.cases.get(id);
  }

  /**
   * The declarations of a suite in the order of the file, those without cases too: a new divergence can be accepted into one of
   * them only.
   */
  entriesOf(suite: string): readonly KnownDivergence[] {
    const named = this.#suites.get(suite)?.entries ?? [];
    const causes = this.#causes.filter(({ suites }) => suites.some((pattern) => namesSuite(pattern, suite)));
    return causes.length === 0 ? named : [...named, ...causes].sort((a, b) => a.index - b.index);
  }

  /** The names of all suites with a declaration, as they are written. */
  suites(): string[] {
    return [...new Set([...this.#suites.keys(), ...this.#causes.flatMap(({ suites }) => suites)])];
  }
}
