import type { Json } from '../compare/json.ts';
import type { InputNames, SeenCase } from '../known/when.ts';

/** What is special about an input: in a word, and as a predicate as it is written in a file. */
export interface InputShape {
  /** The name of the input, or its place where it belongs to `...`. */
  readonly input: string;
  readonly words: string;
  readonly asked: unknown;
}

/** The first input that is special, when one is. One only: all of them together would make a group of nearly every case. */
export function shapeOf(
  names: InputNames,
  { inputs, difference }: Pick<SeenCase, 'inputs' | 'difference'>,
): InputShape | undefined {
  // What a format asks for decides about what is written, and not about errno.
  const takesFormats = difference?.fields.join() !== 'errno';
  for (const [place, json] of inputs.entries()) {
    const found = special(json, takesFormats);
    const name = names[place]?.name ?? place.toString();
    if (found) return { input: /^argument (\d+)$/.exec(name)?.[1] ?? name, ...found };
  }
  return undefined;
}

function special(json: Json, takesFormats: boolean): Pick<InputShape, 'words' | 'asked'> | undefined {
  if (json === null) return { words: 'null', asked: 'null' };
  if (json === 'inf' || json === '-inf') return { words: 'infinite', asked: { infinite: true } };
  if (json === '-0') return { words: 'minus-0', asked: { 'negative-zero': true } };
  if (typeof json !== 'string') return undefined;
  if (/^(-?nan|nan\(0x[0-9a-f]+\))$/.test(json)) return { words: 'nan', asked: { nan: true } };
  if (json === '') return { words: 'empty', asked: '^$' };
  const found = takesFormats ? conversion(json) : undefined;
  return found ?? (/[\u0080-\uffff]/.test(json) ? { words: 'not-ascii', asked: '[\\x80-\\uffff]' } : undefined);
}

const AMOUNTS = String.raw`[-+ #0]*[\d*]*(\.[\d*]*)?(hh?|ll?|L|I64|I32|w)?`;

/** A format with conversions of one letter only, whatever its case. */
function conversion(text: string): Pick<InputShape, 'words' | 'asked'> | undefined {
  const found = text.matchAll(new RegExp(`%${AMOUNTS}([a-zA-Z%])`, 'g'));
  const letters = new Set(Array.from(found, (match) => (match.at(-1) ?? '%').toLowerCase()));
  const [only = '%', another] = letters;
  if (only === '%' || another !== undefined) return undefined;
  return { words: `percent-${only}`, asked: `%${AMOUNTS}[${only}${only.toUpperCase()}]` };
}
