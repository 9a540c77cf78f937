import { placeArguments, type Placement, type Place } from '../../types/abi/place-arguments.ts';
import type { Layout, PointerBytes } from '../../types/abi/layout-kinds.ts';
import { FRAME, PLAN, PLAN_TABLE } from '../../../protocol/wire/layout.ts';
import { CAPTURE, PLAN_FLAG } from '../../../protocol/wire/messages.ts';
import { type FunctionType, textOf } from '../../types/declare/types.ts';
import { requireEncoding } from '../memsync/text.ts';
import type { Session } from '../session/session.ts';

/** How one function is called: everything that follows from its declaration and the architecture, worked out once. */
export interface CallPlan {
  /** Index in the plan table of the shared memory. */
  readonly index: number;
  readonly type: FunctionType;
  readonly placement: Placement;
  /** Of 8-bit text. */
  readonly encoding: string;
  /** What the agent copies behind the returned pointer. */
  readonly capture: number;
  readonly captureBytes: number;
  /** Whether any parameter has a length to be checked or followed. */
  readonly hasExtents: boolean;
  readonly pointerBytes: PointerBytes;
  readonly frees: Frees;
}

/** Functions of the DLL that free what a call leaves behind, by their addresses in the agent that runs now. */
export interface Frees {
  /** Undefined: nobody does. Each call asks, and comparing bigints takes its time. */
  result: bigint | undefined;
  /** By index of the parameter behind which a pointer is stored. */
  readonly stored: Map<number, bigint>;
}

/** What a plan is made from besides the prototype. */
export interface PlanOptions {
  readonly pointerBytes: PointerBytes;
  /** Room for a returned text. */
  readonly stringBytes: number;
  readonly encoding: string;
}

/** Bytes of a frame with this many bytes of slots. */
export function strideOf(slotBytes: number, captureBytes: number): number {
  return FRAME.SLOTS + ((slotBytes + 7) & ~7) + ((captureBytes + 7) & ~7);
}

export function makePlan(index: number, type: FunctionType, options: PlanOptions): CallPlan {
  const { result } = type;
  const { pointerBytes, stringBytes, encoding } = options;
  requireEncoding(encoding);
  // With a length of its own the result is an array, not a text up to its zero.
  const sized = type.resultExtent !== null && type.resultExtent.count !== 'terminated';
  const text = result.kind === 'pointer' && !sized ? textOf(result.target) : null;
  const capture = text === 'char' ? CAPTURE.CHARACTERS : text === 'wchar' ? CAPTURE.WIDE_CHARACTERS : CAPTURE.NONE;
  return {
    index,
    type,
    placement: placeArguments(type, pointerBytes),
    encoding,
    capture,
    // Whole units of both widths, so that a text that fills the room is known to be cut.
    captureBytes: text === null ? 0 : (stringBytes + 7) & ~7,
    hasExtents: type.parameters.some(({ extent, stored, least }) => (extent ?? stored ?? least) !== null),
    pointerBytes,
    frees: { result: undefined, stored: new Map() },
  };
}

/** Where the arguments of one call go: variadic ones are placed behind the others. */
export function placementFor(plan: CallPlan, extra: readonly Layout[]): Placement {
  return extra.length === 0 ? plan.placement : placeArguments(plan.type, plan.pointerBytes, extra);
}

/** Tells the agent. The addresses belong to one agent process and are written again for the next. */
export function writePlan(
  session: Session,
  plan: CallPlan,
  address: bigint,
  errno: { readonly function: bigint; readonly address: bigint },
): void {
  const at = PLAN_TABLE + plan.index * PLAN.BYTES;
  const { view } = session;
  view.setBigUint64(at + PLAN.FUNCTION, address, true);
  view.setBigUint64(at + PLAN.ERRNO_ADDRESS, errno.address, true);
  view.setBigUint64(at + PLAN.ERRNO_FUNCTION, errno.function, true);
  view.setInt32(at + PLAN.CAPTURE, plan.capture, true);
  view.setInt32(at + PLAN.CAPTURE_BYTES, plan.captureBytes, true);
  view.setInt32(at + PLAN.FLAGS, flagsOf(plan), true);
  writeShape(session, plan, plan.placement.slotBytes);
}

function flagsOf({ placement }: CallPlan): number {
  if (placement.result !== 'x87') return 0;
  const { resultLayout } = placement;
  const single = resultLayout.kind === 'scalar' && resultLayout.code === 'float';
  return PLAN_FLAG.RESULT_X87 | (single ? PLAN_FLAG.RESULT_SINGLE : 0);
}

/** Sets the bytes of all slots: variadic calls change them from call to call. */
export function writeShape(session: Session, plan: CallPlan, slotBytes: number): void {
  const at = PLAN_TABLE + plan.index * PLAN.BYTES;
  session.view.setInt32(at + PLAN.SLOTS, slotBytes / plan.pointerBytes, true);
  session.view.setInt32(at + PLAN.STRIDE, strideOf(slotBytes, plan.captureBytes), true);
}

/** Byte of a frame at which the value of a place lies. */
export function slotOf(frame: number, place: Place): number {
  return frame + FRAME.SLOTS + place.offset;
}
