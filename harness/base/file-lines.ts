import { closeSync, createReadStream, openSync, readSync } from 'node:fs';
import { LineSplitter } from './line-splitter.ts';

/** A longer line is no line of a file of ours: something else was passed. */
export const MAX_FILE_LINE_BYTES = 64 * 1024 * 1024;

const CHUNK_BYTES = 256 * 1024;

export interface FileLine {
  /** Counts from 1. */
  readonly number: number;
  /** Without its end. */
  readonly text: string;
  /** False for a last line without a line feed: the writer may have died in the middle of it. */
  readonly isComplete: boolean;
}

/**
 * The lines of a file, one at a time and never the whole file.
 * @throws LineTooLong, and what the file system says
 */
export async function* fileLines(file: string, maxBytes = MAX_FILE_LINE_BYTES): AsyncGenerator<FileLine> {
  const splitter = new LineSplitter({ maxBytes, longLine: 'refuse' });
  let number = 0;
  for await (const chunk of createReadStream(file, { highWaterMark: CHUNK_BYTES }) as AsyncIterable<Buffer>)
    for (const text of splitter.add(chunk).lines) yield { number: ++number, text, isComplete: true };
  for (const text of splitter.end()) yield { number: ++number, text, isComplete: false };
}

/** As `fileLines`, without the event loop. */
export function* fileLinesSync(file: string, maxBytes = MAX_FILE_LINE_BYTES): Generator<FileLine> {
  const splitter = new LineSplitter({ maxBytes, longLine: 'refuse' });
  const fd = openSync(file, 'r');
  try {
    const chunk = Buffer.alloc(CHUNK_BYTES);
    let number = 0;
    for (let count = readSync(fd, chunk); count > 0; count = readSync(fd, chunk))
      for (const text of splitter.add(chunk.subarray(0, count)).lines)
        yield { number: ++number, text, isComplete: true };
    for (const text of splitter.end()) yield { number: ++number, text, isComplete: false };
  } finally {
    closeSync(fd);
  }
}
