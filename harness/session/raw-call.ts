import { FRAME, PLAN, PLAN_TABLE } from '../../protocol/layout.ts';
import { FRAME_STATUS, TO_AGENT, TO_HOST } from '../../protocol/messages.ts';
import { DllparityError } from '../errors.ts';
import type { Session } from './session.ts';
import { TIMED_OUT } from './wire.ts';

/** Plan 0 is for the harness's own calls: its function changes from call to call. */
const PLAN_OF_RAW_CALLS = 0;

/** What a call by address leaves behind. */
export interface RawResult {
  readonly integer: bigint;
  readonly lastError: number;
}

/** Calls a function by its address with integer arguments only: how libraries are loaded and memory is read. */
export function rawCall(session: Session, address: bigint, ...slots: readonly bigint[]): RawResult {
  const { view, wire } = session;
  const mark = session.top;
  const count = Math.max(4, slots.length);
  const frame = session.reserve(FRAME.SLOTS + count * FRAME.SLOT_BYTES);
  const plan = PLAN_TABLE + PLAN_OF_RAW_CALLS * PLAN.BYTES;
  view.setBigUint64(plan + PLAN.FUNCTION, address, true);
  view.setInt32(plan + PLAN.SLOTS, count, true);
  view.setInt32(plan + PLAN.STRIDE, FRAME.SLOTS + count * FRAME.SLOT_BYTES, true);
  for (let i = 0; i < count; i++)
    view.setBigUint64(frame + FRAME.SLOTS + i * 8, BigInt.asUintN(64, slots[i] ?? 0n), true);
  wire.send(TO_AGENT.CALL, PLAN_OF_RAW_CALLS, frame, 1);
  const answer = wire.await(session.patienceMs);
  session.top = mark;
  if (answer !== TO_HOST.RETURNED || view.getInt32(frame + FRAME.STATUS, true) !== FRAME_STATUS.RETURNED) {
    const log = session.logTail();
    session.end();
    throw new DllparityError('AGENT_GONE', {
      what:
        answer === TIMED_OUT
          ? 'the agent did not answer while the harness was loading a library or reading memory, and was ended'
          : 'the agent ended while the harness was loading a library or reading memory',
      details: log,
      hint: 'Read the log above; the next call starts another agent.',
    });
  }
  return {
    integer: view.getBigUint64(frame + FRAME.INTEGER, true),
    lastError: view.getUint32(frame + FRAME.LAST_ERROR, true),
  };
}
