// What a DLL hands to a callback.
import { layoutOf } from '../../types/abi/layout.ts';
import type { Place, Placement } from '../../types/abi/place-arguments.ts';
import { CALLBACK } from '../../../protocol/wire/layout.ts';
import { arrayOf, type FunctionType, type Parameter, textOf } from '../../types/declare/types.ts';
import { DllparityError } from '../../base/errors.ts';
import { decodeAddress } from '../memsync/decode-scalar.ts';
import { elementsOf } from '../memsync/extents.ts';
import { Pointer, readPointee, readValue, readPointeeValue } from '../memsync/pointer.ts';
import { writePointee } from '../memsync/write-pointee.ts';
import { readMemory } from '../session/read-memory.ts';
import type { Session } from '../session/session.ts';

/** One callback in flight. */
export interface CallbackFrame {
  readonly session: Session;
  readonly encoding: string;
  /** Offset of its frame in the shared memory. */
  readonly frame: number;
  /** Of the process that has called. */
  readonly generation: number;
}

/** Whether the process that has called is there to be answered. */
export function isWaitedFor({ session, generation }: CallbackFrame): boolean {
  return session.generation === generation && session.isAlive;
}

/** An array that the callback was given and the DLL reads again when it returns. */
interface WriteBack {
  readonly parameter: Parameter;
  readonly pointer: Pointer;
  readonly array: unknown[];
}

export interface CallbackArguments {
  readonly values: unknown[];
  readonly writeBack: readonly WriteBack[];
}

const IA32_REGISTERS = 2;
const X64_REGISTERS = 4;

export function callbackArguments(at: CallbackFrame, type: FunctionType, placement: Placement): CallbackArguments {
  const values = placement.arguments.map((place) => argumentAt(at, place));
  const writeBack: WriteBack[] = [];
  type.parameters.forEach((parameter, index) => {
    if (!parameter.extent) return;
    const pointer = values[index];
    if (!(pointer instanceof Pointer)) return;
    const followed = follow(at, parameter, pointer, type, values);
    if (Array.isArray(followed) && parameter.direction !== 'in') {
      writeBack.push({ parameter, pointer, array: followed });
    }
    values[index] = followed;
  });
  return { values, writeBack };
}

/** The array, or text, that an annotation says lies behind the pointer. */
function follow(
  { session, encoding }: CallbackFrame,
  parameter: Parameter,
  pointer: Pointer,
  { parameters, name }: FunctionType,
  values: readonly unknown[],
): unknown {
  if (parameter.type.kind !== 'pointer' || !parameter.extent) return pointer;
  const element = layoutOf(parameter.type.target, session.pointerBytes);
  if (parameter.extent.count === 'terminated') {
    const text = textOf(parameter.type.target);
    return text === null ? pointer : text === 'wchar' ? pointer.wideText() : pointer.text();
  }
  const count = elementsOf(parameter.extent, element.bytes, parameters, values);
  if (count === undefined) return pointer;
  const what = `"${parameter.name}" of the callback ${name}`;
  const found = readPointee({ session, encoding }, element, pointer.addressIn(session), count, what);
  return typeof found === 'string' && parameter.direction !== 'in'
    ? pointer.array(element.type as never, count)
    : found;
}

/** Arrays that the callback may have changed go back to where they came from. */
export function writeBackArguments({ session, encoding }: CallbackFrame, { writeBack }: CallbackArguments): void {
  for (const { parameter, pointer, array } of writeBack) {
    if (parameter.type.kind !== 'pointer' || array.length === 0) continue;
    const layout = layoutOf(arrayOf(parameter.type.target, array.length), session.pointerBytes);
    writePointee(session, layout, array, pointer.addressIn(session), encoding);
  }
}

function argumentAt(at: CallbackFrame, place: Place): unknown {
  const { session, encoding, frame } = at;
  const { layout, byAddress } = place;
  const where = offsetInFrame(session, place);
  const view = viewOfArgument(at, place, where);
  const slot = view === session.view ? frame + where : 0;
  if (!byAddress) return readValue({ view, session, encoding }, layout, slot);
  const address = decodeAddress(session.pointerBytes, view, slot);
  return readPointeeValue({ session, encoding }, layout, address, `a ${layout.name} of a callback`);
}

/**
 * Where an argument can be read: in the shared memory, at its offset in the frame; or from the first byte of a copy, when the frame
 * has no room for so much of the stack.
 */
export function viewOfArgument(at: CallbackFrame, { layout, byAddress, bytes }: Place, where: number): DataView {
  const { session } = at;
  if (where + bytes <= CALLBACK.STACK + CALLBACK.STACK_BYTES) return session.view;
  // Of a struct that travels by its address, only the address lies in the slot.
  return beyondTheCopy(at, byAddress ? session.pointerBytes : layout.bytes, where);
}

/** Where a place lies in a callback's frame: in a register, or in the copy of the stack (and perhaps beyond it). */
export function offsetInFrame({ pointerBytes }: Session, { layout, offset }: Place): number {
  if (pointerBytes === 4) {
    const stack = offset - IA32_REGISTERS * 4;
    // ECX and EDX have eight bytes each in the frame.
    return stack >= 0 ? CALLBACK.STACK + stack : CALLBACK.INTEGERS + offset * 2;
  }
  const stack = offset - X64_REGISTERS * 8;
  if (stack >= 0) return CALLBACK.STACK + stack;
  const floating = layout.kind === 'scalar' && (layout.code === 'float' || layout.code === 'double');
  return (floating ? CALLBACK.FLOATS : CALLBACK.INTEGERS) + offset;
}

function beyondTheCopy({ session, frame }: CallbackFrame, length: number, where: number): DataView {
  const stack = session.view.getBigUint64(frame + CALLBACK.STACK_ADDRESS, true);
  const bytes = readMemory(session, stack + BigInt(where - CALLBACK.STACK), length);
  if (bytes) return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  throw new DllparityError('ARGUMENT_RANGE', {
    what: 'the stack arguments of a callback cannot be read',
    figures: [{ name: 'wanted', value: length, unit: 'bytes' }],
    hint: 'The DLL passes fewer arguments than the declaration of the callback says.',
  });
}
