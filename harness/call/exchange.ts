// HOT: one message to the agent and everything up to its answer.
import { TO_AGENT, TO_HOST } from '../../protocol/messages.ts';
import { HEADER } from '../../protocol/layout.ts';
import type { Session } from '../session/session.ts';
import { GONE, TIMED_OUT } from '../session/wire.ts';
import type { Callbacks } from './callbacks.ts';

const JOURNAL_INDEX = HEADER.JOURNAL_INDEX >> 2;

/** No answer: the agent is dead, and the call had called back before. */
export const GONE_AFTER_CALLBACK = -4;

/** No answer: a call made by a callback of this one has cost the agent, and another may be running by now. */
export const GONE_IN_CALLBACK = -3;

/**
 * Runs `count` frames of `plan` and answers the callbacks on the way.
 *
 * @param timeoutMs bounds each frame; -1 is no bound
 * @param meanwhile is done while the agent works
 */
export function exchange(
  session: Session,
  callbacks: Callbacks,
  plan: number,
  frame: number,
  count: number,
  timeoutMs: number,
  kind: typeof TO_AGENT.CALL | typeof TO_AGENT.START | typeof TO_AGENT.COLUMNS = TO_AGENT.CALL,
  meanwhile?: () => void,
): typeof TO_HOST.RETURNED | typeof GONE | typeof TIMED_OUT | typeof GONE_IN_CALLBACK | typeof GONE_AFTER_CALLBACK {
  const { wire, words, generation } = session;
  wire.send(kind, plan, frame, count);
  meanwhile?.();
  let index = 0;
  let hasCalledBack = false;
  for (;;) {
    const answer = wire.await(timeoutMs);
    if (answer === TO_HOST.RETURNED) return TO_HOST.RETURNED;
    if (answer === TO_HOST.CALLBACK) {
      hasCalledBack = true;
      callbacks.run();
      if (!session.isAlive || session.generation !== generation) return GONE_IN_CALLBACK;
      wire.send(TO_AGENT.CALLBACK_RETURN, 0, 0, 0);
    } else if (answer === TIMED_OUT) {
      // A long batch is no hang while its journal moves.
      const now = words[JOURNAL_INDEX] ?? 0;
      if (now === index) return TIMED_OUT;
      index = now;
    } else return hasCalledBack ? GONE_AFTER_CALLBACK : GONE;
  }
}
