import { createReadStream } from 'node:fs';
import { ReportError } from './report-error.ts';

/** A longer line is not a result record: something else was passed. */
export const MAX_LINE_BYTES = 64 * 1024 * 1024;

const NEWLINE = 0x0a;

export interface Line {
  /** One-based. */
  readonly number: number;
  readonly text: string;
  /** False for a last line without a line feed: the writer may have died in the middle of it. */
  readonly complete: boolean;
}

/**
 * The lines of a file, one at a time. Only a line feed ends a line: `node:readline` also splits at U+2028, which
 * JSON strings may contain.
 */
export async function* readLines(file: string): AsyncGenerator<Line> {
  let number = 1;
  let parts: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of createReadStream(file, { highWaterMark: 256 * 1024 }) as AsyncIterable<Buffer>) {
    let start = 0;
    for (let at = chunk.indexOf(NEWLINE); at !== -1; at = chunk.indexOf(NEWLINE, start)) {
      parts.push(chunk.subarray(start, at));
      yield { number, text: joined(parts), complete: true };
      number += 1;
      parts = [];
      bytes = 0;
      start = at + 1;
    }
    if (start === chunk.length) continue;
    parts.push(chunk.subarray(start));
    bytes += chunk.length - start;
    if (bytes > MAX_LINE_BYTES) {
      throw new ReportError(
        { file, line: number },
        `line longer than ${String(MAX_LINE_BYTES)} bytes`,
        'Pass a results.jsonl file.',
      );
    }
  }
  if (parts.length > 0) yield { number, text: joined(parts), complete: false };
}

function joined(parts: readonly Buffer[]): string {
  return (parts.length === 1 && parts[0] !== undefined ? parts[0] : Buffer.concat(parts)).toString('utf8');
}
