// HOT: one scalar into its slot.
import type { ScalarCode, ScalarType } from '../declare/types.ts';
import { DllparityError } from '../errors.ts';

/** Lowest and highest number that a width takes: signed or unsigned, since C programmers write -1 and 0xFFFFFFFF alike. */
const BOUNDS: Readonly<Record<1 | 2 | 4, readonly [number, number]>> = {
  1: [-0x80, 0xff],
  2: [-0x8000, 0xffff],
  4: [-0x8000_0000, 0xffff_ffff],
};

/** Writes `value` at `offset`. `where` names the argument, for the error. */
export function encodeScalar(
  type: ScalarType,
  value: unknown,
  view: DataView,
  offset: number,
  where: () => string,
): void {
  const code: ScalarCode = type.code;
  switch (code) {
    case 'double':
      if (typeof value !== 'number') return refuse(type, value, where, 'a number');
      view.setFloat64(offset, value, true);
      return;
    case 'float':
      if (typeof value !== 'number') return refuse(type, value, where, 'a number');
      view.setFloat32(offset, value, true);
      return;
    case 'bool':
      if (typeof value !== 'boolean') return refuse(type, value, where, 'true or false');
      view.setUint8(offset, value ? 1 : 0);
      return;
    case 'int64':
    case 'uint64':
      encodeWide(type, value, view, offset, where);
      return;
    default: {
      const bytes = type.bytes as 1 | 2 | 4;
      if (typeof value !== 'number') return refuse(type, value, where, 'a number');
      const [low, high] = BOUNDS[bytes];
      if (!Number.isInteger(value) || value < low || value > high) return outOfRange(type, value, where, low, high);
      if (bytes === 4) view.setInt32(offset, value, true);
      else if (bytes === 2) view.setInt16(offset, value, true);
      else view.setInt8(offset, value);
    }
  }
}

function encodeWide(type: ScalarType, value: unknown, view: DataView, offset: number, where: () => string): void {
  if (typeof value === 'number' && Number.isSafeInteger(value)) {
    // Two halves: a bigint would be allocated for each argument.
    view.setInt32(offset, value | 0, true);
    view.setInt32(offset + 4, Math.floor(value / 0x1_0000_0000), true);
    return;
  }
  if (typeof value === 'bigint' && value >= -(1n << 63n) && value < 1n << 64n) {
    view.setBigInt64(offset, BigInt.asIntN(64, value), true);
    return;
  }
  refuse(type, value, where, 'a safe integer, or a bigint of at most 64 bits');
}

function refuse(type: ScalarType, value: unknown, where: () => string, wanted: string): never {
  throw new DllparityError('ARGUMENT_TYPE', {
    what: `${where()} is of type ${type.name} and needs ${wanted}, not ${describe(value)}`,
    hint: 'Pass a value of that type.',
  });
}

function outOfRange(type: ScalarType, value: number, where: () => string, low: number, high: number): never {
  throw new DllparityError('ARGUMENT_RANGE', {
    what: `${where()} is of type ${type.name} and cannot hold ${value.toString()}`,
    figures: [
      { name: 'lowest', value: low, unit: '' },
      { name: 'highest', value: high, unit: '' },
    ],
    hint: 'Pass a whole number within these bounds.',
  });
}

/** A value in an error message. */
export function describe(value: unknown): string {
  if (typeof value === 'string') return `the string ${JSON.stringify(value.slice(0, 40))}`;
  if (typeof value === 'function') return 'a function';
  if (typeof value === 'object' && value !== null) return `a ${value.constructor.name}`;
  return typeof value === 'bigint' ? `the bigint ${value.toString()}` : String(value);
}
