// The errors that pages of docs/ list, so that tests can provoke each.
import { readFileSync } from 'node:fs';

/** One row of a table whose columns end in `error` and `message`. */
export interface DocumentedError {
  /** The first column: what is done. */
  readonly what: string;
  /** The class, or the code. */
  readonly error: string;
  /** The first line of the message, `…` for what changes. */
  readonly message: string;
}

const cellsOf = (line: string): string[] =>
  line
    .slice(1, -1)
    .split('|')
    .map((cell) => cell.trim());
const withoutTicks = (cell: string): string => cell.replace(/^`([^]*)`$/, '$1');

/** The rows of all such tables of a page, in their order. */
export function documentedErrors(page: string): DocumentedError[] {
  const tables =
    readFileSync(new URL(`../../../docs/${page}`, import.meta.url), 'utf8').match(/^\|.*\|$(?:\n\|.*\|$)*/gm) ?? [];
  return tables.flatMap((table) => {
    const [header = [], , ...rows] = table.split('\n').map(cellsOf);
    if (header.slice(-2).join() !== 'error,message') return [];
    return rows.map((cells) => {
      const [error = '', message = ''] = cells.slice(-2).map(withoutTicks);
      return { what: cells[0] ?? '', error, message };
    });
  });
}

/** What the documented message allows. */
export function messagePattern(message: string): RegExp {
  const parts = message.split('…').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.+')}$`);
}
