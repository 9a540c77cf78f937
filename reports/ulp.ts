/** The larger of two distances in ulp. They are decimal strings that may exceed 2^53; null is no distance. */
export function largerUlp(a: string | null, b: string | null): string | null {
  if (a === null || b === null) return a ?? b;
  return compareUlp(a, b) >= 0 ? a : b;
}

export function compareUlp(a: string, b: string): number {
  return a.length === b.length ? (a < b ? -1 : a > b ? 1 : 0) : a.length - b.length;
}

/** A distance as the contract allows it; anything else is left out of orderings and plots. */
export function validUlp(ulp: string | undefined): string | null {
  return ulp !== undefined && /^(0|[1-9][0-9]*)$/.test(ulp) ? ulp : null;
}
