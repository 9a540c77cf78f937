/** Something about a results file that keeps a report from being written. The message names the file, the line and the next step. */
export class ReportError extends Error {
  override readonly name = 'ReportError';
  readonly file: string;
  /** One-based line, or null when the file as a whole is meant. */
  readonly line: number | null;
  readonly fix: string;

  constructor(where: { file: string; line: number | null }, problem: string, fix: string) {
    const place = where.line === null ? where.file : `${where.file}:${String(where.line)}`;
    super(`${place}: ${problem}\n  ${fix}`);
    this.file = where.file;
    this.line = where.line;
    this.fix = fix;
  }
}
