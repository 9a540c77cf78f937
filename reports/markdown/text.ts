import { shortened, visible } from '../visible-text.ts';

/** Longer names and messages are cut: a job summary has a limit of 1 MiB, and a comment one of 64 KiB. */
const MAX_CELL = 300;

/** The first column is set left, the others right. Empty without rows. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return '';
  const line = (cells: readonly string[]): string => `| ${cells.map(cell).join(' | ')} |`;
  return [
    line(head),
    `|${head.map((_, index) => (index === 0 ? ' --- ' : ' ---: ')).join('|')}|`,
    ...rows.map(line),
  ].join('\n');
}

export function list(items: readonly string[]): string {
  return items.map((item) => `- ${cell(item)}`).join('\n');
}

/** Text that Markdown and the HTML within it leave as it is. */
export function cell(text: string): string {
  return shortened(visible(text), MAX_CELL).replace(
    /[\\`*_{}[\]<>()#+!|&~@$]/gu,
    (found) => `&#${String(found.codePointAt(0))};`,
  );
}
