// HOT: the result of one call out of its frame.
import { layoutOf } from '../../types/abi/layout.ts';
import { FRAME } from '../../../protocol/wire/layout.ts';
import { CAPTURE } from '../../../protocol/wire/messages.ts';
import { decodeAddress } from '../memsync/decode-scalar.ts';
import { elementsOf } from '../memsync/extents.ts';
import { readPointee, readValue } from '../memsync/pointer.ts';
import type { Source } from '../memsync/source.ts';
import { decodeText, decodeWide } from '../memsync/text.ts';
import { readText } from '../session/read-memory.ts';
import type { Session } from '../session/session.ts';
import { capturedBytes, offsetInMemory } from '../session/wire-damage.ts';
import { type CallPlan, slotOf, strideOf } from './plan.ts';

/** Which half of the frame's head holds a result: floating-point values have a register of their own. */
export function resultOffset({ placement }: CallPlan): number {
  return placement.result === 'floating' || placement.result === 'x87' ? FRAME.FLOAT : FRAME.INTEGER;
}

/** The address that a function returned. On ia32 the upper half of the result is not part of it. */
export function resultAddress({ pointerBytes }: CallPlan, view: DataView, frame: number): bigint {
  return decodeAddress(pointerBytes, view, frame + FRAME.INTEGER);
}

/** The text behind the returned pointer as the agent captured it, or undefined when it could not be read or, unless `cut` will do, was too long. */
export function capturedText(
  view: DataView,
  plan: CallPlan,
  frame: number,
  slotBytes: number,
  want: 'whole' | 'cut' = 'whole',
): Buffer | undefined {
  const length = capturedBytes(view, frame, plan.captureBytes);
  if (length < 0 || (length >= plan.captureBytes && want === 'whole')) return undefined;
  const at = frame + strideOf(slotBytes, plan.captureBytes) - plan.captureBytes;
  return Buffer.from(view.buffer, view.byteOffset + at, length);
}

/** A captured text as the caller gets it. */
export function textOfCapture(plan: CallPlan, bytes: Uint8Array): string {
  return plan.capture === CAPTURE.WIDE_CHARACTERS ? decodeWide(bytes) : decodeText(bytes, plan.encoding);
}

/** The result as the caller gets it, from a frame in the session's memory. */
export function decodeResult(
  session: Session,
  plan: CallPlan,
  frame: number,
  slotBytes: number,
  args: readonly unknown[],
): unknown {
  const { view } = session;
  const { placement, type, encoding } = plan;
  const source: Source = { view, session, encoding };
  const layout = placement.resultLayout;
  if (placement.hidden) {
    const address = decodeAddress(plan.pointerBytes, view, slotOf(frame, placement.hidden));
    return readValue(source, layout, offsetInMemory(session, address, layout.bytes));
  }
  if (type.resultExtent && layout.kind === 'pointer') {
    const sized = countedResult(session, plan, frame, args);
    if (sized !== undefined) return sized;
  }
  if (plan.capture === CAPTURE.NONE) return readValue(source, layout, frame + resultOffset(plan));
  const address = resultAddress(plan, view, frame);
  if (address === 0n) return null;
  const wide = plan.capture === CAPTURE.WIDE_CHARACTERS;
  return textOfCapture(plan, capturedText(view, plan, frame, slotBytes) ?? readText(session, address, wide ? 2 : 1));
}

/** `_Ret_writes_(n)`: the elements behind the returned pointer; undefined where the length is unknown. */
function countedResult(session: Session, plan: CallPlan, frame: number, args: readonly unknown[]): unknown {
  const { type, placement, encoding } = plan;
  if (type.result.kind !== 'pointer' || !type.resultExtent) return undefined;
  const address = resultAddress(plan, session.view, frame);
  if (address === 0n) return null;
  const element = layoutOf(type.result.target, plan.pointerBytes);
  const count = elementsOf(type.resultExtent, element.bytes, type.parameters, args);
  if (count === undefined) return undefined;
  return readPointee({ session, encoding }, element, address, count, `the result of ${placement.resultLayout.name}`);
}
