// HOT: the arguments of one call into its frame. Benchmarks: sync-add, batch-pow.
import { FRAME } from '../../../protocol/wire/layout.ts';
import { layoutOf } from '../../types/abi/layout.ts';
import type { Layout, ScalarLayout } from '../../types/abi/layout-kinds.ts';
import type { Place, Placement } from '../../types/abi/place-arguments.ts';
import type { Direction } from '../../types/declare/types.ts';
import { DllparityError } from '../../base/errors.ts';
import { encodeAddress } from '../memsync/decode-scalar.ts';
import { encodePointer, writeRecord } from '../memsync/write-value.ts';
import { encodeScalar, type Refusal, refused } from '../memsync/encode-scalar.ts';
import { checkExtents } from '../memsync/extents.ts';
import type { Transfer, Where } from '../memsync/transfer.ts';
import type { Session } from '../session/session.ts';
import { type CallPlan, placementFor } from './plan.ts';
import { followStored } from './stored.ts';
import { variadicLayouts, variadicType } from './variadic.ts';

/** Where the arguments of this call go; throws ARGUMENT_COUNT when their number is wrong. */
export function placementOf(plan: CallPlan, args: readonly unknown[]): Placement {
  const { parameters, variadic, name } = plan.type;
  const wanted = parameters.length;
  if (args.length === wanted) return plan.placement;
  if (variadic && args.length > wanted) {
    return placementFor(
      plan,
      variadicLayouts(args, wanted, plan.pointerBytes, (index) => nameOf(plan, index)),
    );
  }
  throw new DllparityError('ARGUMENT_COUNT', {
    what: `${name} was called with the wrong number of arguments`,
    figures: [
      { name: variadic ? 'at least' : 'wanted', value: wanted, unit: 'arguments' },
      { name: 'given', value: args.length, unit: 'arguments' },
    ],
    hint: `Its prototype names ${wanted === 0 ? 'none' : parameters.map((parameter) => parameter.name).join(', ')}.`,
  });
}

/** Writes the arguments into the slots of `frame` and the memory behind them into the heap. */
export function encodeArguments(
  transfer: Transfer,
  plan: CallPlan,
  placement: Placement,
  args: readonly unknown[],
  frame: number,
): void {
  const { session, after } = transfer;
  const { parameters } = plan.type;
  const mark = session.top;
  const copies = after.copyBack.length;
  writeArguments(transfer, plan, placement, args, frame);
  if (transfer.passed?.ranges.isStale) {
    session.top = mark;
    after.copyBack.length = copies;
    transfer.passed.anew();
    writeArguments(transfer, plan, placement, args, frame);
  }
  if (!plan.hasExtents) return;
  checkExtents(plan.type.name, parameters, (index) => elementBytes(placement.arguments[index]?.layout), args);
  followStored(transfer, plan, args, frame);
}

function writeArguments(
  transfer: Transfer,
  plan: CallPlan,
  placement: Placement,
  args: readonly unknown[],
  frame: number,
): void {
  const { session } = transfer;
  const { view } = session;
  const slots = frame + FRAME.SLOTS;
  const { parameters } = plan.type;
  const { hidden } = placement;
  clearSlots(session, plan, placement, slots);
  if (hidden) {
    const address = BigInt(session.base + session.reserve(placement.resultLayout.bytes));
    encodeAddress(plan.pointerBytes, address, view, slots + hidden.offset);
  }
  for (let i = 0; i < args.length; i++) {
    const place = placement.arguments[i];
    if (!place) continue;
    const parameter = parameters[i];
    const at = slots + place.offset;
    const { layout } = place;
    if (parameter && layout.kind === 'scalar') {
      const refusal = encodeScalarSlot(layout, args[i], view, at, place.bytes);
      if (refusal) throw refused(refusal, layout, args[i], nameOf(plan, i));
    } else if (parameter) {
      encodeInMemory(transfer, place, parameter.direction, args[i], at, () => nameOf(plan, i));
    } else encodeVariadic(transfer, place, args[i], at, () => nameOf(plan, i));
  }
}

/** Slots that no argument fills are zero: the registers of ia32, and the four of x64. */
function clearSlots(session: Session, plan: CallPlan, placement: Placement, slots: number): void {
  if (plan.pointerBytes === 4) {
    session.bytes.fill(0, slots, slots + placement.slotBytes);
    return;
  }
  const used = (placement.arguments.length + (placement.hidden ? 1 : 0)) * 8;
  for (let at = slots + used; at < slots + placement.slotBytes; at += 8) session.view.setFloat64(at, 0, true);
}

/** A scalar in a slot of its own: the bytes it does not fill are zero. */
export function encodeScalarSlot(
  layout: ScalarLayout,
  value: unknown,
  view: DataView,
  at: number,
  slotBytes: number,
): Refusal | undefined {
  if (layout.bytes < slotBytes) {
    if (slotBytes === 8) view.setFloat64(at, 0, true);
    else view.setInt32(at, 0, true);
  }
  return encodeScalar(layout, value, view, at);
}

function elementBytes(layout: Layout | undefined): number {
  return layout?.kind === 'pointer' ? layoutOf(layout.type.target, layout.bytes).bytes : 1;
}

/** An argument by its name in the prototype, for errors. */
export function nameOf(plan: CallPlan, index: number): string {
  const parameter = plan.type.parameters[index];
  return `${parameter ? `"${parameter.name}"` : `argument ${index.toString()}`} of ${plan.type.name}`;
}

function encodeVariadic(transfer: Transfer, place: Place, argument: unknown, at: number, where: Where): void {
  const { value } = variadicType(argument, where);
  const { layout } = place;
  if (layout.kind === 'scalar') {
    const refusal = encodeScalarSlot(layout, value, transfer.session.view, at, place.bytes);
    if (refusal) throw refused(refusal, layout, value, where());
    return;
  }
  const writes = layout.kind === 'pointer' && !layout.type.const && typeof value !== 'string';
  encodeInMemory(transfer, place, writes ? 'inout' : 'in', value, at, where);
}

function encodeInMemory(
  transfer: Transfer,
  { layout, byAddress, bytes }: Place,
  direction: Direction,
  value: unknown,
  at: number,
  where: Where,
): void {
  const { session } = transfer;
  if (layout.kind === 'pointer') {
    encodeAddress(layout.bytes, encodePointer(transfer, layout, direction, value, where), session.view, at);
  } else if (layout.kind === 'struct' || layout.kind === 'union') {
    const to = byAddress ? session.reserve(layout.bytes) : at;
    session.bytes.fill(0, to, to + (byAddress ? layout.bytes : bytes));
    writeRecord(transfer, layout, value, to, where);
    if (byAddress) session.view.setBigUint64(at, BigInt(session.base + to), true);
  }
}
