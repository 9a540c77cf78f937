// HOT: the arguments of one call into its frame. Benchmarks: sync-add, batch-pow.
import { FRAME } from '../../protocol/layout.ts';
import { parseType } from '../declare/parse-prototype.ts';
import type { VariadicArgument } from '../declare/prototype-types.ts';
import type { CType, Direction, ScalarType } from '../declare/types.ts';
import { DllparityError } from '../errors.ts';
import { type AfterCall, encodePointer, type MakeCallback, writeStruct } from '../memsync/encode-pointer.ts';
import { describe, encodeScalar, type Refusal, refused, type Where } from '../memsync/encode-scalar.ts';
import type { Session } from '../session/session.ts';
import { type CallPlan, fitsRegister } from './plan.ts';

/** Gives an argument of a variadic function its type, which the prototype leaves open: `as(1.5, 'double')`. */
export function as(value: unknown, type: string): VariadicArgument {
  return { as: type, value };
}

// Types of variadic arguments repeat: 3,000 calls of printf use a dozen.
const parsed = new Map<string, CType>();

function variadicType(argument: unknown, where: () => string): { type: CType; value: unknown } {
  if (typeof argument !== 'object' || argument === null || !('as' in argument) || !('value' in argument)) {
    throw new DllparityError('ARGUMENT_TYPE', {
      what: `${where()} belongs to "..." and has no type: ${describe(argument)}`,
      hint: "Give it one with `as`, for example as(1.5, 'double') or as(3, 'int').",
    });
  }
  const name = String(argument.as);
  let type = parsed.get(name);
  if (!type) {
    type = promote(parseType(name));
    parsed.set(name, type);
  }
  return { type, value: argument.value };
}

/** C promotes variadic arguments: float to double, narrow integers to int (C11 6.5.2.2). */
function promote(type: CType): CType {
  if (type.kind !== 'scalar') return type;
  if (type.code === 'float') return { ...type, code: 'double', bytes: 8 };
  return type.bytes < 4 ? { ...type, code: 'int32', bytes: 4 } : type;
}

/** How many slots the arguments need; throws ARGUMENT_COUNT when their number is wrong. */
export function slotsFor(plan: CallPlan, args: readonly unknown[]): number {
  const { parameters, variadic, name } = plan.type;
  const wanted = parameters.length;
  if (args.length === wanted || (variadic && args.length > wanted)) {
    return Math.max(plan.slots, args.length + (plan.hiddenResultBytes > 0 ? 1 : 0));
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
  session: Session,
  plan: CallPlan,
  args: readonly unknown[],
  frame: number,
  slots: number,
  after: AfterCall,
  makeCallback: MakeCallback,
): void {
  const { parameters } = plan.type;
  const { view } = session;
  let slot = frame + FRAME.SLOTS;
  if (plan.hiddenResultBytes > 0) {
    view.setBigUint64(slot, BigInt(session.base + session.reserve(plan.hiddenResultBytes)), true);
    slot += 8;
  }
  for (let i = 0; i < args.length; i++, slot += 8) {
    const parameter = parameters[i];
    if (parameter === undefined) {
      encodeVariadic(session, plan, args[i], i, slot, after, makeCallback);
    } else if (parameter.type.kind === 'scalar') {
      const refusal = encodeScalarSlot(parameter.type, args[i], view, slot);
      if (refusal) throw refused(refusal, parameter.type, args[i], nameOf(plan, i));
    } else {
      const { type, direction } = parameter;
      encodeInMemory(session, type, direction, args[i], slot, after, makeCallback, () => nameOf(plan, i));
    }
  }
  for (const end = frame + FRAME.SLOTS + slots * FRAME.SLOT_BYTES; slot < end; slot += 8)
    view.setFloat64(slot, 0, true);
}

/** A scalar in a slot of its own: the bytes it does not fill are zero. */
export function encodeScalarSlot(type: ScalarType, value: unknown, view: DataView, slot: number): Refusal | undefined {
  if (type.bytes < 8) view.setFloat64(slot, 0, true);
  return encodeScalar(type, value, view, slot);
}

/** An argument by its name in the prototype, for errors. */
function nameOf(plan: CallPlan, index: number): string {
  const parameter = plan.type.parameters[index];
  return `${parameter ? `"${parameter.name}"` : `argument ${index.toString()}`} of ${plan.type.name}`;
}

function encodeVariadic(
  session: Session,
  plan: CallPlan,
  argument: unknown,
  index: number,
  slot: number,
  after: AfterCall,
  makeCallback: MakeCallback,
): void {
  const where = (): string => nameOf(plan, index);
  const { type, value } = variadicType(argument, where);
  if (type.kind === 'scalar') {
    const refusal = encodeScalarSlot(type, value, session.view, slot);
    if (refusal) throw refused(refusal, type, value, where());
    return;
  }
  const writes = type.kind === 'pointer' && !type.const && typeof value !== 'string';
  encodeInMemory(session, type, writes ? 'inout' : 'in', value, slot, after, makeCallback, where);
}

function encodeInMemory(
  session: Session,
  type: CType,
  direction: Direction,
  value: unknown,
  slot: number,
  after: AfterCall,
  makeCallback: MakeCallback,
  where: Where,
): void {
  if (type.kind === 'pointer') {
    session.view.setBigUint64(slot, encodePointer(session, type, direction, value, after, makeCallback, where), true);
  } else if (type.kind === 'struct') {
    encodeStructArgument(session, type, value, slot, after, where);
  }
}

function encodeStructArgument(
  session: Session,
  type: CType & { kind: 'struct' },
  value: unknown,
  slot: number,
  after: AfterCall,
  where: () => string,
): void {
  if (typeof value !== 'object' || value === null) {
    throw new DllparityError('ARGUMENT_TYPE', {
      what: `${where()} is the struct ${type.name} and cannot take ${describe(value)}`,
      hint: `Pass an object with the members ${type.members.map((member) => member.name).join(', ')}.`,
    });
  }
  if (fitsRegister(type.bytes)) {
    session.view.setBigInt64(slot, 0n, true);
    writeStruct(session, type, value as Record<string, unknown>, slot, after, where);
  } else {
    const at = session.reserve(type.bytes);
    writeStruct(session, type, value as Record<string, unknown>, at, after, where);
    session.view.setBigUint64(slot, BigInt(session.base + at), true);
  }
}
