// Calls that run on threads of the guest while JavaScript goes on.
import { FRAME, HEADER } from '../../../protocol/wire/layout.ts';
import { FRAME_STATUS, TO_AGENT, TO_HOST } from '../../../protocol/wire/messages.ts';
import { refuse } from '../errors.ts';
import type { Guest } from '../guest/guest.ts';
import type { CallSink } from './sinks.ts';

/** One call in flight. */
interface Started {
  readonly plan: number;
  readonly frame: number;
  readonly name: string;
  readonly sink: CallSink;
  readonly done: (error: unknown, result: unknown) => unknown;
}

interface Running extends Started {
  readonly generation: number;
  readonly result: () => unknown;
}

/** For this long the event loop looks at each turn, then every millisecond. */
const EAGER_MS = 2;

export class AsyncCalls {
  /** Most calls at once, as koffi.config() says. */
  limit = 256;
  private readonly guest: Guest;
  private readonly running = new Set<Running>();
  private watching = false;
  private lastNews = 0;
  /** Sets what GetLastError() gives, and returns what it gave. */
  private readonly exchangeLastError: (error: number) => number;

  constructor(guest: Guest, exchangeLastError: (error: number) => number) {
    this.guest = guest;
    this.exchangeLastError = exchangeLastError;
  }

  needRoom(): void {
    if (this.running.size >= this.limit) refuse('Too many asynchronous calls are running');
  }

  start(call: Started, result: () => unknown): void {
    const { session } = this.guest;
    session.words[(call.frame + FRAME.STATUS) >> 2] = FRAME_STATUS.NOT_RUN;
    session.wire.send(TO_AGENT.START, call.plan, call.frame, 1);
    const answer = this.awaitAnswer(call.name);
    if (answer !== TO_HOST.RETURNED || session.words[HEADER.TO_HOST_COUNT >> 2] !== 1) {
      call.sink.end();
      refuse('Too many asynchronous calls are running');
    }
    call.sink.begin();
    this.running.add({ ...call, generation: session.generation, result });
    this.lastNews = performance.now();
    this.watch();
  }

  private awaitAnswer(name: string): number {
    const { session } = this.guest;
    try {
      return session.wire.await(session.answerTimeoutMs);
    } catch (error) {
      return this.guest.throwDamage(error, name);
    }
  }

  /** Looks again and again, and keeps the process alive meanwhile, as koffi's own calls do. */
  private watch(): void {
    if (this.watching) return;
    this.watching = true;
    const look = (): void => {
      this.look();
      if (this.running.size === 0) this.watching = false;
      else if (performance.now() - this.lastNews < EAGER_MS) setImmediate(look);
      else setTimeout(look, 1);
    };
    setImmediate(look);
  }

  private look(): void {
    const { guest } = this;
    const { session } = guest;
    if (session.isAlive && Atomics.load(session.words, HEADER.WAITING_CALLBACKS >> 2) > 0) {
      // Callbacks of those threads come while this runs.
      guest.pump();
      this.lastNews = performance.now();
      surface(guest);
    }
    for (const call of [...this.running]) {
      const status = Atomics.load(session.words, (call.frame + FRAME.STATUS) >> 2);
      const over = status === FRAME_STATUS.RETURNED || status === FRAME_STATUS.FAULTED;
      const gone = !session.isAlive || session.generation !== call.generation;
      if (over || gone) this.finish(call, gone);
    }
  }

  private finish(call: Running, gone: boolean): void {
    this.running.delete(call);
    this.lastNews = performance.now();
    let error: unknown = null;
    let result: unknown;
    let lastError = 0;
    try {
      if (gone) refuse(`the process ended while ${call.name} ran`);
      this.guest.checkFrame(call.frame, call.name);
      lastError = this.guest.session.view.getUint32(call.frame + FRAME.LAST_ERROR, true);
      result = call.result();
      call.sink.copyOut(true);
    } catch (thrown) {
      error = thrown;
    }
    call.sink.end();
    if (gone) return void call.done(error, undefined);
    // In its callback GetLastError() speaks of the call that has ended.
    const before = this.exchangeLastError(lastError);
    try {
      call.done(error, result);
    } finally {
      if (this.guest.session.isAlive) this.exchangeLastError(before);
    }
  }
}

/** What a callback threw that no call of JavaScript waits for: as any exception that nobody catches. */
function surface(guest: Guest): void {
  const { thrown } = guest;
  if (!thrown) return;
  guest.thrown = undefined;
  queueMicrotask(() => {
    throw thrown.error;
  });
}
