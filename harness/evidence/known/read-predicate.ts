import { nearestName } from '../../base/nearest-name.ts';
import type { DllparityError } from '../../base/errors.ts';
import type { YamlPath } from '../../base/yaml-source.ts';
import type { KnownDocument } from './known-document.ts';
import { compilePattern, MAX_PATTERN } from './pattern.ts';
import type { ValuePredicate, ValueTest } from './value-predicate.ts';

const WORDS = ['equals', 'in', 'matches', 'at-least', 'at-most', 'nan', 'infinite', 'negative-zero', 'not'];
const HINT =
  "Write a regular expression for a text (`'%[0-9]*p'`), a number (`16`), tests such as `{ at-least: 709.78 }`, or a list of which one has to hold.";

/** Reads what is asked of a value. @throws KNOWN_SYNTAX */
export function readPredicate(document: KnownDocument, value: unknown, path: YamlPath): ValuePredicate {
  if (typeof value === 'string') return { all: [written(document, value, path)] };
  if (Array.isArray(value)) {
    if (value.length === 0) throw document.fail(path, 'The list is empty', HINT);
    return { any: value.map((each: unknown, index) => readPredicate(document, each, [...path, index])) };
  }
  if (typeof value !== 'object' || value === null) throw document.fail(path, 'Nothing is asked of the value', HINT);
  const tests = Object.entries(value);
  if (tests.length === 0) throw document.fail(path, 'Nothing is asked of the value', HINT);
  return { all: tests.map(([word, operand]) => readTest(document, word, operand, [...path, word])) };
}

function readTest(document: KnownDocument, word: string, operand: unknown, path: YamlPath): ValueTest {
  switch (word) {
    case 'equals':
      return { test: 'in', values: [textAt(document, operand, path, 'Write one value, for example `equals: 16`.')] };
    case 'in': {
      const hint = 'Write a list of values, for example `in: [8, 16]`.';
      if (!Array.isArray(operand) || operand.length === 0) throw document.fail(path, '"in" must be a list', hint);
      return {
        test: 'in',
        values: operand.map((each: unknown, index) => textAt(document, each, [...path, index], hint)),
      };
    }
    case 'matches':
      return written(document, textAt(document, operand, path, HINT), path);
    case 'at-least':
    case 'at-most':
      return { test: word, bound: boundAt(document, word, operand, path) };
    case 'nan':
    case 'infinite':
    case 'negative-zero':
      if (operand !== 'true' && operand !== 'false')
        throw document.fail(path, `"${word}" must be true or false`, `Write \`${word}: true\`.`);
      return { test: word, is: operand === 'true' };
    case 'not':
      return { test: 'not', predicate: readPredicate(document, operand, path) };
    default:
      throw unknownWord(document, word, WORDS, 'nothing that can be asked of a value', path);
  }
}

/** The error for a word that is none of those that may stand at its place. */
export function unknownWord(
  document: KnownDocument,
  word: string,
  words: readonly string[],
  what: string,
  path: YamlPath,
): DllparityError {
  const nearest = nearestName(word, [...words]);
  const hint = nearest === undefined ? `It can be ${words.join(', ')}.` : `Did you mean "${nearest}"?`;
  return document.fail(path, `"${word}" is ${what}`, hint, 'key');
}

function written(document: KnownDocument, text: string, path: YamlPath): ValueTest {
  const hint = 'Write a regular expression of JavaScript, in single quotes.';
  if (text === '')
    throw document.fail(path, 'Nothing is asked of the value', "Write `'^$'` for the empty text, or leave it out.");
  if (text.length > MAX_PATTERN)
    throw document.fail(path, `A regular expression has at most ${MAX_PATTERN.toString()} characters`, hint);
  try {
    return { test: 'written', pattern: compilePattern(text, document.where(path)), text };
  } catch (error) {
    throw document.fail(path, (error as Error).message, hint);
  }
}

function textAt(document: KnownDocument, value: unknown, path: YamlPath, hint: string): string {
  if (typeof value !== 'string') throw document.fail(path, 'It must be one value', hint);
  return value;
}

function boundAt(document: KnownDocument, word: string, operand: unknown, path: YamlPath): number | bigint {
  const text = textAt(document, operand, path, `Write one number, for example \`${word}: 709.78\`.`);
  if (/^-?\d{16,}$|^0x[0-9a-f]{14,}$/i.test(text)) return BigInt(text);
  const number = text.trim() === '' ? NaN : Number(text);
  if (Number.isFinite(number)) return number;
  throw document.fail(path, `"${text}" is no number`, `Write one number, for example \`${word}: 709.78\`.`);
}
