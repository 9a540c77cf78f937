// Classes of values: fine enough to tell causes apart, coarse enough that one cause has one of them.
import type { Json } from '../compare/json.ts';
import { numberFromJson } from '../compare/floating.ts';

const SMALLEST_NORMAL = 2 ** -1022;
const HUGE = 1e15;

/** A double or float as JSON has it: `-subnormal`, `inf`, `huge`. */
export function floatClass(json: Json): string {
  const value = numberFromJson(json);
  if (Number.isNaN(value)) return 'nan';
  const sign = value < 0 || Object.is(value, -0) ? '-' : '';
  const size = Math.abs(value);
  if (size === 0) return `${sign}0`;
  if (size === Infinity) return `${sign}inf`;
  if (size < SMALLEST_NORMAL) return `${sign}subnormal`;
  return `${sign}${size >= HUGE ? 'huge' : 'number'}`;
}

/** The class of a floating-point value where only its neighbours matter: which numbers are near is the same for all of these. */
export function coarseFloatClass(json: Json): string {
  const name = floatClass(json).replace('-', '');
  return ['nan', 'inf', '0', 'subnormal'].includes(name) ? name : 'number';
}

/** An integer: by how many bits it needs. */
export function integerClass(json: Json): string {
  const value = BigInt(typeof json === 'number' && Number.isInteger(json) ? json : typeof json === 'string' ? json : 0);
  if (value >= -1n && value <= 1n) return value.toString();
  const sign = value < 0n ? '-' : '';
  const size = value < 0n ? -value : value;
  for (const [name, limit] of [['7 bits', 1n << 7n], ['8 bits', 1n << 8n], ['16 bits', 1n << 16n], ['31 bits', 1n << 31n], ['32 bits', 1n << 32n], ['63 bits', 1n << 63n]] as const) {
    if (size < limit) return `${sign}${name}`;
  }
  return `${sign}64 bits`;
} // prettier-ignore

/** Whether JSON text stands for an integer that is too large for a number. */
export function isLargeInteger(json: Json): json is string {
  return typeof json === 'string' && /^-?\d{16,20}$/.test(json);
}

/** One character of a text. */
export function characterClass(character: string): string {
  const code = character.charCodeAt(0);
  if (code === 0) return 'NUL';
  if (code === 0xcc) return 'fill';
  if (/\s/.test(character) && code < 128) return 'space';
  if (code < 32 || code === 127) return 'control';
  if (code > 0xff) return 'unit';
  if (code > 0x7f) return 'byte';
  if (/\d/.test(character)) return '9';
  if (/[a-z]/i.test(character)) return 'a';
  return character;
}

/** A text: the classes of its characters, a run of one class once; the first few of them. */
export function textClass(text: string, runs = 8): string {
  const classes: string[] = [];
  for (const character of Array.from({ length: text.length }, (_, index) => text[index] ?? '')) {
    const own = characterClass(character);
    if (classes.at(-1) !== own) classes.push(own);
    if (classes.length > runs) return `"${classes.slice(0, runs).join(' ')} …"`;
  }
  return `"${classes.join(' ')}"`;
}
