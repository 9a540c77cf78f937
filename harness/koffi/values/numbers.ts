// HOT: numbers into memory and out of it, by koffi's rules, which are not those of the core: whatever does not fit is cut to its low
// bits and not refused, bigints serve for every integer, 64-bit integers are numbers up to 2 ** 53 itself, and there are integers with
// their bytes in reverse order.
import { wrongType } from '../errors.ts';
import type { Primitive } from '../types/type.ts';
import { describeValue } from '../types/value-names.ts';

/** Writes a number. */
export type Store = (view: DataView, at: number, value: unknown) => void;
/** Reads one. */
export type Load = (view: DataView, at: number) => unknown;

const TWO_63 = 2 ** 63;
const TWO_32 = 2 ** 32;

function noNumber(value: unknown): never {
  return wrongType(`Unexpected ${describeValue(value)} value, expected number`);
}

/** The low 32 bits of a number as a 64-bit integer: fractions are cut, what is too large saturates first. */
function low(value: number): number {
  if (value < TWO_63) return value < -TWO_63 ? 0 : value | 0;
  return value === Infinity || Number.isNaN(value) ? 0 : -1;
}

function high(value: number): number {
  const whole = Math.trunc(value);
  if (whole < TWO_63)
    return whole < -TWO_63 ? (whole === -Infinity ? 0 : -0x8000_0000) : Math.floor(whole / TWO_32) | 0;
  return value === Infinity || Number.isNaN(value) ? 0 : 0x7fff_ffff;
}

/** The low 32 bits of what is given. */
function word(value: unknown): number {
  if (typeof value === 'number') return low(value);
  if (typeof value === 'bigint') return Number(BigInt.asIntN(32, value));
  return noNumber(value);
}

/** A 64-bit integer, little-endian. */
export function storeWide(view: DataView, at: number, value: unknown): void {
  if (typeof value === 'number') {
    view.setInt32(at, low(value), true);
    view.setInt32(at + 4, high(value), true);
  } else if (typeof value === 'bigint') {
    view.setBigInt64(at, BigInt.asIntN(64, value), true);
  } else noNumber(value);
}

function storeWideSwapped(view: DataView, at: number, value: unknown): void {
  if (typeof value === 'number') {
    view.setInt32(at, high(value), false);
    view.setInt32(at + 4, low(value), false);
  } else if (typeof value === 'bigint') {
    view.setBigInt64(at, BigInt.asIntN(64, value), false);
  } else noNumber(value);
}

function floating(value: unknown): number {
  if (typeof value === 'number') return value;
  if (typeof value === 'bigint') return Number(BigInt.asIntN(64, value));
  return noNumber(value);
}

/** Any number as a 64-bit integer, or undefined for what is none: offsets and lengths. */
export function wholeNumber(value: unknown): number | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? Math.trunc(value) : 0;
  if (typeof value === 'bigint') return Number(BigInt.asIntN(64, value));
  return undefined;
}

/** 64-bit integers are numbers as far as that is exact. */
export function fit(value: bigint): number | bigint {
  return value >= -9007199254740992n && value <= 9007199254740992n ? Number(value) : value;
}

const STORES: Readonly<Partial<Record<Primitive, Store>>> = {
  Bool: (view, at, value) => {
    if (typeof value !== 'boolean') wrongType(`Unexpected ${describeValue(value)} value, expected boolean`);
    view.setUint8(at, value ? 1 : 0);
  },
  Int8: (view, at, value) => view.setInt8(at, word(value)),
  UInt8: (view, at, value) => view.setInt8(at, word(value)),
  Int16: (view, at, value) => view.setInt16(at, word(value), true),
  UInt16: (view, at, value) => view.setInt16(at, word(value), true),
  Int16S: (view, at, value) => view.setInt16(at, word(value), false),
  UInt16S: (view, at, value) => view.setInt16(at, word(value), false),
  Int32: (view, at, value) => view.setInt32(at, word(value), true),
  UInt32: (view, at, value) => view.setInt32(at, word(value), true),
  Int32S: (view, at, value) => view.setInt32(at, word(value), false),
  UInt32S: (view, at, value) => view.setInt32(at, word(value), false),
  Int64: storeWide,
  UInt64: storeWide,
  Int64S: storeWideSwapped,
  UInt64S: storeWideSwapped,
  Float32: (view, at, value) => view.setFloat32(at, floating(value), true),
  Float64: (view, at, value) => view.setFloat64(at, floating(value), true),
};

const LOADS: Readonly<Partial<Record<Primitive, Load>>> = {
  Bool: (view, at) => (view.getUint8(at) & 1) !== 0,
  Int8: (view, at) => view.getInt8(at),
  UInt8: (view, at) => view.getUint8(at),
  Int16: (view, at) => view.getInt16(at, true),
  UInt16: (view, at) => view.getUint16(at, true),
  Int16S: (view, at) => view.getInt16(at, false),
  UInt16S: (view, at) => view.getUint16(at, false),
  Int32: (view, at) => view.getInt32(at, true),
  UInt32: (view, at) => view.getUint32(at, true),
  Int32S: (view, at) => view.getInt32(at, false),
  UInt32S: (view, at) => view.getUint32(at, false),
  Int64: (view, at) => fit(view.getBigInt64(at, true)),
  UInt64: (view, at) => fit(view.getBigUint64(at, true)),
  Int64S: (view, at) => fit(view.getBigInt64(at, false)),
  UInt64S: (view, at) => fit(view.getBigUint64(at, false)),
  Float32: (view, at) => view.getFloat32(at, true),
  Float64: (view, at) => view.getFloat64(at, true),
};

export function storeOf(primitive: Primitive): Store | undefined {
  return STORES[primitive];
}

export function loadOf(primitive: Primitive): Load | undefined {
  return LOADS[primitive];
}

/** Reverses the bytes of each element, in place. */
export function swapBytes(bytes: Uint8Array, size: number): void {
  for (let at = 0; at + size <= bytes.length; at += size) bytes.subarray(at, at + size).reverse();
}

/** Bytes of an element whose order is reversed, or 0. */
export function swappedBytes(primitive: Primitive): number {
  const [, bits] = /^U?Int(16|32|64)S$/.exec(primitive) ?? [];
  return bits === undefined ? 0 : Number(bits) / 8;
}
