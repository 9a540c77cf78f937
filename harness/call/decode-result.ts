// HOT: the result of one call out of its frame.
import { FRAME } from '../../protocol/layout.ts';
import { CAPTURE } from '../../protocol/messages.ts';
import { decodeValue } from '../memsync/decode.ts';
import { Pointer } from '../memsync/pointer.ts';
import { readText } from '../session/read-memory.ts';
import type { Session } from '../session/session.ts';
import { type CallPlan, strideOf } from './plan.ts';

/** Which half of the frame's head holds a scalar result: floating-point values come in XMM0, all others in RAX. */
export function resultOffset(plan: CallPlan): number {
  const { result } = plan.type;
  return result.kind === 'scalar' && (result.code === 'float' || result.code === 'double')
    ? FRAME.FLOAT
    : FRAME.INTEGER;
}

/** The text behind the returned pointer as the agent captured it, or undefined when it could not be read or, unless `cut` will do, was too long. */
export function capturedText(
  view: DataView,
  plan: CallPlan,
  frame: number,
  slots: number,
  want: 'whole' | 'cut' = 'whole',
): Buffer | undefined {
  const length = view.getInt32(frame + FRAME.CAPTURED, true);
  if (length < 0 || (length >= plan.captureBytes && want === 'whole')) return undefined;
  const at = frame + strideOf(slots, plan.captureBytes) - plan.captureBytes;
  return Buffer.from(view.buffer, view.byteOffset + at, length);
}

/** The result as the caller gets it, from a frame in the session's memory. */
export function decodeResult(session: Session, plan: CallPlan, frame: number, slots: number): unknown {
  const { view } = session;
  const { result } = plan.type;
  const toPointer = (address: bigint): Pointer => new Pointer(session, address);
  if (plan.hiddenResultBytes > 0) {
    const at = Number(view.getBigUint64(frame + FRAME.SLOTS, true)) - session.base;
    return decodeValue(result, view, at, toPointer);
  }
  if (plan.capture === CAPTURE.NONE) return decodeValue(result, view, frame + resultOffset(plan), toPointer);
  const address = view.getBigUint64(frame + FRAME.INTEGER, true);
  if (address === 0n) return null;
  const wide = plan.capture === CAPTURE.WIDE_CHARACTERS;
  const bytes = capturedText(view, plan, frame, slots) ?? readText(session, address, wide ? 2 : 1);
  return Buffer.from(bytes).toString(wide ? 'utf16le' : 'utf8');
}
