// HOT: one scalar into its slot.
import type { ScalarLayout } from '../../types/abi/layout-kinds.ts';
import type { ScalarCode } from '../../types/declare/types.ts';
import { DllparityError } from '../../base/errors.ts';

/** Lowest and highest number that a width takes: signed or unsigned, since C programmers write -1 and 0xFFFFFFFF alike. */
const BOUNDS: Readonly<Record<1 | 2 | 4, readonly [number, number]>> = {
  1: [-0x80, 0xff],
  2: [-0x8000, 0xffff],
  4: [-0x8000_0000, 0xffff_ffff],
};

/** Why a value cannot be a scalar of a type. */
export interface Refusal {
  readonly code: 'ARGUMENT_TYPE' | 'ARGUMENT_RANGE';
  readonly wanted: string;
}

/** Writes `value` at `offset`, or says why it cannot: the caller knows which argument it is, and hot loops make no closures. */
export function encodeScalar(type: ScalarLayout, value: unknown, view: DataView, offset: number): Refusal | undefined {
  if (typeof value === 'string') return encodeName(type, value, view, offset);
  const code: ScalarCode = type.code;
  switch (code) {
    case 'double':
      if (typeof value !== 'number') return NO_NUMBER;
      view.setFloat64(offset, value, true);
      return undefined;
    case 'float':
      if (typeof value !== 'number') return NO_NUMBER;
      view.setFloat32(offset, value, true);
      return undefined;
    case 'int32':
    case 'uint32':
      if (typeof value !== 'number') return encodeNarrowed(type, value, view, offset);
      // The first half of the test is true for every int32 and all that most calls take.
      if ((value | 0) !== value && value >>> 0 !== value) return outOfBounds(4);
      view.setInt32(offset, value, true);
      return undefined;
    case 'bool':
      if (typeof value !== 'boolean') return { code: 'ARGUMENT_TYPE', wanted: 'true or false' };
      view.setUint8(offset, value ? 1 : 0);
      return undefined;
    case 'int64':
    case 'uint64':
      return encodeWide(value, view, offset);
    default: {
      const bytes = type.bytes as 1 | 2;
      if (typeof value !== 'number') return NO_NUMBER;
      const [low, high] = BOUNDS[bytes];
      if (!Number.isInteger(value) || value < low || value > high) return outOfBounds(bytes);
      if (bytes === 2) view.setInt16(offset, value, true);
      else view.setInt8(offset, value);
      return undefined;
    }
  }
}

/** What is wide on x64 takes a bigint there: the same program may run on ia32. */
function encodeNarrowed(type: ScalarLayout, value: unknown, view: DataView, offset: number): Refusal | undefined {
  const isPointerSized = type.type.kind === 'scalar' && type.type.code.endsWith('ptr');
  return isPointerSized && typeof value === 'bigint' ? encodeScalar(type, Number(value), view, offset) : NO_NUMBER;
}

/** A value of an enumeration by its name. */
function encodeName(type: ScalarLayout, name: string, view: DataView, offset: number): Refusal | undefined {
  const { values } = type;
  if (!values) return { code: 'ARGUMENT_TYPE', wanted: type.code === 'bool' ? 'true or false' : 'a number' };
  const value = Object.hasOwn(values, name) ? values[name] : undefined;
  if (value === undefined) return { code: 'ARGUMENT_TYPE', wanted: `one of ${Object.keys(values).join(', ')}` };
  return encodeScalar(type, value, view, offset);
}

const NO_NUMBER: Refusal = { code: 'ARGUMENT_TYPE', wanted: 'a number' };

function outOfBounds(bytes: 1 | 2 | 4): Refusal {
  const [low, high] = BOUNDS[bytes];
  return { code: 'ARGUMENT_RANGE', wanted: `a whole number from ${low.toString()} to ${high.toString()}` };
}

function encodeWide(value: unknown, view: DataView, offset: number): Refusal | undefined {
  if (typeof value === 'number' && Number.isSafeInteger(value)) {
    // Two halves: a bigint would be allocated for each argument.
    view.setInt32(offset, value | 0, true);
    view.setInt32(offset + 4, Math.floor(value / 0x1_0000_0000), true);
    return undefined;
  }
  if (typeof value === 'bigint' && value >= -(1n << 63n) && value < 1n << 64n) {
    view.setBigInt64(offset, BigInt.asIntN(64, value), true);
    return undefined;
  }
  const isNumeric = typeof value === 'number' || typeof value === 'bigint';
  return {
    code: isNumeric ? 'ARGUMENT_RANGE' : 'ARGUMENT_TYPE',
    wanted: 'a safe integer, or a bigint of at most 64 bits',
  };
}

/** The error for a refused value. */
export function refused({ code, wanted }: Refusal, type: ScalarLayout, value: unknown, where: string): DllparityError {
  return new DllparityError(code, {
    what: `${where} is of type ${type.name} and needs ${wanted}, not ${describe(value)}`,
    hint: 'Pass a value of that type.',
  });
}

/** A value in an error message. */
export function describe(value: unknown): string {
  if (typeof value === 'string') return `the string ${JSON.stringify(value.slice(0, 40))}`;
  if (typeof value === 'function') return 'a function';
  if (typeof value === 'object' && value !== null) return `a ${value.constructor.name}`;
  return typeof value === 'bigint' ? `the bigint ${value.toString()}` : String(value);
}
