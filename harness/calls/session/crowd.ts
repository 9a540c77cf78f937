// Whether host and agent spin: alone on the machine as long as it pays, in a crowd when it is their turn.
import { sleep } from '../../machines/sleep.ts';
import { type SpinTurns, TURN_MS } from './spin-turns.ts';

/** How a pair of host and agent waits. */
export const WAITS = {
  /** Spins for as long as that has paid of late. */
  ADAPTING: 0,
  /** Spins: it is its turn, and others of the crowd sleep. */
  IN_TURN: 1,
  /** Blocks at once. */
  BLOCKING: 2,
} as const;

export type Waits = (typeof WAITS)[keyof typeof WAITS];

/** Spins that have failed, of all, where somebody else must have had the processors: one in so many. */
const FAILED_SHARE = 4;
/** Messages that come further apart, in milliseconds, are slow for another reason, or too few to be worth anybody's wait. */
const DENSE_MS = 0.25;
/** After a silence of this length whoever calls is served at once, and not after a wait for a turn. */
const SILENCE_MS = 20;
/** After a turn, for somebody else to take the next one. */
const PAUSE_MS = 0.1;
/** How long to wait for a turn. */
const MAX_WAIT_MS = 4 * TURN_MS;
/** Time without spinning after a turn that brought nothing: it doubles from one such turn to the next. */
const MIN_BREAK_MS = TURN_MS;
const MAX_BREAK_MS = 32 * TURN_MS;
/** Turns in a row that nobody else wanted, after which there is no crowd any more. */
const UNCONTESTED = 5;

export class Crowd {
  private readonly turns: SpinTurns;
  private waits: Waits = WAITS.ADAPTING;
  /** When the present way of waiting began to be judged; messages and failed spins up to then. */
  private sinceMs = performance.now();
  private messages = 0;
  private failures = 0;
  /** When the turn or the break ends. */
  private endMs = 0;
  private lookedMs = 0;
  private breakMs = MIN_BREAK_MS;
  private uncontested = 0;

  constructor(turns: SpinTurns) {
    this.turns = turns;
  }

  /** Begins with a new agent. */
  begin(): void {
    this.waits = WAITS.ADAPTING;
    this.breakMs = MIN_BREAK_MS;
  }

  /**
   * How to wait from now on. May sleep for a few milliseconds before it says so.
   * @param messages how many have been sent so far, as int32
   * @param failures how many spins have not brought an answer
   */
  review(messages: number, failures: number): Waits {
    const now = performance.now();
    const sent = (messages - this.messages) | 0;
    const failed = (failures - this.failures) | 0;
    const silence = now - this.lookedMs;
    this.lookedMs = now;
    switch (this.waits) {
      case WAITS.ADAPTING:
        if (failed * FAILED_SHARE >= sent && now - this.sinceMs < sent * DENSE_MS) this.ask(true);
        break;
      case WAITS.IN_TURN:
        if (now < this.endMs) return this.waits;
        if (now - this.endMs > SILENCE_MS) this.waits = WAITS.ADAPTING;
        else if (failed * FAILED_SHARE > sent) this.takeBreak(now);
        else {
          this.breakMs = MIN_BREAK_MS;
          sleep(PAUSE_MS);
          this.ask(false);
        }
        break;
      case WAITS.BLOCKING:
        if (silence > SILENCE_MS) this.waits = WAITS.ADAPTING;
        else if (now >= this.endMs) this.ask(true);
        else return this.waits;
    }
    this.sinceMs = this.lookedMs = performance.now();
    this.messages = messages;
    this.failures = failures;
    return this.waits;
  }

  private ask(isFirst: boolean): void {
    let wait = this.turns.take();
    this.uncontested = wait === 0 && !isFirst ? this.uncontested + 1 : 0;
    for (let waited = 0; wait > 0 && waited < MAX_WAIT_MS; wait = this.turns.take()) {
      sleep(wait);
      waited += wait;
    }
    const now = performance.now();
    if (wait > 0) this.takeBreak(now);
    else if (this.uncontested >= UNCONTESTED) this.waits = WAITS.ADAPTING;
    else {
      this.waits = WAITS.IN_TURN;
      this.endMs = now + TURN_MS;
    }
  }

  private takeBreak(now: number): void {
    this.waits = WAITS.BLOCKING;
    this.endMs = now + this.breakMs;
    this.breakMs = Math.min(this.breakMs * 2, MAX_BREAK_MS);
  }

  close(): void {
    this.turns.close();
  }
}
