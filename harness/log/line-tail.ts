import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

const CHUNK_BYTES = 64 * 1024;
const NEWLINE = 0x0a;

/**
 * Reads the new lines of a file that another process appends to: the agent's and Wine's output go to files, because Windows
 * Node cannot write to a pipe under Wine.
 *
 * The file is open only during a call, so nothing needs closing, and nothing is watched: whoever wants lines drains.
 */
export class LineTail {
  readonly #path: string;
  readonly #longestBytes: number;
  #offset = 0;
  #inode: bigint | undefined;
  /** Bytes of a line without its end. Bytes and not text, because a character can arrive in two halves. */
  #partial = Buffer.alloc(0);

  /**
   * @param path may not exist yet
   * @param longestBytes a longer line is given out in parts, so that output without line ends cannot fill the memory
   * @default longestBytes 1048576
   */
  constructor(path: string, longestBytes = 1024 * 1024) {
    this.#path = path;
    this.#longestBytes = longestBytes;
  }

  /** The lines completed since the last call, without their line ends. A file that shrank or was replaced is read from its start. */
  drain(): string[] {
    const fd = openIfThere(this.#path);
    if (fd === undefined) return [];
    try {
      return this.#read(fd);
    } finally {
      closeSync(fd);
    }
  }

  /** As `drain`, and then what is left without a line end: for when the writer has ended. */
  end(): string[] {
    const lines = this.drain();
    if (this.#partial.length > 0) lines.push(text(this.#partial));
    this.#partial = Buffer.alloc(0);
    return lines;
  }

  #read(fd: number): string[] {
    const { size, ino } = fstatSync(fd, { bigint: true });
    if (ino !== this.#inode || size < this.#offset) {
      this.#inode = ino;
      this.#offset = 0;
      this.#partial = Buffer.alloc(0);
    }
    const lines: string[] = [];
    const chunk = Buffer.alloc(CHUNK_BYTES);
    for (;;) {
      const count = readSync(fd, chunk, 0, CHUNK_BYTES, this.#offset);
      if (count === 0) return lines;
      this.#offset += count;
      this.#split(chunk.subarray(0, count), lines);
    }
  }

  #split(chunk: Buffer, lines: string[]): void {
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, start)) {
      lines.push(
        text(
          this.#partial.length === 0
            ? chunk.subarray(start, end)
            : Buffer.concat([this.#partial, chunk.subarray(start, end)]),
        ),
      );
      this.#partial = Buffer.alloc(0);
      start = end + 1;
    }
    // A copy: the chunk is overwritten by the next read.
    this.#partial = Buffer.concat([this.#partial, chunk.subarray(start)]);
    while (this.#partial.length >= this.#longestBytes) {
      lines.push(text(this.#partial.subarray(0, this.#longestBytes)));
      this.#partial = this.#partial.subarray(this.#longestBytes);
    }
  }
}

function text(line: Buffer): string {
  const end = line.at(-1) === 0x0d ? line.length - 1 : line.length;
  return line.toString('utf8', 0, end);
}

function openIfThere(path: string): number | undefined {
  try {
    return openSync(path, 'r');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
