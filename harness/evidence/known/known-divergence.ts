import type { ShownDifference } from '../../../protocol/records/result-record.ts';
import type { RuntimeSelector } from '../../base/runtime-selector.ts';

/** A divergence that somebody declared, as it stands in a file beside its suite. */
export interface KnownDivergence {
  /** The stable name of the suite, `msvcr120.dll/sin`. */
  readonly suite: string;
  /** Why Wine differs. */
  readonly reason: string;
  /** The https address of the bug, or the word `none`. */
  readonly bug: string;
  /** The Wine versions it holds for, as written. */
  readonly wine: string;
  /** The runtimes it holds for: those of these versions, and of its architecture and distribution where it names one. */
  readonly runtimes: RuntimeSelector;
  /** How far Wine may differ: in words for people, or as a bound in units in the last place, inclusive. Without it anything goes. */
  readonly difference: string | { readonly ulp: number } | undefined;
  /** The ids of the cases, 8 lower-case hexadecimal digits each, in the order of the file. */
  readonly cases: readonly string[];
  /** Where it is declared; lines count from 1. */
  readonly file: string;
  readonly line: number;
  /** Its place in the list of the file, from 0. */
  readonly index: number;
}

/**
 * Whether a difference lies within the bound of a declaration. A bound in units in the last place covers one field that
 * differs by that much, and nothing that differs beside it.
 */
export function covers({ difference: bound }: KnownDivergence, found: ShownDifference | null | undefined): boolean {
  if (typeof bound !== 'object') return true;
  return found?.ulp !== undefined && found.fields.length === 1 && BigInt(found.ulp) <= BigInt(bound.ulp);
}
