// What stands between the brackets of an array.
import { evaluate, namesIn, parseExpression } from './expression.ts';
import type { Tokens } from './tokens.ts';

/** The length of an array, or what says it: a member of the struct, a parameter, arithmetic of them. */
export interface Dimension {
  readonly length: number | null;
  readonly countedBy: string | null;
}

const MAX_ELEMENTS = 0x7fff_ffff;

/** Reads up to the closing bracket; the opening one has been taken. */
export function readDimension(tokens: Tokens): Dimension {
  if (tokens.skip(']')) return { length: null, countedBy: null };
  // `int a[static 3]`: at least as many, which is what is checked anyway.
  tokens.skip('static');
  const { text, at } = tokens.take('a length or "]"');
  const number = Number(text);
  if (!Number.isInteger(number) && !/^[A-Za-z_(*]/.test(text)) tokens.fail(`expected a length, found "${text}"`, at);
  if (number > MAX_ELEMENTS) tokens.fail(`the length ${text} is beyond any memory`, at);
  if (tokens.peek() !== ']') return computed(tokens, at);
  tokens.expect(']');
  return Number.isInteger(number) ? { length: number, countedBy: null } : { length: null, countedBy: text };
}

function computed(tokens: Tokens, start: number): Dimension {
  const hint = 'Write a number, or arithmetic of numbers and names.';
  let end = tokens.take('"]"');
  while (end.text !== ']') end = tokens.take('"]"');
  const text = tokens.source.slice(start, end.at).trim();
  const expression = parseExpression(text);
  if (!expression) return tokens.fail(`the length "${text}" is no arithmetic`, start, 'PROTOTYPE_SYNTAX', hint);
  if (namesIn(expression).length > 0) return { length: null, countedBy: text };
  const length = evaluate(expression, () => undefined) ?? -1;
  if (!Number.isInteger(length) || length < 0 || length > MAX_ELEMENTS) {
    tokens.fail(`the length "${text}" is none`, start, 'PROTOTYPE_SYNTAX', hint);
  }
  return { length, countedBy: null };
}
