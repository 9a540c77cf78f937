// Numbers as facts write them, as integers and as bits.
import type { ScalarCode } from '../../types/declare/types.ts';
import type { Plain } from './fact.ts';

const BITS: Readonly<Record<ScalarCode, number>> = {
  bool: 8,
  int8: 8,
  uint8: 8,
  int16: 16,
  uint16: 16,
  int32: 32,
  uint32: 32,
  int64: 64,
  uint64: 64,
  float: 32,
  double: 64,
};

export function bitsOf(code: ScalarCode): number {
  return BITS[code];
}

/** The whole number that is written; undefined where it is none, or was read without its last digits. */
export function integerOf(value: Plain): bigint | undefined {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? BigInt(value) : undefined;
  const [, sign, digits] = /^([+-]?)(0x[0-9a-f]+|\d+)$/i.exec(value) ?? [];
  if (digits === undefined) return undefined;
  return sign === '-' ? -BigInt(digits) : BigInt(digits);
}

/** Bits of an integer of that width, or undefined where it does not fit, whether signed or unsigned. */
export function integerBits(value: Plain, bits: number): bigint | undefined {
  const whole = integerOf(value);
  if (whole === undefined) return undefined;
  return whole >= -(1n << BigInt(bits - 1)) && whole < 1n << BigInt(bits) ? BigInt.asUintN(bits, whole) : undefined;
}

const scratch = new DataView(new ArrayBuffer(8));

function doubleBits(value: number): bigint {
  scratch.setFloat64(0, value);
  return scratch.getBigUint64(0);
}

export function doubleOf(bits: bigint): number {
  scratch.setBigUint64(0, bits);
  return scratch.getFloat64(0);
}

export function floatOf(bits: bigint): number {
  scratch.setUint32(0, Number(bits));
  return scratch.getFloat32(0);
}

function floatBits(value: number): bigint {
  scratch.setFloat32(0, value);
  return BigInt(scratch.getUint32(0));
}

/** Bits of a `double` or `float`: "0x..." are bits already, of a double where it is longer than a float. */
export function floatingBits(value: Plain, code: 'double' | 'float'): bigint {
  const isHex = typeof value === 'string' && /^0x/i.test(value);
  if (!isHex) return code === 'double' ? doubleBits(numberOf(value)) : floatBits(numberOf(value));
  const bits = BigInt(value);
  if (code === 'double') return BigInt.asUintN(64, bits);
  return value.length > 10 ? floatBits(doubleOf(bits)) : bits;
}

/** The number that is written, of which "0x..." are the bits of a double. */
export function numberOf(value: Plain): number {
  if (typeof value === 'number') return value;
  const lower = value.toLowerCase();
  if (/^[+-]?inf$/.test(lower)) return lower.startsWith('-') ? -Infinity : Infinity;
  if (/^-?nan$/.test(lower)) return NaN;
  return lower.startsWith('0x') ? doubleOf(BigInt(lower)) : Number(lower);
}

/** Little-endian bytes. */
export function bytesOf(bits: bigint, length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  let rest = bits;
  for (let i = 0; i < length; i++, rest >>= 8n) bytes[i] = Number(rest & 0xffn);
  return bytes;
}

/** Bits of little-endian bytes. */
export function bitsIn(bytes: Uint8Array): bigint {
  let bits = 0n;
  for (let i = bytes.length - 1; i >= 0; i--) bits = (bits << 8n) | BigInt(bytes[i] ?? 0);
  return bits;
}
