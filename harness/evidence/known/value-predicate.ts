// What a declaration may ask of one value: an input, or a field of an outcome.
import { numberFromJson } from '../compare/floating.ts';
import type { Json } from '../compare/json.ts';
import { matches } from './pattern.ts';

export type ValuePredicate =
  /** One of them holds. */
  | { readonly any: readonly ValuePredicate[] }
  /** All of them hold. */
  | { readonly all: readonly ValueTest[] };

export type ValueTest =
  /** As written alone: what is sought in a text, or a number, `true`, `null` as it is. */
  | { readonly test: 'written'; readonly pattern: RegExp; readonly text: string }
  | { readonly test: 'in'; readonly values: readonly string[] }
  | { readonly test: 'at-least' | 'at-most'; readonly bound: number | bigint }
  | { readonly test: 'nan' | 'infinite' | 'negative-zero'; readonly is: boolean }
  | { readonly test: 'not'; readonly predicate: ValuePredicate };

/** Whether a value, as a baseline holds it, is as asked for. */
export function holds(predicate: ValuePredicate, json: Json): boolean {
  if ('any' in predicate) return predicate.any.some((each) => holds(each, json));
  const value = unwrapped(json);
  return predicate.all.every((test) => passes(test, value));
}

function passes(test: ValueTest, json: Json): boolean {
  switch (test.test) {
    case 'written':
      return isPlain(json) ? equals(json, test.text) : matches(test.pattern, textOf(json));
    case 'in':
      return test.values.some((value) => equals(json, value));
    case 'at-least':
    case 'at-most': {
      const value = numberOf(json);
      return value !== undefined && (test.test === 'at-least' ? value >= test.bound : value <= test.bound);
    }
    case 'nan':
      return Number.isNaN(numberOf(json)) === test.is;
    case 'infinite':
      return (json === 'inf' || json === '-inf') === test.is;
    case 'negative-zero':
      return (json === '-0') === test.is;
    case 'not':
      return !holds(test.predicate, json);
  }
}

/** A variadic input comes with its type, which says nothing here. */
function unwrapped(json: Json): Json {
  return isObject(json) && 'as' in json && 'value' in json ? (json['value'] ?? null) : json;
}

function isPlain(json: Json): json is number | boolean | null {
  return json === null || typeof json === 'number' || typeof json === 'boolean';
}

/** The characters of a text or of memory, one for each byte or unit; what is no text as JSON. */
function textOf(json: Json): string {
  if (typeof json === 'string') return json;
  if (isObject(json)) {
    if (isText(json)) return json['text'];
    if (typeof json['room'] === 'number') return '';
    if (typeof json['bytes'] === 'string') return Buffer.from(json['bytes'], 'hex').toString('latin1');
  }
  return JSON.stringify(json);
}

/** A text that a function returned, or what a buffer begins with; a struct may have a member of that name. */
function isText(json: Readonly<Record<string, Json>>): json is Readonly<Record<'text', string>> {
  return typeof json['text'] === 'string' && (Object.keys(json).length === 1 || typeof json['room'] === 'number');
}

function equals(json: Json, written: string): boolean {
  // -0 is text in JSON, so that 0 is not -0 here.
  if (typeof json === 'number') return written.trim() !== '' && Object.is(Number(written), json);
  if (typeof json === 'string') return json === written || isSameWhole(json, written);
  return isPlain(json) ? String(json) === written : textOf(json) === written;
}

const WHOLE = /^-?\d{16,}$/;

/** Integers beyond 2^53 are texts of digits in JSON; whoever writes one may prefer hexadecimal digits. */
function isSameWhole(json: string, written: string): boolean {
  return WHOLE.test(json) && /^0x[0-9a-f]+$/i.test(written) && BigInt(json) === BigInt(written);
}

function numberOf(json: Json): number | bigint | undefined {
  if (typeof json === 'number') return json;
  if (typeof json !== 'string') return undefined;
  if (WHOLE.test(json)) return BigInt(json);
  return /^(-0|-?inf|-?nan|nan\(0x[0-9a-f]+\))$/.test(json) ? numberFromJson(json) : undefined;
}

function isObject(json: Json): json is Readonly<Record<string, Json>> {
  return typeof json === 'object' && json !== null && !Array.isArray(json);
}
