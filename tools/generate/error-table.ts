import { ERROR_CODES } from '../../harness/base/errors.ts';
import { markdownTable } from './markdown-table.ts';

/** Every code with what it means, as a table of contents. */
export function errorTable(): string {
  return markdownTable(
    ['Code', 'Meaning'],
    Object.entries(ERROR_CODES).map(([code, meaning]) => [`[\`${code}\`](#${code.toLowerCase()})`, meaning]),
  );
}
