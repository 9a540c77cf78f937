import type { Json } from '../compare/json.ts';
import { type FieldKind, widthOf } from '../compare/comparator.ts';
import { numberFromJson, ulpDistance } from '../compare/floating.ts';
import type { Behaviour } from '../suites/behaviour.ts';
import type { Judged } from '../suites/judge-case.ts';
import type { Observed } from '../suites/observed.ts';
import { characterClass, floatClass, integerClass, isLargeInteger } from './value-class.ts';

/** What kind of difference two outcomes have. Two cases of one function with other values and the same cause have the same. */
export interface DifferenceKind {
  readonly text: string;
  /** Whether all of it is that numbers are near one another: then most numbers will do as inputs. */
  readonly isNear: boolean;
}

/** The kind of a difference that was judged to be one. */
export function differenceKind(
  behaviour: Pick<Behaviour, 'fieldKind' | 'fieldType'>,
  { difference }: Judged,
  a: Observed,
  b: Observed,
): DifferenceKind {
  if (a.kind !== 'returned' || b.kind !== 'returned') return { text: `${endOf(a)} → ${endOf(b)}`, isNear: false };
  const changes = (difference?.fields ?? []).map((field) => {
    const [from, to] = [a.fields[field] ?? 0, b.fields[field] ?? 0];
    const change =
      field === 'errno'
        ? `${numberFromJson(from).toString()} → ${numberFromJson(to).toString()}`
        : valueChange(from, to, behaviour.fieldKind(field), /char|CHAR|STR\b/.test(behaviour.fieldType(field)));
    return { field, change };
  });
  return {
    text: changes.map(({ field, change }) => `${field}: ${change}`).join(', '),
    isNear: changes.length > 0 && changes.every(({ change }) => change.endsWith(' ulp')),
  };
}

/** How a call ended. */
export function endOf(seen: Observed): string {
  if (seen.kind === 'faulted') return `faults 0x${seen.code.toString(16).toUpperCase().padStart(8, '0')}`;
  if (seen.kind === 'exited') return `exits ${seen.code === null ? 'unknown' : `0x${seen.code.toString(16)}`}`;
  return seen.kind === 'returned' ? 'returns' : seen.kind;
}

function valueChange(from: Json, to: Json, kind: FieldKind, isText: boolean): string {
  if (kind !== 'other') return floatChange(from, to, kind);
  if (!isText && isInteger(from) && isInteger(to)) return integerChange(from, to);
  if (typeof from === 'number' && typeof to === 'number') return floatChange(from, to, 'double');
  if (typeof from === 'string' && typeof to === 'string') return textChange(from, to);
  if (Array.isArray(from) && Array.isArray(to)) return listChange(from as readonly Json[], to as readonly Json[], isText);
  if (isObject(from) && isObject(to)) return objectChange(from, to, isText);
  return `${shapeOf(from)} → ${shapeOf(to)}`;
} // prettier-ignore

function isInteger(json: Json): boolean {
  return Number.isInteger(json) || isLargeInteger(json);
}

function isObject(json: Json): json is Readonly<Record<string, Json>> {
  return typeof json === 'object' && json !== null && !Array.isArray(json);
}

function floatChange(from: Json, to: Json, kind: Exclude<FieldKind, 'other'>): string {
  const [a, b] = [numberFromJson(from), numberFromJson(to)];
  if (Number.isNaN(a) && Number.isNaN(b)) return 'bits of nan';
  if (a === 0 && b === 0) return 'sign of zero';
  const distance = ulpDistance(from, to, widthOf(kind));
  if (distance === undefined || a === 0 || b === 0) return `${special(a)} → ${special(b)}`;
  if (a < 0 !== b < 0) return a === -b ? 'sign' : 'other sign';
  if (distance === 1n) return '1 ulp';
  if (distance <= 16n) return '2 to 16 ulp';
  return distance <= 1n << 16n ? '17 to 65536 ulp' : 'other number';
}

function special(value: number): string {
  const name = floatClass(Number.isFinite(value) ? value : Number.isNaN(value) ? 'nan' : value > 0 ? 'inf' : '-inf');
  return /nan|inf|0|subnormal/.test(name) ? name : `${value < 0 ? '-' : ''}number`;
}

/** Values that functions return where they cannot say more: -1, and the limits of the types. */
const LIMITS: ReadonlySet<unknown> = new Set<unknown>([
  -1, 2147483647, -2147483648, 4294967295, '9223372036854775807', '-9223372036854775808', '18446744073709551615',
]); // prettier-ignore

function integerChange(from: Json, to: Json): string {
  const [one, other] = [integerWord(from), integerWord(to)];
  return one === other ? `other ${one}` : `${one} → ${other}`;
}

function integerWord(value: Json): string {
  if (LIMITS.has(value)) return JSON.stringify(value).replaceAll('"', '');
  const name = integerClass(value);
  if (name === '0') return name;
  return name.startsWith('-') ? 'negative' : 'positive';
}

function textChange(from: string, to: string): string {
  let at = 0;
  while (at < from.length && at < to.length && from[at] === to[at]) at++;
  return `${classAt(from, at)} → ${classAt(to, at)}`;
}

function classAt(text: string, at: number): string {
  const character = text[at];
  return character === undefined ? 'end' : characterClass(character);
}

function listChange(from: readonly Json[], to: readonly Json[], isText: boolean): string {
  if (from.length !== to.length) return from.length < to.length ? 'longer list' : 'shorter list';
  const changes = from.flatMap((value, index) => {
    const other = to[index] ?? null;
    return JSON.stringify(value) === JSON.stringify(other) ? [] : [valueChange(value, other, 'other', isText)];
  });
  return `[${[...new Set(changes)].slice(0, 2).join(', ')}]`;
}

function objectChange(
  from: Readonly<Record<string, Json>>,
  to: Readonly<Record<string, Json>>,
  isText: boolean,
): string {
  const changes = [...new Set([...Object.keys(from), ...Object.keys(to)])].flatMap((key) => {
    const [one, other] = [from[key] ?? null, to[key] ?? null];
    return JSON.stringify(one) === JSON.stringify(other)
      ? []
      : [`${key} ${valueChange(one, other, 'other', key === 'text' || (isText && key !== 'offset'))}`];
  });
  return changes.slice(0, 3).join(', ');
}

function shapeOf(json: Json): string {
  if (json === null) return 'null';
  if (Array.isArray(json)) return 'list';
  if (isObject(json)) return typeof json['in'] === 'string' ? `in ${json['in']}` : 'value';
  if (isInteger(json)) return integerClass(json) === '0' ? '0' : 'number';
  return typeof json === 'string' ? (json === 'elsewhere' ? json : 'text') : typeof json;
}
