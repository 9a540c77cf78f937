/** 64-bit integers are numbers while that is exact, as koffi has it, and bigints beyond. */
export function fitInteger(value: bigint): number | bigint {
  return value >= BigInt(Number.MIN_SAFE_INTEGER) && value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : value;
}
