import type { ShownDifference } from '../../../protocol/records/result-record.ts';

/** Whether one floating-point field differs, by so many units in the last place at most, and nothing beside it. */
export function isWithin(ulp: number, found: ShownDifference | null | undefined): boolean {
  return found?.ulp !== undefined && found.fields.length === 1 && BigInt(found.ulp) <= BigInt(Math.floor(ulp));
}
