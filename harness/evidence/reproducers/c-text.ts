// Literals of C.
import { numberFromJson } from '../compare/floating.ts';
import type { Json } from '../compare/json.ts';
import { NotInC } from './not-in-c.ts';

/** A string literal of these bytes, one for each character; the NUL at its end is C's own. Octal, since hexadecimal escapes have no end. */
export function stringLiteral(text: string): string {
  let out = '';
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code > 0xff) throw new NotInC('a text has characters that no byte holds');
    const character = text[at] ?? '';
    if (character === '"' || character === '\\') out += `\\${character}`;
    // "??" begins a trigraph.
    else if (code >= 32 && code < 127 && character !== '?') out += character;
    else out += `\\${code.toString(8).padStart(3, '0')}`;
  }
  return `"${out}"`;
}

/** The units of a wide text with its NUL, as a list of initial values. */
export function wideInitialiser(text: string): string {
  if (/^[\x20-\x7e]*$/.test(text) && !/["\\?]/.test(text)) return `L"${text}"`;
  const units = Array.from({ length: text.length }, (_, at) => `0x${text.charCodeAt(at).toString(16)}`);
  return `{ ${[...units, '0'].join(', ')} }`;
}

/** A double, exactly. */
export function doubleLiteral(json: Json): string {
  const value = numberFromJson(json);
  if (Number.isNaN(value)) return 'NAN';
  if (!Number.isFinite(value)) return value > 0 ? 'INFINITY' : '-INFINITY';
  if (Object.is(value, -0)) return '-0.0';
  const text = value.toString();
  return /[.e]/.test(text) ? text : `${text}.0`;
}

/** A float: the double that it is, which the suffix rounds to itself. */
export function floatLiteral(json: Json): string {
  const text = doubleLiteral(json);
  return /[A-Z]/.test(text) ? text : `${text}f`;
}

/** An integer of so many bits. */
export function integerLiteral(json: Json, bits: 8 | 16 | 32 | 64, signed: boolean): string {
  const given = typeof json === 'boolean' ? Number(json) : json;
  if (typeof given !== 'number' && typeof given !== 'string') throw new NotInC('an integer is given as something else');
  const value = given === '-0' ? 0n : BigInt(given);
  const own = signed ? BigInt.asIntN(bits, value) : BigInt.asUintN(bits, value);
  if (bits === 64) {
    if (own === -(2n ** 63n)) return '(-9223372036854775807LL - 1)';
    return `${own.toString()}${signed ? 'LL' : 'ULL'}`;
  }
  if (bits === 32 && own === -(2n ** 31n)) return '(-2147483647 - 1)';
  return `${own.toString()}${bits === 32 && !signed ? 'u' : ''}`;
}

/** Text in a comment. */
export function commentText(text: string): string {
  return text.replaceAll('*/', '* /').replaceAll('/*', '/ *');
}

/** What may be the name of a variable. */
export function identifier(name: string): string {
  const plain = name.replaceAll(/\W/g, '_');
  return /^[a-zA-Z_]/.test(plain) && !RESERVED.has(plain) ? plain : `${plain.replace(/^\d/, '_$&')}_`;
}

/** Words of C, and names that the program has for itself. */
const RESERVED = new Set([
  ...['auto', 'break', 'case', 'char', 'const', 'continue', 'default', 'do', 'double', 'else', 'enum', 'extern', 'float', 'for'],
  ...['goto', 'if', 'inline', 'int', 'long', 'register', 'restrict', 'return', 'short', 'signed', 'sizeof', 'static', 'struct'],
  ...['switch', 'typedef', 'union', 'unsigned', 'void', 'volatile', 'while', 'dll', 'function', 'result', 'places', 'main'],
  ...['argc', 'argv', 'errno', 'near', 'far', 'small', 'interface', 'min', 'max', 'time', 'error_number'],
]); // prettier-ignore
