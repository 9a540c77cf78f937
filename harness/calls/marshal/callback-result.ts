// What a callback returns to the DLL.
import type { ScalarLayout } from '../../types/abi/layout-kinds.ts';
import type { Placement } from '../../types/abi/place-arguments.ts';
import { CALLBACK } from '../../../protocol/wire/layout.ts';
import type { FunctionType } from '../../types/declare/types.ts';
import { DllparityError } from '../../base/errors.ts';
import { decodeAddress } from '../memsync/decode-scalar.ts';
import { describe, encodeScalar, refused } from '../memsync/encode-scalar.ts';
import { Pointer } from '../memsync/pointer.ts';
import { SharedBuffer } from '../memsync/shared-buffer.ts';
import { writePointee } from '../memsync/write-pointee.ts';
import type { Session } from '../session/session.ts';
import { writeMemory } from '../session/write-memory.ts';
import type { CallbackFrame } from './callback-arguments.ts';

/** The memory that the DLL has given for a struct result, or 0. */
export function hiddenAddress({ view, pointerBytes }: Session, frame: number, { hidden }: Placement): bigint {
  if (!hidden) return 0n;
  if (pointerBytes === 8) return view.getBigUint64(frame + CALLBACK.INTEGERS + hidden.offset, true);
  // ECX and EDX have eight bytes each in the frame; behind them comes the stack.
  const at = hidden.offset < 8 ? CALLBACK.INTEGERS + hidden.offset * 2 : CALLBACK.STACK + hidden.offset - 8;
  return decodeAddress(4, view, frame + at);
}

/** For a callback that has no result to give: the DLL goes on, and reads what it takes for one. */
export function writeZeroResult(session: Session, frame: number, placement: Placement): void {
  const { view } = session;
  view.setBigUint64(frame + CALLBACK.RESULT_INTEGER, 0n, true);
  view.setBigUint64(frame + CALLBACK.RESULT_FLOAT, 0n, true);
  const memory = hiddenAddress(session, frame, placement);
  if (memory === 0n) return;
  // Where that memory is none, the DLL will find out: the call ends with an error anyway.
  writeMemory(session, memory, new Uint8Array(placement.resultLayout.bytes));
  // The callee returns the address of such a result, and the caller may go by that.
  view.setBigUint64(frame + CALLBACK.RESULT_INTEGER, memory, true);
}

/** @param memory address that the DLL has given for a struct result, or 0 */
export function writeCallbackResult(
  { session, encoding, frame }: CallbackFrame,
  { name }: FunctionType,
  placement: Placement,
  value: unknown,
  memory: bigint,
): void {
  refusePromise(name, value);
  const { view } = session;
  const layout = placement.resultLayout;
  switch (layout.kind) {
    case 'scalar':
      writeScalar(view, layout, placement, value, frame, name);
      return;
    case 'struct':
    case 'union': {
      const address = memory === 0n ? BigInt(session.base + frame + CALLBACK.RESULT_INTEGER) : memory;
      writePointee(session, layout, value, address, encoding);
      if (memory !== 0n) view.setBigUint64(frame + CALLBACK.RESULT_INTEGER, memory, true);
      return;
    }
    case 'pointer':
      if (value === null || value === undefined) return;
      if (value instanceof Pointer || value instanceof SharedBuffer) {
        const address = value instanceof Pointer ? value.addressIn(session) : value.pointer.addressIn(session);
        view.setBigUint64(frame + CALLBACK.RESULT_INTEGER, address, true);
        return;
      }
      throw new DllparityError('ARGUMENT_TYPE', {
        what: `the callback ${name} returns a ${layout.name} and cannot return ${describe(value)}`,
        hint: 'The memory has to outlive the callback: return a Pointer, `agent.buffer(...)`, or null.',
      });
    case 'array':
    case 'sizeless':
  }
}

function writeScalar(
  view: DataView,
  layout: ScalarLayout,
  placement: Placement,
  value: unknown,
  frame: number,
  name: string,
): void {
  const floating = layout.code === 'float' || layout.code === 'double';
  const at = frame + (floating ? CALLBACK.RESULT_FLOAT : CALLBACK.RESULT_INTEGER);
  const refusal = encodeScalar(layout, value, view, at);
  if (refusal) throw refused(refusal, layout, value, `the result of the callback ${name}`);
  // ST(0) is loaded from a double.
  if (placement.result === 'x87' && layout.code === 'float') view.setFloat64(at, view.getFloat32(at, true), true);
  if (!floating) extendSign(view, at, layout.bytes, layout.code.startsWith('int'));
}

/** A caller may look at the whole register; compilers extend narrow results. */
function extendSign(view: DataView, offset: number, bytes: number, signed: boolean): void {
  const bits = bytes * 8;
  const raw = view.getBigUint64(offset, true);
  view.setBigUint64(offset, BigInt.asUintN(64, signed ? BigInt.asIntN(bits, raw) : BigInt.asUintN(bits, raw)), true);
}

/** The DLL waits for its answer: nothing that comes later can be one. */
function refusePromise(name: string, value: unknown): void {
  if (typeof value !== 'object' || value === null || !('then' in value) || typeof value.then !== 'function') return;
  throw new DllparityError('ARGUMENT_TYPE', {
    what: `the callback ${name} returned a promise`,
    hint: 'A DLL waits for its callback: use a synchronous function.',
  });
}
