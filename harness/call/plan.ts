import { FRAME, PLAN, PLAN_TABLE } from '../../protocol/layout.ts';
import { CAPTURE } from '../../protocol/messages.ts';
import type { FunctionType } from '../declare/types.ts';
import type { Session } from '../session/session.ts';

/** How one function is called: everything that follows from its declaration, worked out once. */
export interface CallPlan {
  /** Index in the plan table of the shared file. */
  readonly index: number;
  readonly type: FunctionType;
  /** A struct that does not fit in a register is returned through a hidden first argument (x64 ABI: sizes 1, 2, 4 and 8 fit). */
  readonly hiddenResultBytes: number;
  /** What the agent copies behind the returned pointer. */
  readonly capture: number;
  readonly captureBytes: number;
  readonly slots: number;
  /** Bytes from one frame to the next, for a call without variadic arguments. */
  readonly stride: number;
}

/** Whether the x64 ABI passes a struct of this size in a register. */
export function fitsRegister(bytes: number): boolean {
  return bytes === 1 || bytes === 2 || bytes === 4 || bytes === 8;
}

/** Bytes of a frame with this many slots. */
export function strideOf(slots: number, captureBytes: number): number {
  return FRAME.SLOTS + slots * FRAME.SLOT_BYTES + ((captureBytes + 7) & ~7);
}

export function makePlan(index: number, type: FunctionType, stringBytes: number): CallPlan {
  const { result } = type;
  const hiddenResultBytes = result.kind === 'struct' && !fitsRegister(result.bytes) ? result.bytes : 0;
  const text = result.kind === 'pointer' && result.target.kind === 'scalar' ? result.target.text : null;
  const capture = text === 'char' ? CAPTURE.CHARACTERS : text === 'wchar' ? CAPTURE.WIDE_CHARACTERS : CAPTURE.NONE;
  // Whole units of both widths, so that a text that fills the room is known to be cut.
  const captureBytes = text === null ? 0 : (stringBytes + 7) & ~7;
  const slots = Math.max(4, type.parameters.length + (hiddenResultBytes > 0 ? 1 : 0));
  return { index, type, hiddenResultBytes, capture, captureBytes, slots, stride: strideOf(slots, captureBytes) };
}

/** Tells the agent. The addresses belong to one agent process and are written again for the next. */
export function writePlan(session: Session, plan: CallPlan, address: bigint, errnoAddress: bigint): void {
  const at = PLAN_TABLE + plan.index * PLAN.BYTES;
  const { view } = session;
  view.setBigUint64(at + PLAN.FUNCTION, address, true);
  view.setBigUint64(at + PLAN.ERRNO_ADDRESS, errnoAddress, true);
  view.setInt32(at + PLAN.CAPTURE, plan.capture, true);
  view.setInt32(at + PLAN.CAPTURE_BYTES, plan.captureBytes, true);
  writeShape(session, plan, plan.slots);
}

/** Sets the number of slots: variadic calls change it from call to call. */
export function writeShape(session: Session, plan: CallPlan, slots: number): void {
  const at = PLAN_TABLE + plan.index * PLAN.BYTES;
  session.view.setInt32(at + PLAN.SLOTS, slots, true);
  session.view.setInt32(at + PLAN.STRIDE, strideOf(slots, plan.captureBytes), true);
}
