import type { Field } from './known-document.ts';

// With the usual indentation this fills a line of 120 characters.
const IDS_PER_LINE = 12;

/** A part of a text to replace. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/**
 * The edit that adds and removes ids in the `cases` of an entry, and touches nothing else.
 *
 * Ids keep their lines and new ones get lines of their own, so that a diff shows what changed and no more.
 */
export function editCases(source: string, field: Field, added: readonly string[], removed: ReadonlySet<string>): Edit {
  const newline = source.includes('\r\n') ? '\r\n' : '\n';
  // Where nothing is written, the place of the value is a matter of opinion: take the one behind the colon.
  const empty = field.start >= field.end;
  const start = empty ? source.indexOf(':', field.key.range?.[1] ?? field.keyOffset) + 1 : field.start;
  const valueEnd = empty ? start : field.end;
  const value = source.slice(start, valueEnd);
  const block = /^[>|]/.test(value);
  const [header = '', ...lines] = block ? value.split(/\r?\n/) : [''];
  const ids = block ? lines : value.replace(/^['"]|['"]$|^\[\s*\]$/g, '').split(/\r?\n/);

  const keyColumn = field.keyOffset - (source.lastIndexOf('\n', field.keyOffset - 1) + 1);
  const indent = /^\s+/.exec(lines.find((line) => line.trim() !== '') ?? '')?.[0] ?? ' '.repeat(keyColumn + 2);
  const body = ids
    .map((line) => line.split(/\s+/).filter((id) => id !== '' && !removed.has(id)))
    .filter((line) => line.length > 0);
  for (let from = 0; from < added.length; from += IDS_PER_LINE) body.push(added.slice(from, from + IDS_PER_LINE));

  // What stands behind the value on its line: a comment, which stays behind the new value.
  const lineEnd = block ? valueEnd : endOfLine(source, valueEnd);
  const behind = block ? header.replace(/^[>|][-+\d]*/, '') : source.slice(valueEnd, lineEnd);
  const before = /\s/.test(source.charAt(start - 1)) ? '' : ' ';
  const after = block ? newline + blankLines(value, newline) : '';
  const head = body.length === 0 ? `[]${behind}` : block ? header : `>-${behind}`;
  const text = body.map((line) => newline + indent + line.join(' ')).join('');
  return { start, end: lineEnd, text: before + head + text + after };
}

function endOfLine(source: string, offset: number): number {
  const end = source.indexOf('\n', offset);
  if (end < 0) return source.length;
  return source[end - 1] === '\r' ? end - 1 : end;
}

// Empty lines before the next entry belong to a block scalar, and stay.
function blankLines(value: string, newline: string): string {
  const count = /(?:\r?\n[ \t]*)*$/.exec(value)?.[0].match(/\n/g)?.length ?? 0;
  return newline.repeat(Math.max(0, count - 1));
}
