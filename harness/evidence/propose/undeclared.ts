import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { selects } from '../../base/runtime-selector.ts';
import type { ResultRecord, RuntimeRecord, Verdict } from '../../../protocol/records/result-record.ts';
import { type DeclaredCause, isCases, type KnownDivergence } from '../known/known-divergence.ts';
import { withinLimit } from '../known/pattern.ts';
import { parseKnownDivergences, readKnownDivergences } from '../known/read-known-divergences.ts';
import { namesSuite } from '../known/suite-pattern.ts';
import { isCovered } from '../known/when.ts';
import { type NewDivergence, newDivergence } from './new-divergence.ts';
import { coveredBy, entryText, type Proposal, proposals } from './proposal.ts';

/** Verdicts that a declaration can explain. */
const DECLARABLE: readonly Verdict[] = ['divergence', 'fault', 'timeout'];

/** What a person has to say. */
export interface Explanation {
  readonly reason: string;
  /** @default none */
  readonly bug?: string | undefined;
}

/** The undeclared divergences of a results file, which become fewer as causes are declared for them. */
export class Undeclared {
  readonly #root: string;
  readonly #ran = new Map<string, { readonly runtimes: RuntimeRecord[]; readonly file: string }>();
  readonly #written = new Map<string, readonly KnownDivergence[]>();
  #cases: NewDivergence[] = [];

  /** @param root the folder that paths of the results are relative to */
  constructor(root: string) {
    this.#root = root;
  }

  /** Takes a line of results, in their order. */
  add(record: ResultRecord): void {
    // Facts and rules of the loader have declarations of other kinds.
    if (record.record === 'subject' && record.baseline !== null) {
      const known = this.#ran.get(record.subject);
      const file = join(this.#root, dirname(record.file), 'known-divergences.yaml');
      if (known === undefined) this.#ran.set(record.subject, { runtimes: [record.runtime], file });
      else known.runtimes.push(record.runtime);
    }
    if (record.record !== 'case' || !DECLARABLE.includes(record.verdict) || record.detail?.known !== undefined) return;
    const runtime = this.#ran.get(record.subject)?.runtimes.find(({ id }) => id === record.runtime);
    const found = runtime && newDivergence(record.subject, runtime, record);
    if (found !== undefined) this.#cases.push(found);
  }

  /** Groups of what is left when what the files declare by now is taken away. */
  proposals(): readonly Proposal[] {
    return withinLimit(() => {
      this.#cases = this.#cases.filter((each) => !this.#isDeclared(each));
      return proposals(this.#cases, (suite) => this.#ran.get(suite)?.runtimes ?? []);
    });
  }

  /** The file beside a suite. */
  fileOf(suite: string): string {
    return this.#ran.get(suite)?.file ?? '';
  }

  /** The entry for a group, as it would stand at the end of the file now: for all cases that it would cover there. */
  entry(proposal: Proposal, explanation?: Explanation): { readonly text: string; readonly cases: number } {
    const names = new Set(this.#entriesOf(this.fileOf(proposal.suite)).map(({ cause }) => cause));
    let { cause } = proposal;
    for (let n = 2; names.has(cause); n++) cause = `${proposal.cause}-${n.toString()}`;
    const cases = withinLimit(() =>
      coveredBy(
        proposal,
        this.#cases.filter((each) => !this.#isDeclared(each)),
      ),
    );
    return {
      text: entryText({ ...proposal, cause, cases }, explanation),
      cases: new Set(cases.map(({ record }) => record.id)).size,
    };
  }

  /**
   * Writes the entry for a group at the end of the file beside its suite, which is made where there is none.
   *
   * @returns the file, and for how many cases the entry is
   * @throws KNOWN_SYNTAX where what was said is no reason, or no bug
   */
  declare(proposal: Proposal, explanation: Explanation): { readonly file: string; readonly cases: number } {
    const file = this.fileOf(proposal.suite);
    const { text, cases } = this.entry(proposal, explanation);
    const before = existsSync(file) ? readFileSync(file, 'utf8') : '';
    const after = before.trim() === '' ? text : `${before.trimEnd()}\n\n${text}`;
    this.#written.set(file, parseKnownDivergences(after, basename(file)));
    writeFileAtomic.sync(before === '' ? file : realpathSync(file), after);
    return { file, cases };
  }

  #isDeclared({ suite, runtime, names, seen }: NewDivergence): boolean {
    return this.#entriesOf(this.fileOf(suite)).some(
      (entry) =>
        isCause(entry) &&
        entry.suites.some((pattern) => namesSuite(pattern, suite)) &&
        selects(entry.runtimes, runtime) &&
        isCovered(entry.when, names, seen),
    );
  }

  #entriesOf(file: string): readonly KnownDivergence[] {
    let entries = this.#written.get(file);
    if (entries === undefined) this.#written.set(file, (entries = existsSync(file) ? readKnownDivergences(file) : []));
    return entries;
  }
}

function isCause(entry: KnownDivergence): entry is DeclaredCause {
  return !isCases(entry);
}
