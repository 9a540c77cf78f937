// The predicates of a declared cause, and what they are asked of.
import type { ShownDifference } from '../../../protocol/records/result-record.ts';
import type { Json } from '../compare/json.ts';
import { isWithin } from './ulp-bound.ts';
import { holds, type ValuePredicate } from './value-predicate.ts';

/** Kinds of outcomes that a declaration can name. */
export const OUTCOME_KINDS = ['returned', 'faulted', 'exited', 'timed-out', 'not-callable'] as const;

/** All that are given hold of a case that is covered. */
export interface When {
  /** Of several lists one has to hold, as a whole; none where nothing is asked of inputs. */
  readonly inputs: readonly (readonly NamedPredicate[])[];
  /** Nothing but some of these fields differ. */
  readonly fields?: readonly string[] | undefined;
  readonly expected?: OutcomePredicate | undefined;
  readonly actual?: OutcomePredicate | undefined;
  /** One floating-point field differs, by so many units in the last place at most, and nothing beside it. */
  readonly ulp?: number | undefined;
}

export interface NamedPredicate {
  /** Of a field or an input; of an input also its place, counted from 0. */
  readonly name: string;
  readonly predicate: ValuePredicate;
}

export type OutcomePredicate =
  | { readonly kind: (typeof OUTCOME_KINDS)[number]; readonly code?: number | undefined }
  | { readonly fields: readonly NamedPredicate[] };

/** An outcome as far as declarations look at it. */
export interface SeenOutcome {
  readonly kind: string;
  readonly code?: number | null;
  readonly fields?: Readonly<Record<string, Json>>;
}

/** A case that differs, or may. */
export interface SeenCase {
  readonly inputs: readonly Json[];
  readonly expected: SeenOutcome;
  readonly actual: SeenOutcome;
  readonly difference: ShownDifference | null;
}

/** Names of inputs by their places; variadic ones have none. */
export type InputNames = readonly { readonly name: string }[];

/** Whether a case that differs is as the predicates say. */
export function isCovered(when: When, names: InputNames, { inputs, expected, actual, difference }: SeenCase): boolean {
  if (when.ulp !== undefined && !isWithin(when.ulp, difference)) return false;
  if (when.fields !== undefined && !onlyIn(when.fields, difference)) return false;
  if (when.expected !== undefined && !isOutcome(when.expected, expected)) return false;
  if (when.actual !== undefined && !isOutcome(when.actual, actual)) return false;
  return isSelected(when, names, inputs);
}

/** Whether the inputs of a case are as the predicates say, whatever comes of it. */
export function isSelected({ inputs: wanted }: When, names: InputNames, inputs: readonly Json[]): boolean {
  const isAs = ({ name, predicate }: NamedPredicate): boolean => {
    const place = placeOf(name, names);
    const json = place === undefined ? undefined : inputs[place];
    return json !== undefined && holds(predicate, json);
  };
  return wanted.length === 0 || wanted.some((all) => all.every(isAs));
}

/** The place of an input that is named, or given by its place: `format`, `2`, `argument 2`. */
export function placeOf(name: string, names: InputNames): number | undefined {
  const place = names.findIndex((each) => each.name === name);
  if (place >= 0) return place;
  const digits = /^(?:argument )?(\d{1,3})$/.exec(name)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

function onlyIn(fields: readonly string[], difference: ShownDifference | null): boolean {
  return (
    difference !== null && difference.fields.length > 0 && difference.fields.every((field) => fields.includes(field))
  );
}

function isOutcome(wanted: OutcomePredicate, { kind, code, fields }: SeenOutcome): boolean {
  if ('kind' in wanted) return kind === wanted.kind && (wanted.code === undefined || code === wanted.code);
  if (fields === undefined) return false;
  return wanted.fields.every(({ name, predicate }) => {
    const json = Object.hasOwn(fields, name) ? fields[name] : undefined;
    // A field that is not there is at its default: errno 0.
    return holds(predicate, json === undefined ? 0 : json);
  });
}
