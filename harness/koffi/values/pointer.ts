// What koffi takes for an address: bigint, number and null.

/** The address that a bigint, number, null or undefined stands for; undefined for all else. */
export function addressOf(value: unknown): bigint | undefined {
  switch (typeof value) {
    case 'bigint':
      return BigInt.asUintN(64, value);
    case 'number':
      return wrap(value);
    case 'undefined':
      return 0n;
    default:
      return value === null ? 0n : undefined;
  }
}

function wrap(value: number): bigint {
  if (!Number.isFinite(value)) return 0n;
  if (value >= 2 ** 63) return (1n << 63n) - 1n;
  return BigInt.asUintN(64, value <= -(2 ** 63) ? -(1n << 63n) : BigInt(Math.trunc(value)));
}
