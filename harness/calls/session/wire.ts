// HOT: the host's half of the wire. Benchmarks: sync-add, batch-pow.
import { HEADER, INSPECTION, WIRE_RETRY } from '../../../protocol/wire/layout.ts';
import { TO_HOST } from '../../../protocol/wire/messages.ts';
import type { Doorbells } from './doorbells.ts';
import { WireDamage } from './wire-damage.ts';

const HOST_TURN = HEADER.HOST_TURN >> 2;
const AGENT_TURN = HEADER.AGENT_TURN >> 2;
const HOST_SLEEPS = HEADER.HOST_SLEEPS >> 2;
const AGENT_SLEEPS = HEADER.AGENT_SLEEPS >> 2;
const KIND = HEADER.TO_AGENT_KIND >> 2;
const PLAN = HEADER.TO_AGENT_PLAN >> 2;
const FRAME = HEADER.TO_AGENT_FRAME >> 2;
const COUNT = HEADER.TO_AGENT_COUNT >> 2;
const CALLING_THREAD_ENDED = INSPECTION.CALLING_THREAD_ENDED >> 2;
const ANSWER = HEADER.TO_HOST_KIND >> 2;

/** No answer: the agent is dead. */
export const GONE = -1;
/** No answer within the time limit, or none to come: the thread that would give it has ended. */
export const TIMED_OUT = -2;

/** How many looks at the shared word this process takes in a microsecond. Measured once: it varies tenfold between machines. */
const looksPerMicrosecond = ((): number => {
  const words = new Int32Array(new SharedArrayBuffer(64));
  const looks = 100_000;
  const time = (): bigint => {
    const start = process.hrtime.bigint();
    for (let i = 0; i < looks; i++) if (Atomics.load(words, 0) !== 0) break;
    return process.hrtime.bigint() - start;
  };
  time(); // The first round runs in the interpreter.
  return Math.max(50, Math.round((looks * 1000) / Number(time())));
})();

/** Sends messages and waits for their answers: by spinning while that pays, on the doorbell otherwise. */
export class Wire {
  private readonly words: Int32Array;
  private readonly most: number;
  private bells: Doorbells | undefined;
  private hostTurn = 0;
  private agentTurn = 0;
  private budget: number;
  private clockMs = performance.now();
  private clockBeforeMs = this.clockMs;
  private rangTurn = 0;
  /** When the latest wait began to block, by performance.now(); NaN when it did not have to. */
  blockedMs = NaN;

  /** `spinMicroseconds` bounds the spin before each block; 0 blocks at once. */
  constructor(words: Int32Array, spinMicroseconds: number) {
    this.words = words;
    this.most = Math.round(spinMicroseconds * looksPerMicrosecond);
    this.budget = this.most;
  }

  /** Begins with a new agent: both turn counters are 0. */
  connect(bells: Doorbells): void {
    this.bells = bells;
    this.hostTurn = 0;
    this.agentTurn = 0;
    this.rangTurn = 0;
    this.lookAtClock();
  }

  /**
   * A time, by performance.now(), at or shortly before the end of the last message that was answered. The clock is looked
   * at where that costs nothing beside the rest: when somebody has to be woken, after a wait, and once in many messages.
   * @param isAnswered whether the message that was sent last has been answered
   */
  lastAnswerMs(isAnswered: boolean): number {
    return isAnswered || this.rangTurn !== this.hostTurn ? this.clockMs : this.clockBeforeMs;
  }

  private lookAtClock(): void {
    this.clockMs = performance.now();
  }

  private ring(): void {
    this.clockBeforeMs = this.clockMs;
    this.rangTurn = this.hostTurn;
    this.lookAtClock();
    this.bells?.ring();
  }

  send(kind: number, plan: number, frame: number, count: number): void {
    const words = this.words;
    words[KIND] = kind;
    words[PLAN] = plan;
    words[FRAME] = frame;
    words[COUNT] = count;
    this.hostTurn = (this.hostTurn + 1) | 0;
    Atomics.store(words, HOST_TURN, this.hostTurn);
    if (Atomics.exchange(words, AGENT_SLEEPS, 0) !== 0) this.ring();
  }

  /**
   * The kind of the agent's next message, or GONE, or TIMED_OUT after `timeoutMs` (-1 waits for ever) or without a thread.
   *
   * @throws WireDamage when what has come cannot be the next message
   */
  await(timeoutMs: number): number {
    const words = this.words;
    this.blockedMs = NaN;
    const turn = this.agentTurn;
    // Both sides have to spin for either to gain by it. They count the same turns, so they try again at the same time.
    let limit = this.budget;
    const phase = turn & (WIRE_RETRY.TURNS - 1);
    if (phase < WIRE_RETRY.BURST) {
      limit = this.most;
      if (phase === 0) this.lookAtClock();
    }
    for (let looks = limit; looks > 0; looks--) {
      if (Atomics.load(words, AGENT_TURN) !== turn) {
        this.budget = Math.max(this.budget, limit);
        return this.take();
      }
    }
    return this.block(timeoutMs);
  }

  private take(): number {
    const words = this.words;
    const turn = words[AGENT_TURN] ?? 0;
    const kind = words[ANSWER] ?? 0;
    this.agentTurn = (this.agentTurn + 1) | 0;
    if (turn !== this.agentTurn) throw new WireDamage('HEADER.AGENT_TURN', turn);
    if (kind !== TO_HOST.RETURNED && kind !== TO_HOST.CALLBACK) throw new WireDamage('HEADER.TO_HOST_KIND', kind);
    return kind;
  }

  private arrived(): boolean {
    return Atomics.load(this.words, AGENT_TURN) !== this.agentTurn;
  }

  private block(timeoutMs: number): number {
    const start = performance.now();
    this.blockedMs = start;
    let remaining = timeoutMs;
    while (!this.arrived()) {
      Atomics.store(this.words, HOST_SLEEPS, 1);
      // The answer may have come in between. Whoever resets the word decides whether a ring is on its way.
      if (this.arrived() && Atomics.exchange(this.words, HOST_SLEEPS, 0) === 1) break;
      if (Atomics.load(this.words, CALLING_THREAD_ENDED) !== 0) return TIMED_OUT;
      const waited = this.bells?.wait(remaining) ?? 'gone';
      if (waited === 'gone') {
        if (this.arrived()) break; // Its last words came before its death.
        return GONE;
      }
      if (waited === 'timeout') return TIMED_OUT;
      if (timeoutMs < 0) continue;
      remaining = Math.ceil(timeoutMs - (performance.now() - start));
      // Rings that mean nothing do not extend the limit.
      if (remaining <= 0 && !this.arrived()) return TIMED_OUT;
    }
    // Spinning is worth its CPU only when answers come within its bound; on a busy machine they do not.
    this.lookAtClock();
    const quick = (this.clockMs - start) * 1000 * looksPerMicrosecond < this.most;
    this.budget = quick ? Math.min(this.most, this.budget * 2 + (this.most >> 6)) : this.budget >> 1;
    return this.take();
  }
}
