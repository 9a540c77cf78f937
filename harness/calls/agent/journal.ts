// HOT: the last calls of an agent process, for when it dies of one of them later. Benchmark: sync-add.
import type { Outcome } from '../marshal/outcome.ts';

/** A function whose calls are in the journal. */
export interface Journalled {
  /** For example `msvcr120.dll!pow`. */
  readonly name: string;
  /** Makes a call again. Throws where an argument belongs to a process that has ended. */
  replay(args: readonly unknown[]): Outcome;
}

/** Cases of a batch that went in one message. */
export interface JournalledCases {
  readonly start: number;
  /** How many of them were begun: all, as far as is known. */
  count: number;
  argumentsOf(index: number): readonly unknown[];
}

/** One call of the journal. */
export interface JournalEntry {
  readonly call: Journalled;
  readonly arguments: readonly unknown[];
}

/** Calls that are kept. */
export const JOURNAL_CALLS = 32;

/** One place of the ring. Linked, since following a pointer costs less than an index that has to be checked. */
class Slot {
  call: Journalled | undefined = undefined;
  passed: readonly unknown[] | JournalledCases | undefined = undefined;
  next: Slot = this;
  previous: Slot = this;
}

/** The last calls of a process. Arguments are kept as they were passed, not copied: that costs what may be spent on a call. */
export class Journal {
  /** Where the next call goes. */
  private slot: Slot = makeRing();

  /** Notes a call that begins, or the cases of a batch. */
  note(call: Journalled, passed: readonly unknown[] | JournalledCases): void {
    const { slot } = this;
    // Mostly the same function again, and a comparison is cheaper than a store that the garbage collector has to hear of.
    if (slot.call !== call) slot.call = call;
    slot.passed = passed;
    this.slot = slot.next;
  }

  /** Forgets all: another process begins. */
  clear(): void {
    this.slot = makeRing();
  }

  /** The last calls, newest first. */
  *newest(): Generator<JournalEntry> {
    let left = JOURNAL_CALLS;
    for (let slot = this.slot.previous; left > 0; slot = slot.previous) {
      const { call, passed } = slot;
      if (!call || !passed) return;
      if (!isCases(passed)) {
        yield { call, arguments: passed };
        left--;
      } else {
        for (let i = passed.count - 1; i >= 0 && left > 0; i--, left--) {
          yield { call, arguments: passed.argumentsOf(passed.start + i) };
        }
      }
      if (slot === this.slot) return;
    }
  }
}

function makeRing(): Slot {
  const first = new Slot();
  for (let i = 1; i < JOURNAL_CALLS; i++) {
    const slot = new Slot();
    slot.next = first;
    slot.previous = first.previous;
    first.previous.next = slot;
    first.previous = slot;
  }
  return first;
}

function isCases(passed: readonly unknown[] | JournalledCases): passed is JournalledCases {
  return !Array.isArray(passed);
}
