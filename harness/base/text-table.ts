import stringWidth from 'string-width';

/** How a column of a table is set. Widths count columns of a terminal. */
export interface ColumnStyle {
  /** @default 'left' */
  readonly align?: 'left' | 'right';
  /** @default 0 */
  readonly minWidth?: number;
  /** A wider cell is printed whole, and moves only what follows in its own row. @default Infinity */
  readonly maxWidth?: number;
}

/**
 * Rows as lines whose columns stand below one another, two spaces apart, whatever is in them: wide characters (Chinese,
 * emoji), combining marks and colours. No line ends in a space.
 *
 * @param styles of the columns, from the first; those that are left out have the defaults
 * @returns one line for each row, without line ends
 */
export function tableLines(
  rows: readonly (readonly string[])[],
  styles: readonly (ColumnStyle | undefined)[] = [],
): string[] {
  const widths: number[] = [];
  for (const row of rows) {
    for (const [column, cell] of row.entries()) {
      const { minWidth = 0, maxWidth = Infinity } = styles[column] ?? {};
      widths[column] = Math.max(widths[column] ?? minWidth, Math.min(displayWidth(cell), maxWidth));
    }
  }
  return rows.map((row) =>
    row
      .map((cell, column) => {
        const space = ' '.repeat(Math.max(0, (widths[column] ?? 0) - displayWidth(cell)));
        return styles[column]?.align === 'right' ? space + cell : cell + space;
      })
      .join('  ')
      .trimEnd(),
  );
}

/** As `tableLines`, with dashes below the first row. */
export function tableWithHead(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => displayWidth(row[column] ?? ''))));
  const lines = tableLines(rows);
  lines.splice(1, 0, widths.map((width) => '-'.repeat(width)).join('  '));
  return lines;
}

/** How many columns of a terminal a text takes. Control characters and colours take none. */
export function displayWidth(text: string): number {
  return stringWidth(text);
}
