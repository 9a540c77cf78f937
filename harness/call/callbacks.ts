// Functions of the caller that a DLL calls in the middle of a call.
import { CALLBACK, HEADER } from '../../protocol/layout.ts';
import type { CType, FunctionType, Parameter } from '../declare/types.ts';
import { DllparityError } from '../errors.ts';
import { decodeValue } from '../memsync/decode.ts';
import type { AfterCall } from '../memsync/encode-pointer.ts';
import { encodeScalar, refused } from '../memsync/encode-scalar.ts';
import { Pointer } from '../memsync/pointer.ts';
import type { Session } from '../session/session.ts';
import { fitsRegister } from './plan.ts';

interface Slot {
  readonly type: FunctionType;
  readonly callback: (...args: unknown[]) => unknown;
}

const REGISTERS = 4;

/** The callbacks of the calls in flight, by stub number. A call's own are the last ones. */
export class Callbacks {
  private readonly session: Session;
  private readonly slots: Slot[] = [];
  /** The first error a callback threw during the outermost call: it surfaces when that call ends. */
  private thrown: { readonly error: unknown } | undefined;

  constructor(session: Session) {
    this.session = session;
  }

  /** Address of a stub that leads to `callback` until the call ends. */
  readonly make = (type: CType, callback: (...args: never[]) => unknown, after: AfterCall): bigint => {
    if (type.kind !== 'function') throw new Error('not a function type');
    if (this.slots.length >= CALLBACK.STUBS) {
      // A batch goes on with the next message, as it does when the heap is full.
      throw new DllparityError('CALL_OUT_OF_MEMORY', {
        what: 'too many callbacks are in use at once',
        figures: [{ name: 'limit', value: CALLBACK.STUBS, unit: 'callbacks' }],
        hint: 'Pass fewer functions to one call.',
      });
    }
    const number = this.slots.push({ type, callback: callback as Slot['callback'] }) - 1;
    after.callbacks++;
    return this.session.view.getBigUint64(HEADER.CALLBACK_STUBS, true) + BigInt(number * CALLBACK.STUB_BYTES);
  };

  /** Gives back the last `count` stubs. */
  release(count: number): void {
    this.slots.length -= count;
  }

  /** Runs the callback that the agent asks for and writes its result into its frame. */
  run(): void {
    const { view } = this.session;
    const frame = view.getInt32(HEADER.TO_HOST_FRAME, true);
    const slot = this.slots[view.getInt32(HEADER.TO_HOST_CALLBACK, true)];
    view.setBigUint64(frame + CALLBACK.RESULT_INTEGER, 0n, true);
    view.setBigUint64(frame + CALLBACK.RESULT_FLOAT, 0n, true);
    // After the first error the rest of the call only has to end: the DLL sees 0.
    if (!slot || this.thrown) return;
    try {
      const args = slot.type.parameters.map((parameter, index) => this.argument(parameter, index, frame));
      this.answer(slot.type, slot.callback(...args), frame);
    } catch (error) {
      this.thrown = { error };
    }
  }

  /** The error a callback threw, once. */
  takeError(): { readonly error: unknown } | undefined {
    const { thrown } = this;
    this.thrown = undefined;
    return thrown;
  }

  private argument({ type }: Parameter, index: number, frame: number): unknown {
    const floating = type.kind === 'scalar' && (type.code === 'float' || type.code === 'double');
    const offset =
      index >= REGISTERS
        ? CALLBACK.STACK + (index - REGISTERS) * 8
        : (floating ? CALLBACK.FLOATS : CALLBACK.INTEGERS) + index * 8;
    const { view } = this.session;
    const toPointer = (address: bigint): Pointer => new Pointer(this.session, address);
    if (type.kind !== 'struct' || fitsRegister(type.bytes)) return decodeValue(type, view, frame + offset, toPointer);
    // A larger struct is handed over by its address (x64 ABI).
    const bytes = toPointer(view.getBigUint64(frame + offset, true)).bytes(type.bytes);
    return decodeValue(type, new DataView(bytes.buffer, bytes.byteOffset), 0, toPointer);
  }

  private answer({ result, name }: FunctionType, value: unknown, frame: number): void {
    const { view } = this.session;
    if (result.kind === 'scalar') {
      const floating = result.code === 'float' || result.code === 'double';
      const offset = floating ? CALLBACK.RESULT_FLOAT : CALLBACK.RESULT_INTEGER;
      const refusal = encodeScalar(result, value, view, frame + offset);
      if (refusal) throw refused(refusal, result, value, `the result of the callback ${name}`);
      if (!floating) extendSign(view, frame + CALLBACK.RESULT_INTEGER, result.bytes, result.code.startsWith('int'));
    } else if (result.kind === 'pointer' && value instanceof Pointer) {
      view.setBigUint64(frame + CALLBACK.RESULT_INTEGER, value.addressIn(this.session), true);
    }
  }
}

/** A caller may look at the whole register; compilers extend narrow results. */
function extendSign(view: DataView, offset: number, bytes: number, signed: boolean): void {
  const bits = bytes * 8;
  const raw = view.getBigUint64(offset, true);
  view.setBigUint64(offset, BigInt.asUintN(64, signed ? BigInt.asIntN(bits, raw) : BigInt.asUintN(bits, raw)), true);
}
