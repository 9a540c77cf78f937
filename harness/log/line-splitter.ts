const NEWLINE = 0x0a;

/** Cuts bytes into lines as they come in. */
export class LineSplitter {
  readonly #longestBytes: number;
  /** Bytes of a line without its end. Bytes and not text, because a character can arrive in two halves. */
  #partial: Buffer = Buffer.alloc(0);

  /**
   * @param longestBytes a longer line is given out in parts, so that output without line ends cannot fill the memory
   * @default longestBytes 8192
   */
  constructor(longestBytes = 8192) {
    this.#longestBytes = longestBytes;
  }

  /**
   * The lines that these bytes complete, without their line ends.
   * @param mostLines of more lines the last ones are given out, and the others counted as `left`
   */
  add(bytes: Buffer, mostLines = Infinity): { readonly lines: string[]; readonly left: number } {
    const ends = lineEnds(bytes, mostLines);
    const lines: string[] = [];
    let { start } = ends;
    // What is left out takes the beginning of its first line along.
    if (ends.left > 0) this.#partial = Buffer.alloc(0);
    for (let end = bytes.indexOf(NEWLINE, start); end >= 0; end = bytes.indexOf(NEWLINE, start)) {
      this.#give(Buffer.concat([this.#partial, bytes.subarray(start, end)]), lines);
      this.#partial = Buffer.alloc(0);
      start = end + 1;
    }
    this.#partial = Buffer.concat([this.#partial, bytes.subarray(start)]);
    while (this.#partial.length >= this.#longestBytes) {
      lines.push(text(this.#partial.subarray(0, this.#longestBytes)));
      this.#partial = this.#partial.subarray(this.#longestBytes);
    }
    return { lines, left: ends.left };
  }

  /** What is left without a line end: for when the writer has ended. */
  end(): string[] {
    const lines = this.#partial.length > 0 ? [text(this.#partial)] : [];
    this.#partial = Buffer.alloc(0);
    return lines;
  }

  #give(line: Buffer, lines: string[]): void {
    let start = 0;
    for (; line.length - start > this.#longestBytes; start += this.#longestBytes) {
      lines.push(text(line.subarray(start, start + this.#longestBytes)));
    }
    lines.push(text(line.subarray(start)));
  }
}

/** Where the last `most` complete lines begin, and how many come before them. */
function lineEnds(bytes: Buffer, most: number): { readonly start: number; readonly left: number } {
  if (most === Infinity) return { start: 0, left: 0 };
  let count = 0;
  for (let at = bytes.indexOf(NEWLINE); at >= 0; at = bytes.indexOf(NEWLINE, at + 1)) count++;
  let start = 0;
  const left = Math.max(0, count - most);
  for (let skip = left; skip > 0; skip--) start = bytes.indexOf(NEWLINE, start) + 1;
  return { start, left };
}

function text(line: Buffer): string {
  const end = line.at(-1) === 0x0d ? line.length - 1 : line.length;
  return line.toString('utf8', 0, end);
}
