// Floating-point values as baselines hold them: exact, readable, and JSON.
import type { Json } from './json.ts';

export type FloatWidth = 32 | 64;

const scratch = new DataView(new ArrayBuffer(8));

const LAYOUT = {
  32: { exponent: 0x7f80_0000n, mantissa: 0x007f_ffffn, sign: 0x8000_0000n, quiet: 0x7fc0_0000n },
  64: {
    exponent: 0x7ff0_0000_0000_0000n,
    mantissa: 0x000f_ffff_ffff_ffffn,
    sign: 0x8000_0000_0000_0000n,
    quiet: 0x7ff8_0000_0000_0000n,
  },
} as const;

/** The bits of a value in memory as JSON: a number where JSON can hold it, otherwise a word that names the bits. */
export function floatFromBits(bits: bigint, width: FloatWidth): number | string {
  const layout = LAYOUT[width];
  const negative = (bits & layout.sign) !== 0n;
  const magnitude = bits & ~layout.sign;
  if ((magnitude & layout.exponent) === layout.exponent) {
    if ((magnitude & layout.mantissa) === 0n) return negative ? '-inf' : 'inf';
    if (magnitude === layout.quiet) return negative ? '-nan' : 'nan';
    return `nan(0x${bits.toString(16)})`;
  }
  if (magnitude === 0n) return negative ? '-0' : 0;
  if (width === 64) {
    scratch.setBigUint64(0, bits);
    return scratch.getFloat64(0);
  }
  scratch.setUint32(0, Number(bits));
  return scratch.getFloat32(0);
}

/** HOT: the JSON of the double at `offset`. Whole numbers of JavaScript but -0, infinities and NaN pass through. */
export function doubleAt(view: DataView, offset: number): number | string {
  const value = view.getFloat64(offset, true);
  if (value - value === 0 && (value !== 0 || Object.is(value, 0))) return value;
  return floatFromBits(view.getBigUint64(offset, true), 64);
}

/** The JSON of the float at `offset`. */
export function floatAt(view: DataView, offset: number): number | string {
  return floatFromBits(BigInt(view.getUint32(offset, true)), 32);
}

/** The bits of such a JSON value, or undefined when it is none. */
export function bitsOf(json: Json, width: FloatWidth): bigint | undefined {
  const layout = LAYOUT[width];
  if (typeof json === 'number') {
    if (width === 64) {
      scratch.setFloat64(0, json);
      return scratch.getBigUint64(0);
    }
    scratch.setFloat32(0, json);
    return BigInt(scratch.getUint32(0));
  }
  if (typeof json !== 'string') return undefined;
  switch (json) {
    case '-0':
      return layout.sign;
    case 'inf':
      return layout.exponent;
    case '-inf':
      return layout.exponent | layout.sign;
    case 'nan':
      return layout.quiet;
    case '-nan':
      return layout.quiet | layout.sign;
  }
  const payload = /^nan\(0x([0-9a-f]{1,16})\)$/.exec(json)?.[1];
  return payload === undefined ? undefined : BigInt(`0x${payload}`);
}

/** Whether the value is a NaN of whatever payload. */
export function isNaNJson(json: Json): boolean {
  return typeof json === 'string' && json.includes('nan');
}

/** The JavaScript number of such a JSON value; payloads of NaN are lost. */
export function numberFromJson(json: Json): number {
  if (typeof json === 'number') return json;
  if (json === '-0') return -0;
  if (json === 'inf') return Infinity;
  if (json === '-inf') return -Infinity;
  return NaN;
}

/** The JSON of a JavaScript number. */
export function jsonFromNumber(value: number): number | string {
  if (Number.isNaN(value)) return 'nan';
  if (Object.is(value, -0)) return '-0';
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  return value;
}

/**
 * Distance in units in the last place: how many representable values lie between the two. Undefined when either is a NaN
 * or an infinity. -0 and 0 are 0 apart.
 */
export function ulpDistance(a: Json, b: Json, width: FloatWidth): bigint | undefined {
  const left = ordinal(a, width);
  const right = ordinal(b, width);
  if (left === undefined || right === undefined) return undefined;
  return left > right ? left - right : right - left;
}

/** Position on the line of all finite values, from the most negative to the most positive. */
function ordinal(json: Json, width: FloatWidth): bigint | undefined {
  const bits = bitsOf(json, width);
  const { exponent, sign } = LAYOUT[width];
  if (bits === undefined || (bits & exponent) === exponent) return undefined;
  const magnitude = bits & ~sign;
  return (bits & sign) === 0n ? magnitude : -magnitude;
}
