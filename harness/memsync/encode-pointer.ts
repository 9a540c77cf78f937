// What stands behind a pointer argument: put into shared memory before the call, so that the function works on it in
// place, and brought back after the call where the function may have written.
import { type CType, type Direction, type PointerType, sizeOf, type StructType } from '../declare/types.ts';
import { DllparityError } from '../errors.ts';
import type { Session } from '../session/session.ts';
import { describe, encodeScalar, refused, type Where } from './encode-scalar.ts';
import { decodeValue } from './decode.ts';
import { Pointer } from './pointer.ts';

/** What remains to be done after a call. */
export interface AfterCall {
  /** Brings memory back into the caller's values. */
  readonly copyBack: (() => void)[];
  /** Gives back the stubs of transient callbacks. */
  callbacks: number;
}

/** Makes a function of the caller callable for the DLL and returns its address. */
export type MakeCallback = (type: CType, callback: (...args: never[]) => unknown, after: AfterCall) => bigint;

/** Puts `value` where the function can reach it and returns the address. */
export function encodePointer(
  session: Session,
  type: PointerType,
  direction: Direction,
  value: unknown,
  after: AfterCall,
  makeCallback: MakeCallback,
  where: Where,
): bigint {
  if (value === null || value === undefined) return 0n;
  if (value instanceof Pointer) return value.addressIn(session);
  if (typeof value === 'string') return encodeText(session, type, direction, value, where);
  if (typeof value === 'function' && type.target.kind === 'function') {
    return makeCallback(type.target, value as (...args: never[]) => unknown, after);
  }
  if (ArrayBuffer.isView(value)) {
    return encodeBytes(session, new Uint8Array(value.buffer, value.byteOffset, value.byteLength), direction, after);
  }
  if (value instanceof ArrayBuffer) return encodeBytes(session, new Uint8Array(value), direction, after);
  if (Array.isArray(value)) return encodeArray(session, type, direction, value, after, where);
  if (typeof value === 'object' && type.target.kind === 'struct') {
    return encodeStruct(session, type.target, direction, value as Record<string, unknown>, after, where);
  }
  throw new DllparityError('ARGUMENT_TYPE', {
    what: `${where()} is of type ${type.name} and cannot take ${describe(value)}`,
    hint: 'Pass a typed array or Buffer, an array of numbers, a Pointer, or null.',
  });
}

function encodeText(session: Session, type: PointerType, direction: Direction, value: string, where: Where): bigint {
  const text = type.target.kind === 'scalar' ? type.target.text : null;
  if (text === null || direction !== 'in') {
    throw new DllparityError('ARGUMENT_TYPE', {
      what: `${where()} is of type ${type.name}${text === null ? '' : ', which the function may write to,'} and cannot take a string`,
      hint:
        text === null
          ? 'Pass a Buffer.'
          : 'Pass a Buffer, or declare the parameter `const` or `_In_` when the function only reads it.',
    });
  }
  // One unit more than the text for the terminator; the heap is not cleared, so it is written.
  if (text === 'wchar') {
    const at = session.reserve((value.length + 1) * 2);
    Buffer.from(session.bytes.buffer).write(value, at, 'utf16le');
    session.view.setUint16(at + value.length * 2, 0, true);
    return BigInt(session.base + at);
  }
  const length = Buffer.byteLength(value);
  const at = session.reserve(length + 1);
  Buffer.from(session.bytes.buffer).write(value, at, 'utf8');
  session.bytes[at + length] = 0;
  return BigInt(session.base + at);
}

function encodeBytes(session: Session, bytes: Uint8Array, direction: Direction, after: AfterCall): bigint {
  // Memory that is shared already needs no journey.
  if (bytes.buffer === session.bytes.buffer) return BigInt(session.base + bytes.byteOffset);
  const at = session.reserve(bytes.byteLength);
  session.bytes.set(bytes, at);
  if (direction !== 'in') {
    after.copyBack.push(() => {
      bytes.set(session.bytes.subarray(at, at + bytes.byteLength));
    });
  }
  return BigInt(session.base + at);
}

function encodeArray(
  session: Session,
  type: PointerType,
  direction: Direction,
  value: unknown[],
  after: AfterCall,
  where: Where,
): bigint {
  const { target } = type;
  if (target.kind !== 'scalar' && target.kind !== 'pointer' && target.kind !== 'struct') {
    throw new DllparityError('ARGUMENT_TYPE', {
      what: `${where()} is of type ${type.name}, whose elements have no known size`,
      hint: 'Pass a typed array or Buffer.',
    });
  }
  const size = sizeOf(target, 8);
  const at = session.reserve(Math.max(1, value.length) * size);
  value.forEach((element, index) => {
    encodeInto(
      session,
      target,
      direction === 'out' ? null : element,
      at + index * size,
      after,
      () => `element ${index.toString()} of ${where()}`,
    );
  });
  if (direction !== 'in') {
    after.copyBack.push(() => {
      for (let i = 0; i < value.length; i++)
        value[i] = decodeValue(target, session.view, at + i * size, (address) => new Pointer(session, address));
    });
  }
  return BigInt(session.base + at);
}

function encodeStruct(
  session: Session,
  type: StructType,
  direction: Direction,
  value: Record<string, unknown>,
  after: AfterCall,
  where: Where,
): bigint {
  const at = session.reserve(type.bytes);
  writeStruct(session, type, value, at, after, where);
  if (direction !== 'in') {
    after.copyBack.push(() => {
      Object.assign(
        value,
        decodeValue(type, session.view, at, (address) => new Pointer(session, address)),
      );
    });
  }
  return BigInt(session.base + at);
}

/** Writes a struct; members that `value` lacks are zero. */
export function writeStruct(
  session: Session,
  type: StructType,
  value: Record<string, unknown>,
  at: number,
  after: AfterCall,
  where: Where,
): void {
  session.bytes.fill(0, at, at + type.bytes);
  for (const member of type.members) {
    if (Object.hasOwn(value, member.name)) {
      encodeInto(
        session,
        member.type,
        value[member.name],
        at + member.offset,
        after,
        () => `member ${member.name} of ${where()}`,
      );
    }
  }
}

/** Writes an element or member in place; null is zero. */
function encodeInto(session: Session, type: CType, value: unknown, at: number, after: AfterCall, where: Where): void {
  if (type.kind === 'pointer') {
    const address = encodePointer(session, type, type.const ? 'in' : 'inout', value, after, refuseCallback, where);
    session.view.setBigUint64(at, address, true);
  } else if (value === null || value === undefined) {
    session.bytes.fill(0, at, at + sizeOf(type, 8));
  } else if (type.kind === 'scalar') {
    const refusal = encodeScalar(type, value, session.view, at);
    if (refusal) throw refused(refusal, type, value, where());
  } else if (type.kind === 'struct') {
    writeStruct(session, type, value as Record<string, unknown>, at, after, where);
  }
}

const refuseCallback: MakeCallback = () => {
  throw new DllparityError('ARGUMENT_TYPE', {
    what: 'a callback inside memory is not supported yet',
    hint: 'Pass the callback as an argument of the function.',
  });
};
