import { type SelectableRuntime, selects } from '../../base/runtime-selector.ts';
import type { KnownDivergence } from './known-divergence.ts';

/** The known divergences that hold for one runtime, found by suite and case without a search. */
export class KnownIndex {
  readonly #suites = new Map<
    string,
    { readonly entries: KnownDivergence[]; readonly cases: Map<string, KnownDivergence> }
  >();

  constructor(entries: Iterable<KnownDivergence>, runtime: SelectableRuntime) {
    for (const entry of entries) {
      if (!selects(entry.runtimes, runtime)) continue;
      let suite = this.#suites.get(entry.suite);
      if (suite === undefined) this.#suites.set(entry.suite, (suite = { entries: [], cases: new Map() }));
      suite.entries.push(entry);
      for (const id of entry.cases) suite.cases.set(id, entry);
    }
  }

  /** The declaration for a case, when there is one. */
  find(suite: string, id: string): KnownDivergence | undefined {
    return this.#suites.get(suite)?.cases.get(id);
  }

  /** The declarations of a suite, those without cases too: a new divergence can be accepted into one of them only. */
  entriesOf(suite: string): readonly KnownDivergence[] {
    return this.#suites.get(suite)?.entries ?? [];
  }

  /** The names of all suites with a declaration. */
  suites(): string[] {
    return [...this.#suites.keys()];
  }
}
