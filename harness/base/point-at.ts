import { displayWidth } from './text-table.ts';

/** A place in a text, with the lines that show it. */
export interface PointedAt {
  /** Counts from 1. */
  readonly line: number;
  /** Counts UTF-16 code units from 1. */
  readonly column: number;
  /** The line before (when there is one), the line itself, and a caret under the place. */
  readonly excerpt: string;
}

/** Longest part of a line that is shown, in characters: a prototype or a YAML list can be one line of many thousands. */
const WIDTH = 100;

/**
 * Shows a place in a source text: prototypes and YAML files are pointed at with it.
 *
 * @param offset in UTF-16 code units from 0; one that lies outside the text is moved to the nearest end
 * @param length how many code units to underline; stays within the line
 * @default length 1
 */
export function pointAt(source: string, offset: number, length = 1): PointedAt {
  const at = Math.min(Math.max(0, Math.trunc(offset)), source.length);
  const start = at === 0 ? 0 : source.lastIndexOf('\n', at - 1) + 1;
  const before = source.slice(0, start);
  const line = before.split('\n').length;
  const text = lineFrom(source, start);
  const column = at - start;

  const shift = Math.max(0, column - Math.floor((WIDTH * 2) / 3));
  const number = (n: number): string => `${String(n).padStart(String(line).length)} | `;
  const show = (whole: string): string => clean(whole.slice(shift, shift + WIDTH));

  const lines = line > 1 ? [number(line - 1) + show(lineFrom(source, previousStart(source, start)))] : [];
  lines.push(number(line) + show(text));
  const carets = '^'.repeat(Math.max(1, Math.min(length, text.length - column, WIDTH - (column - shift))));
  const margin = displayWidth(clean(text.slice(shift, column)));
  lines.push(' '.repeat(String(line).length) + ' | ' + ' '.repeat(margin) + carets);
  return { line, column: column + 1, excerpt: lines.map((shown) => shown.trimEnd()).join('\n') };
}

function lineFrom(source: string, start: number): string {
  const end = source.indexOf('\n', start);
  return source.slice(start, end < 0 ? source.length : end).replace(/\r$/, '');
}

function previousStart(source: string, start: number): number {
  return start < 2 ? 0 : source.lastIndexOf('\n', start - 2) + 1;
}

// A tab would move the caret, and a control character could move the whole terminal.
function clean(text: string): string {
  return text.replace(/\p{Cc}/gu, ' ');
}
