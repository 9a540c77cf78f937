import type { Verdict } from '../protocol/records/result-record.ts';

/** Ids wait here, in characters, until they are put away. */
const BLOCK_LENGTH = 1 << 16;
/** Sets of ids that are kept once they were asked for: a report asks for all runtimes of one function in turn. */
const KEPT_SETS = 32;

/**
 * Verdicts of the cases of one subject in one runtime, by case id. Nearly all cases match, and few are asked for: their ids are
 * kept as text, a twentieth of what a map of them takes, and become a set when somebody asks.
 */
export class CaseVerdicts {
  static #kept: CaseVerdicts[] = [];
  readonly #others = new Map<string, Verdict>();
  readonly #blocks: Buffer[] = [];
  #waiting = '';
  #matches: ReadonlySet<string> | undefined;

  set(id: string, verdict: Verdict): void {
    if (verdict !== 'match') {
      this.#others.set(id, verdict);
      return;
    }
    this.#matches = undefined;
    this.#waiting += `${JSON.stringify(id)}\n`;
    if (this.#waiting.length < BLOCK_LENGTH) return;
    this.#blocks.push(Buffer.from(this.#waiting));
    this.#waiting = '';
  }

  /** Null when the case did not run. */
  get(id: string): Verdict | null {
    return this.#others.get(id) ?? (this.#matchSet().has(id) ? 'match' : null);
  }

  #matchSet(): ReadonlySet<string> {
    if (this.#matches !== undefined) return this.#matches;
    const ids = new Set<string>();
    for (const text of [...this.#blocks.map(String), this.#waiting])
      for (const line of text.split('\n')) if (line !== '') ids.add(JSON.parse(line) as string);
    this.#matches = ids;
    CaseVerdicts.#kept.push(this);
    if (CaseVerdicts.#kept.length > KEPT_SETS) {
      const oldest = CaseVerdicts.#kept.shift();
      if (oldest !== undefined && oldest !== this) oldest.#matches = undefined;
    }
    return ids;
  }
}
