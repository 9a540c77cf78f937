import { type FloatWidth, isNaNJson, numberFromJson, ulpDistance } from './floating.ts';
import { type Json, sameJson } from './json.ts';

/** What a field holds, as far as comparing goes. */
export type FieldKind = 'double' | 'float' | 'other';

/** `same` needs no words; `tolerated` differs within the bounds; `different` beyond them. */
export type Comparison = 'same' | 'tolerated' | 'different';

/** Decides whether an outcome is the expected one, field by field. A pure function with a name for reports. */
export interface Comparator {
  /** In words: `exact`, `ulp(1)`. */
  readonly name: string;
  compare(field: string, kind: FieldKind, expected: Json, actual: Json): Comparison;
}

export interface ExactOptions {
  /**
   * Whether -0 and 0 differ.
   * @default false
   */
  readonly signedZero?: boolean;
  /**
   * Whether NaNs of different sign or payload differ.
   * @default false
   */
  readonly nanPayload?: boolean;
}

function sameFloat(expected: Json, actual: Json, options: ExactOptions): boolean {
  if (expected === actual) return true;
  if (isNaNJson(expected) && isNaNJson(actual)) return options.nanPayload !== true;
  return options.signedZero !== true && numberFromJson(expected) === numberFromJson(actual) && !isNaNJson(expected);
}

/** Every bit counts, but for the sign of zero and the payload of NaN unless these are asked for. */
export function exact(options: ExactOptions = {}): Comparator {
  const asked = [
    options.signedZero ? '-0 differs from 0' : '',
    options.nanPayload ? 'payloads of NaN count' : '',
  ].filter(Boolean);
  return {
    name: asked.length === 0 ? 'exact' : `exact (${asked.join(', ')})`,
    compare: (_field, kind, expected, actual) =>
      (kind === 'other' ? sameJson(expected, actual) : sameFloat(expected, actual, options)) ? 'same' : 'different',
  };
}

/**
 * Floating-point fields may differ by up to `limit` units in the last place (included); everything else is exact.
 * @param limit a whole number of at least 1
 */
export function ulp(limit: number, options: ExactOptions = {}): Comparator {
  if (!Number.isInteger(limit) || limit < 1)
    throw new RangeError(`ulp(${limit.toString()}): the limit is a whole number of at least 1`);
  const strict = exact(options);
  return {
    name: `ulp(${limit.toString()})`,
    compare(field, kind, expected, actual) {
      const same = strict.compare(field, kind, expected, actual);
      if (same === 'same' || kind === 'other') return same;
      const distance = ulpDistance(expected, actual, widthOf(kind));
      return distance !== undefined && distance <= BigInt(limit) && distance > 0n ? 'tolerated' : 'different';
    },
  };
}

/**
 * Floating-point fields may differ by up to `limit` times the magnitude of the expected value (included).
 * @param limit a positive number, for example 1e-12
 */
export function relative(limit: number, options: ExactOptions = {}): Comparator {
  if (!(limit > 0)) throw new RangeError(`relative(${limit.toString()}): the limit is a positive number`);
  const strict = exact(options);
  return {
    name: `relative(${limit.toString()})`,
    compare(field, kind, expected, actual) {
      const same = strict.compare(field, kind, expected, actual);
      if (same === 'same' || kind === 'other') return same;
      const wanted = numberFromJson(expected);
      const difference = Math.abs(numberFromJson(actual) - wanted);
      // An infinity is no distance from everything by this measure, and 0 differs from -0 by nothing.
      const within = Number.isFinite(wanted) && difference > 0 && difference <= limit * Math.abs(wanted);
      return within ? 'tolerated' : 'different';
    },
  };
}

/** A comparator of its own for each named field (`result`, `errno`, the name of a parameter); the others use `rest`. */
export function fields(own: Readonly<Record<string, Comparator>>, rest: Comparator = exact()): Comparator {
  const names = Object.entries(own).map(([field, comparator]) => `${field}: ${comparator.name}`);
  return {
    name: `${names.join(', ')}, otherwise ${rest.name}`,
    compare: (field, kind, expected, actual) =>
      (Object.hasOwn(own, field) ? (own[field] ?? rest) : rest).compare(field, kind, expected, actual),
  };
}

/** Any value will do: for a field whose content Windows leaves undefined. `reason` appears in the report. */
export function ignored(reason: string): Comparator {
  return {
    name: `ignored (${reason})`,
    compare: (_field, _kind, expected, actual) => (sameJson(expected, actual) ? 'same' : 'tolerated'),
  };
}

export function widthOf(kind: FieldKind): FloatWidth {
  return kind === 'float' ? 32 : 64;
}
