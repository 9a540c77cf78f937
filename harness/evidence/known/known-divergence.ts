import type { ShownDifference } from '../../../protocol/records/result-record.ts';
import type { RuntimeSelector } from '../../base/runtime-selector.ts';
import type { SuiteCount } from './case-count.ts';
import { isWithin } from './ulp-bound.ts';
import type { When } from './when.ts';

/** What every declaration says, as it stands in a file beside its suites. */
interface Declared {
  /** A short name that does not change. */
  readonly cause?: string | undefined;
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
  /** Where it is declared; lines count from 1. */
  readonly file: string;
  readonly line: number;
  /** Its place in the list of the file, from 0. */
  readonly index: number;
}

/** Divergences that are declared case by case. */
export interface DeclaredCases extends Declared {
  /** The stable name of the suite, `msvcr120.dll/sin`. */
  readonly suite: string;
  /** The ids of the cases, 8 lower-case hexadecimal digits each, in the order of the file. */
  readonly cases: readonly string[];
  readonly when?: undefined;
}

/** Divergences that are declared by what they have in common. */
export interface DeclaredCause extends Declared {
  readonly cause: string;
  /** Names of suites; a `*` stands for any characters. */
  readonly suites: readonly string[];
  readonly when: When;
  /** Whether every case that its inputs select has to diverge. */
  readonly always: boolean;
  /** How many cases it covers, suite by suite. */
  readonly counts: readonly SuiteCount[];
}

export type KnownDivergence = DeclaredCases | DeclaredCause;

/** Whether cases are named one by one. */
export function isCases(entry: KnownDivergence): entry is DeclaredCases {
  return entry.when === undefined;
}

/**
 * Whether a difference lies within the bound of a declaration. A bound in units in the last place covers one field that
 * differs by that much, and nothing that differs beside it.
 */
export function covers(
  { difference: bound }: Pick<Declared, 'difference'>,
  found: ShownDifference | null | undefined,
): boolean {
  return typeof bound !== 'object' || isWithin(bound.ulp, found);
}
