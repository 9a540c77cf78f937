import { CALLBACK, FRAME, PLAN, PLAN_TABLE } from '../../../protocol/wire/layout.ts';
import { FRAME_STATUS, TO_AGENT, TO_HOST } from '../../../protocol/wire/messages.ts';
import { DllparityError } from '../../base/errors.ts';
import type { Session } from './session.ts';
import { callbackRequest, WireDamage } from './wire-damage.ts';
import { GONE, TIMED_OUT } from './wire.ts';

/** Plan 0 is for the harness's own calls: its function changes from call to call. */
const PLAN_OF_RAW_CALLS = 0;

/** Slots that go to registers before the first of the stack: in an ia32 agent cdecl and stdcall leave them unused. */
const UNUSED_SLOTS = { 4: 2, 8: 0 } as const;
const MIN_SLOTS = { 4: 2, 8: 4 } as const;

/** What a call by address leaves behind. */
export interface RawResult {
  /** A pointer's width of it. */
  readonly integer: bigint;
  readonly lastError: number;
}

/**
 * Calls a function by its address, cdecl or stdcall, with arguments of a pointer's width: how libraries are loaded. Threads of the DLL may call back meanwhile, and so may its DllMain.
 */
export function rawCall(session: Session, address: bigint, ...slots: readonly bigint[]): RawResult {
  const { view, wire, generation } = session;
  const mark = session.top;
  const frame = writeCall(session, address, slots);
  let damage: WireDamage | undefined;
  let answer: number = GONE;
  try {
    wire.send(TO_AGENT.CALL, PLAN_OF_RAW_CALLS, frame, 1);
    answer = awaitReturn(session);
  } catch (error) {
    if (!(error instanceof WireDamage)) throw error;
    damage = error;
  } finally {
    session.top = mark;
  }
  const status = view.getInt32(frame + FRAME.STATUS, true);
  if (answer !== TO_HOST.RETURNED || status !== FRAME_STATUS.RETURNED) {
    if (answer === GONE && !damage && status === FRAME_STATUS.NOT_RUN) session.owner.noticeDeath();
    throw lostAgent(session, generation, answer, damage);
  }
  return {
    integer: BigInt.asUintN(session.pointerBytes * 8, view.getBigUint64(frame + FRAME.INTEGER, true)),
    lastError: view.getUint32(frame + FRAME.LAST_ERROR, true),
  };
}

/** Answers callbacks until the call has returned, for as long as a call of the harness's own may take. */
function awaitReturn(session: Session): number {
  const { wire, generation, answerTimeoutMs } = session;
  const end = performance.now() + answerTimeoutMs;
  for (let left = answerTimeoutMs; ; left = Math.ceil(end - performance.now())) {
    if (left <= 0) return TIMED_OUT;
    const answer = wire.await(left);
    if (answer === TO_HOST.RETURNED) session.refused.look(session.words);
    if (answer !== TO_HOST.CALLBACK) return answer;
    answerCallback(session);
    // A call that the callback made may have cost the agent: whoever answers now is another one.
    if (!session.isAlive || session.generation !== generation) return GONE;
    wire.send(TO_AGENT.CALLBACK_RETURN, 0, 0, 0);
  }
}

/** Gives up an agent that did not do what the harness wanted of it, and says so. */
export function lostAgent(
  session: Session,
  generation: number,
  answer: number,
  damage: WireDamage | undefined,
): DllparityError {
  const log = session.logTail();
  if (session.generation === generation) {
    session.end();
    // It may be the prefix that does not move any more, and not this process alone.
    if (answer === TIMED_OUT) session.dropSpare(true);
  }
  return new DllparityError('AGENT_GONE', {
    what: describeLoss(answer, damage),
    details: log,
    hint: 'Read the log above; the next call starts another agent.',
  });
}

function describeLoss(answer: number, damage: WireDamage | undefined): string {
  const when = 'while the harness was loading a library or reading memory';
  if (damage) return `the agent was ended ${when}: ${damage.message}`;
  return answer === TIMED_OUT ? `the agent did not answer ${when}, and was ended` : `the agent ended ${when}`;
}

/** Writes plan and frame, and returns where the frame lies. */
function writeCall(session: Session, address: bigint, slots: readonly bigint[]): number {
  const { view, pointerBytes, slotBytes } = session;
  const unused = UNUSED_SLOTS[pointerBytes];
  const count = Math.max(MIN_SLOTS[pointerBytes], unused + slots.length);
  const stride = FRAME.SLOTS + ((count * slotBytes + 7) & ~7);
  const frame = session.reserve(stride);
  view.setInt32(frame + FRAME.STATUS, FRAME_STATUS.NOT_RUN, true);
  const plan = PLAN_TABLE + PLAN_OF_RAW_CALLS * PLAN.BYTES;
  view.setBigUint64(plan + PLAN.FUNCTION, address, true);
  view.setInt32(plan + PLAN.SLOTS, count, true);
  view.setInt32(plan + PLAN.STRIDE, stride, true);
  for (let i = 0; i < count; i++) {
    const value = slots[i - unused] ?? 0n;
    const at = frame + FRAME.SLOTS + i * slotBytes;
    if (slotBytes === 8) view.setBigUint64(at, BigInt.asUintN(64, value), true);
    else view.setUint32(at, Number(BigInt.asUintN(32, value)), true);
  }
  return frame;
}

function answerCallback(session: Session): void {
  const { frame } = callbackRequest(session);
  session.view.setBigUint64(frame + CALLBACK.RESULT_INTEGER, 0n, true);
  session.view.setBigUint64(frame + CALLBACK.RESULT_FLOAT, 0n, true);
  session.owner.answerCallback();
}
