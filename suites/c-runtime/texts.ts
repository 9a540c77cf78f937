// Strings to try functions with. A character below U+0100 is one byte of a `char` string.
import { fc, outBuffer } from 'dllparity';

type Texts = fc.Arbitrary<string>;

/** Strings over the characters of `alphabet`; the smaller it is, the more often two of them have something in common. */
export function over(alphabet: string, maxLength: number): Texts {
  return fc.array(fc.constantFrom(...Array.from(alphabet)), { maxLength }).map((characters) => characters.join(''));
}

const anyByte: Texts = fc.integer({ min: 1, max: 255 }).map((code) => String.fromCharCode(code));
const printable: Texts = fc.integer({ min: 32, max: 126 }).map((code) => String.fromCharCode(code));
const anyUnit: Texts = fc.integer({ min: 1, max: 0xffff }).map((code) => String.fromCharCode(code));

/** Strings of bytes without NUL, mostly letters that repeat, sometimes any bytes. */
export function text(maxLength: number): Texts {
  return fc.oneof(
    { weight: 4, arbitrary: over('aabbAB01 _', maxLength) },
    { weight: 2, arbitrary: fc.array(printable, { maxLength }).map((characters) => characters.join('')) },
    { weight: 1, arbitrary: fc.array(anyByte, { maxLength }).map((characters) => characters.join('')) },
  );
}

/** Strings of UTF-16 units without NUL; no pair of surrogates is whole but by chance. */
export function wideText(maxLength: number): Texts {
  return fc.oneof(
    { weight: 4, arbitrary: text(maxLength) },
    {
      weight: 1,
      arbitrary: fc.array(anyUnit, { maxLength }).map((units) => units.join('').replaceAll(/[\ud800-\udfff]/g, 'ß')),
    },
  );
}

/** Two strings that are equal, or nearly so, or unrelated. */
export function pair(strings: Texts): fc.Arbitrary<[string, string]> {
  const swapped = (value: string): string =>
    Array.from(value)
      .map((c) => (c === c.toLowerCase() ? c.toUpperCase() : c.toLowerCase()))
      .filter((c) => c.length === 1)
      .join('');
  return fc.oneof(
    fc.tuple(strings, strings),
    strings.map((value): [string, string] => [value, value]),
    fc.tuple(strings, strings).map(([value, more]): [string, string] => [value, value + more]),
    fc
      .tuple(strings, fc.nat(8), strings)
      .map(([value, at, other]): [string, string] => [value, value.slice(0, at) + other]),
    strings.map((value): [string, string] => [value, narrow(swapped(value))]),
  );
}

/** A destination that holds a text, and what is to be added to it. */
export function destination(size: number, texts: Texts): fc.Arbitrary<ReturnType<typeof outBuffer>> {
  return texts.map((value) => outBuffer(size, value));
}

/** One of these characters, as a number. */
export function byteOf(alphabet: string): fc.Arbitrary<number> {
  return fc.constantFrom(...Array.from(alphabet)).map((character) => character.charCodeAt(0));
}

/** Drops what no byte can hold: U+00FF in upper case, for example. */
function narrow(value: string): string {
  return value.replaceAll(/[^\0-\u00ff]/g, '');
}
