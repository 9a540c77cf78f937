import type { Exited, TimedOut, WireDamaged } from '../marshal/outcome.ts';
import { callingThreadHasEnded, inspectThread } from '../session/inspect.ts';
import { WireDamage } from '../session/wire-damage.ts';
import { TIMED_OUT } from '../session/wire.ts';
import type { Caller } from './caller.ts';

interface Common {
  readonly function: string;
  readonly arguments: readonly unknown[];
  readonly runtime: string;
  readonly durationMs: number | null;
  readonly callsBefore: number;
}

/** The outcome of a call whose process, of the generation it began in, ended while something else of it was waited for. */
export function endedBefore({ session }: Caller, generation: number, common: Common): Exited {
  return { kind: 'exited', ...common, ...session.endOf(generation), log: [] };
}

/** The outcome of a call that left damage in the shared memory, whose agent is ended now. Whatever else was thrown goes on. */
export function damagedOutcome({ session }: Caller, error: unknown, common: Common): WireDamaged {
  if (!(error instanceof WireDamage)) throw error;
  const log = session.logTail();
  session.end();
  return { kind: 'wire-damaged', ...common, word: error.word, value: error.value, log };
}

/** The outcome of a call whose agent is gone, or is ended now because it did not answer. */
export function lostOutcome(caller: Caller, answer: number, common: Common): Exited | TimedOut {
  const { session } = caller;
  const log = session.logTail();
  // A process that is ending loses its threads first.
  const isEnding = answer === TIMED_OUT && callingThreadHasEnded(session) && session.hasEnded();
  if (answer === TIMED_OUT && !isEnding) {
    const thread = inspectThread(session);
    session.end();
    caller.hints.timedOut(common.function, thread);
    return { kind: 'timed-out', ...common, limitMs: Math.max(0, caller.timeoutMs), thread, log };
  }
  const state = session.awaitEnd(1000);
  session.end();
  return {
    kind: 'exited',
    ...common,
    code: state.state === 'ended' ? state.code : null,
    signal: state.state === 'ended' ? state.signal : null,
    log,
  };
}
