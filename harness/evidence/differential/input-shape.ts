import type { Json } from '../compare/json.ts';
import type { Behaviour } from '../suites/behaviour.ts';
import { coarseFloatClass, floatClass, integerClass, isLargeInteger, textClass } from './value-class.ts';
import { formatShape } from './format-shape.ts';

/**
 * The shape of a case's inputs: classes of numbers, of the characters of texts, conversions of formats. What has the same cause has
 * mostly the same, once it is shrunk.
 *
 * @param isNear whether the outcomes are numbers near one another: which number or text goes in says little then
 */
export function inputShape(behaviour: Behaviour, inputs: readonly Json[], isNear: boolean): string {
  const format = formatParameter(behaviour);
  const shapes = inputs.map((json, index) => {
    const known = behaviour.inputNames[index];
    if (known === undefined && isTyped(json)) return typedShape(json, isNear);
    const type = known?.type ?? '';
    if (index === format && typeof json === 'string') return formatShape(json);
    if (/^(base|radix)$/.test(known?.name ?? '') && typeof json === 'number') return `${known?.name ?? ''} ${baseClass(json)}`;
    return valueShape(json, type, isNear);
  });
  return shapes.join(', ');
} // prettier-ignore

/** Index of the input that is a format: the last fixed one of a variadic function. */
function formatParameter({ declared, inputNames }: Behaviour): number {
  return declared?.type.variadic === true ? inputNames.length - 1 : -1;
}

function baseClass(base: number): string {
  return [0, 2, 8, 10, 16].includes(base) ? base.toString() : 'other';
}

interface Typed {
  readonly as: string;
  readonly value: Json;
}

function isTyped(json: Json): json is Typed & { readonly [key: string]: Json } {
  return typeof json === 'object' && json !== null && 'as' in json && 'value' in json;
}

function typedShape({ as, value }: Typed, isNear: boolean): string {
  return /\b(double|float)\b/.test(as) && !as.includes('*') ? floatShape(value, isNear) : valueShape(value, as, isNear);
}

function floatShape(json: Json, isNear: boolean): string {
  return isNear ? coarseFloatClass(json) : floatClass(json);
}

function valueShape(json: Json, type: string, isNear: boolean): string {
  if (json === null) return 'null';
  const isText = /char|CHAR|STR\b/.test(type);
  if (/\b(double|float)\b/i.test(type) && (typeof json === 'number' || typeof json === 'string'))
    return floatShape(json, isNear);
  if (typeof json === 'number') return Number.isInteger(json) ? integerShape(json, isNear) : floatShape(json, isNear);
  if (typeof json === 'string') {
    if (!isText && isLargeInteger(json)) return integerShape(json, isNear);
    if (!isText && /^-?(inf|nan|0)$/.test(json)) return floatShape(json, isNear);
    return isNear ? 'text' : textClass(json);
  }
  if (typeof json === 'boolean') return json.toString();
  if (Array.isArray(json)) return listShape(json as readonly Json[], type, isNear);
  return objectShape(json as Readonly<Record<string, Json>>, type, isNear);
}

function integerShape(json: Json, isNear: boolean): string {
  return isNear ? 'integer' : integerClass(json);
}

function listShape(list: readonly Json[], type: string, isNear: boolean): string {
  const shapes = [...new Set(list.map((value) => valueShape(value, type, isNear)))];
  return `[${lengthClass(list.length)}: ${shapes.toSorted().slice(0, 4).join(' ')}]`;
}

function objectShape(object: Readonly<Record<string, Json>>, type: string, isNear: boolean): string {
  if (typeof object['room'] === 'number')
    return typeof object['text'] === 'string' ? `room with ${textClass(object['text'])}` : 'room';
  if (typeof object['bytes'] === 'string') return `bytes ${lengthClass(object['bytes'].length / 2)}`;
  // A member that is 0 or empty is what shrinking has left of it.
  const members = Object.entries(object)
    .map(([key, value]) => ({ key, shape: valueShape(value, type, isNear) }))
    .filter(({ shape }) => shape !== '0' && shape !== '""' && shape !== '[0: ]');
  return `{${members.map(({ key, shape }) => `${key} ${shape}`).join(', ')}}`;
}

function lengthClass(length: number): string {
  if (length <= 2) return length.toString();
  return length <= 16 ? 'few' : 'many';
}
