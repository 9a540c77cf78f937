import { DllparityError } from '../../base/errors.ts';

/** A number as an address; negative ones count from the end, as pseudo-handles do. Nothing wraps silently. */
export function toAddress(value: number | bigint, pointerBytes: number): bigint {
  const bits = BigInt(pointerBytes * 8);
  const isWhole = typeof value === 'bigint' || Number.isSafeInteger(value);
  const whole = isWhole ? BigInt(value) : 1n << 64n;
  if (whole >= -(1n << (bits - 1n)) && whole < 1n << bits) return BigInt.asUintN(Number(bits), whole);
  throw new DllparityError('ARGUMENT_RANGE', {
    what: `${value.toString()} is no address of ${bits.toString()} bits`,
    hint: 'Pass a whole number; a bigint where it is larger than Number.MAX_SAFE_INTEGER.',
  });
}
