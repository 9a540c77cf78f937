// HOT: one message to the agent and everything up to its answer.
import { TO_AGENT, TO_HOST } from '../../../protocol/wire/messages.ts';
import { HEADER } from '../../../protocol/wire/layout.ts';
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
 * @param timeoutMs bounds each frame, its callbacks included; -1 is no bound
 * @param meanwhile is done while the agent works
 * @throws WireDamage
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
  let endMs = NaN;
  let leftMs = timeoutMs;
  for (;;) {
    const answer = wire.await(leftMs);
    if (answer === TO_HOST.RETURNED) {
      session.refused.look(words);
      return TO_HOST.RETURNED;
    }
    // Looking at the clock before each call would cost more than most calls: an answer without a wait came within a spin.
    if (Number.isNaN(endMs)) endMs = (Number.isNaN(wire.blockedMs) ? performance.now() : wire.blockedMs) + timeoutMs;
    if (answer === TO_HOST.CALLBACK) {
      hasCalledBack = true;
      callbacks.run();
      if (!session.isAlive || session.generation !== generation) return GONE_IN_CALLBACK;
    } else if (answer !== TIMED_OUT) return hasCalledBack ? GONE_AFTER_CALLBACK : GONE;
    const now = performance.now();
    leftMs = timeoutMs < 0 ? -1 : Math.ceil(endMs - now);
    if (answer === TIMED_OUT || (timeoutMs >= 0 && leftMs <= 0)) {
      // A long batch is no hang while its journal moves, to later frames of this message.
      const reached = words[JOURNAL_INDEX] ?? 0;
      if (reached <= index || reached >= count) return TIMED_OUT;
      index = reached;
      endMs = now + timeoutMs;
      leftMs = timeoutMs;
    }
    if (answer === TO_HOST.CALLBACK) wire.send(TO_AGENT.CALLBACK_RETURN, 0, 0, 0);
  }
}
