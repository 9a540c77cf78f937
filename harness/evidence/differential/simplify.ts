// What a generator cannot shrink: numbers that were calculated, and pieces of texts that were chosen from lists.
import { isInput } from '../suites/inputs.ts';
import { typeOf } from '../../types/declare/type-objects.ts';
import { type CType, textOf } from '../../types/declare/types.ts';
import { jsonFromNumber, numberFromJson } from '../compare/floating.ts';
import type { Json } from '../compare/json.ts';
import type { Behaviour } from '../suites/behaviour.ts';

/** At most so many tries for one case. */
const TRIES = 200;

/**
 * Makes the inputs of a function simpler as long as `isSame` says that they show the same: fewer digits, no sign, shorter texts. A format
 * stays as it is, since its arguments have to fit, and so do integers, which may be lengths.
 */
export function simplify(
  { declared, inputNames }: Behaviour,
  inputs: readonly Json[],
  isSame: (inputs: readonly Json[]) => boolean,
): void {
  if (!declared) return;
  const { parameters, variadic } = declared.type;
  const fixed = parameters.filter(isInput);
  let left = TRIES;
  let current = inputs;
  const tryWith = (index: number, value: Json): boolean => {
    if (left-- <= 0) return false;
    const changed = current.with(index, value);
    if (!isSame(changed)) return false;
    current = changed;
    return true;
  };
  for (const index of inputs.keys()) {
    if (variadic && index === inputNames.length - 1) continue;
    const parameter = fixed[index];
    if (parameter && /^(base|radix)$/.test(parameter.name)) tryWith(index, 10);
    else if (parameter) simplifyValue(parameter.type, inputs[index] ?? null, (value) => tryWith(index, value));
    else {
      const { as, value: given } = inputs[index] as { readonly as: string; readonly value: Json };
      simplifyValue(typeOf(as), given, (value) => tryWith(index, { as, value }));
    }
  }
}

function simplifyValue(type: CType, json: Json, take: (value: Json) => boolean): void {
  if (type.kind === 'scalar' && (type.code === 'double' || type.code === 'float'))
    simplifyNumber(json, type.code === 'float', take);
  if (type.kind === 'pointer' && textOf(type.target) !== null && typeof json === 'string') simplifyText(json, take);
}

function simplifyNumber(json: Json, isFloat: boolean, take: (value: Json) => boolean): void {
  const given = numberFromJson(json);
  if (!Number.isFinite(given) || given === 0) return;
  const size = Math.abs(given);
  const value = given < 0 && take(jsonFromNumber(size)) ? size : given;
  for (const simple of [1, 2, 10]) if (size !== simple && take(value < 0 ? -simple : simple)) return;
  for (let digits = 1; digits < 17; digits++) {
    const rounded = Number(value.toPrecision(digits));
    const own = isFloat ? Math.fround(rounded) : rounded;
    if (own === value || !Number.isFinite(own)) return;
    if (take(jsonFromNumber(own))) return;
  }
}

function simplifyText(text: string, take: (value: Json) => boolean): void {
  let current = text;
  for (let size = Math.max(1, current.length >> 1); size >= 1; size >>= 1) {
    for (let at = 0; at < current.length;) {
      const shorter = current.slice(0, at) + current.slice(at + size);
      if (take(shorter)) current = shorter;
      else at += size;
    }
  }
}
