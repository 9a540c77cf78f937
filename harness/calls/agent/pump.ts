import { HEADER } from '../../../protocol/wire/layout.ts';
import { rawCall } from '../session/raw-call.ts';
import type { Caller } from './caller.ts';

/**
 * Lets threads of the DLL call back although no call is under way: returns when none waits any more.
 * @param milliseconds waits up to this long for one to arrive
 */
export function pump({ session, callbacks }: Caller, milliseconds: number): void {
  // A call of the harness's own has to be answered in time: a long wait is made of several.
  const slice = Math.max(1, session.answerTimeoutMs >> 1);
  for (let left = Math.ceil(milliseconds); ; left -= slice) {
    const came = once(session, Math.min(left, slice), callbacks);
    if (came > 0 || left <= slice) return;
  }
}

/**
 * Answers callbacks that threads of the DLL wait for, if any, and throws what came of them, or of one since the last call: nobody
 * would be told otherwise.
 */
export function settleCallbacks(caller: Caller): void {
  const { session, callbacks } = caller;
  const isWaitedFor = session.isReady && Atomics.load(session.words, HEADER.WAITING_CALLBACKS >> 2) > 0;
  if (isWaitedFor) once(session, 0, callbacks);
  else throwIfFailed(callbacks);
}

/** Throws what a callback threw in a call of the harness's own. */
export function throwIfFailed(callbacks: Caller['callbacks']): void {
  const thrown = callbacks.takeError();
  if (thrown) throw thrown.error;
}

/** How many callbacks came. What one of them threw comes before what became of the agent. */
function once(session: Caller['session'], milliseconds: number, callbacks: Caller['callbacks']): number {
  try {
    const { integer } = rawCall(session, session.view.getBigUint64(HEADER.PUMP, true), BigInt(milliseconds));
    return Number(BigInt.asIntN(32, integer));
  } finally {
    const thrown = callbacks.takeError();
    // eslint-disable-next-line no-unsafe-finally -- it is the cause of whatever else is thrown here
    if (thrown) throw thrown.error;
  }
}
