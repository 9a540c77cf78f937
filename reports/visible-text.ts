import { stripVTControlCharacters } from 'node:util';

// Whatever a person cannot see, or what reorders the text around it: controls, bidirectional and zero-width characters,
// every space but the plain one, lone surrogates, private use.
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}]|(?! )\p{Zs}/gu;

const SHORT: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** The text with every invisible character written as an escape, so that what is shown is what is there. */
export function visible(text: string): string {
  return text.replace(INVISIBLE, (found) => SHORT[found] ?? `\\u{${(found.codePointAt(0) ?? 0).toString(16)}}`);
}

/** The lines of a message meant for a terminal: colours dropped, everything else visible. */
export function visibleLines(text: string): readonly string[] {
  return stripVTControlCharacters(text)
    .split(/\r?\n/u)
    .map((line) => visible(line.replaceAll('\t', '    ')));
}

/** At most `limit` characters; what is left out is counted, never dropped in silence. */
export function shortened(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const left = (text.length - limit).toLocaleString('en-US');
  return `${text.slice(0, limit).replace(/[\ud800-\udbff]$/u, '')}… (${left} more characters in results.jsonl)`;
}

/** Missing information says that it is missing. */
export function orUnknown(text: string | null | undefined): string {
  return text === null || text === undefined || text.trim() === '' ? 'unknown' : text;
}
