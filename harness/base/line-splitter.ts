const NEWLINE = 0x0a;

/** What becomes of a line that is longer than it may be: given out in parts, left out, or an error for whoever adds it. */
export type LongLine = 'cut' | 'drop' | 'refuse';

export interface LineForm {
  /** Of a line, so that output without line ends cannot fill the memory. @default 8192 */
  readonly maxBytes?: number;
  /** @default 'cut' */
  readonly longLine?: LongLine;
  /** Whether a carriage return before the line feed is a part of the end. @default true */
  readonly crlf?: boolean;
}

/** Thrown for a line that is too long where that is refused. */
export class LineTooLong extends Error {
  override readonly name = 'LineTooLong';
  readonly maxBytes: number;

  constructor(maxBytes: number) {
    super(`a line is longer than ${maxBytes.toLocaleString('en-US')} bytes`);
    this.maxBytes = maxBytes;
  }
}

/** Cuts bytes into lines as they come in. Only a line feed ends one: strings of JSON may hold U+2028, an end for `node:readline`. */
export class LineSplitter {
  readonly #maxBytes: number;
  readonly #longLine: LongLine;
  readonly #crlf: boolean;
  /** Bytes of a line without its end. Bytes and not text, because a character can arrive in two halves. */
  #partial: Buffer[] = [];
  #partialBytes = 0;
  /** Whether the beginning of this line was left out. */
  #isDropped = false;

  constructor({ maxBytes = 8192, longLine = 'cut', crlf = true }: LineForm = {}) {
    this.#maxBytes = maxBytes;
    this.#longLine = longLine;
    this.#crlf = crlf;
  }

  /**
   * The lines that these bytes complete, without their line ends. The bytes may be overwritten afterwards.
   * @param maxLines of more lines the last ones are given out, and the others counted as `left`
   * @throws LineTooLong where `longLine` is 'refuse'
   */
  add(bytes: Buffer, maxLines = Infinity): { readonly lines: string[]; readonly left: number } {
    const ends = lineEnds(bytes, maxLines);
    const lines: string[] = [];
    let { start } = ends;
    // What is left out takes the beginning of its first line along.
    if (ends.left > 0) this.#forget();
    for (let end = bytes.indexOf(NEWLINE, start); end >= 0; end = bytes.indexOf(NEWLINE, start)) {
      this.#give(this.#with(bytes.subarray(start, end)), lines);
      start = end + 1;
    }
    this.#keep(bytes.subarray(start), lines);
    return { lines, left: ends.left };
  }

  /** What is left without a line end: for when the writer has ended. */
  end(): string[] {
    const lines = this.#partialBytes > 0 && !this.#isDropped ? [this.#text(this.#with(Buffer.alloc(0)))] : [];
    this.#forget();
    return lines;
  }

  /** Puts the whole line together. */
  #with(last: Buffer): Buffer {
    return this.#partial.length === 0 ? last : Buffer.concat([...this.#partial, last]);
  }

  #give(line: Buffer, lines: string[]): void {
    const isDropped = this.#isDropped;
    this.#forget();
    let start = 0;
    if (line.length > this.#maxBytes) {
      if (this.#longLine === 'refuse') throw new LineTooLong(this.#maxBytes);
      if (this.#longLine === 'drop') return;
      for (; line.length - start > this.#maxBytes; start += this.#maxBytes)
        lines.push(this.#text(line.subarray(start, start + this.#maxBytes)));
    }
    if (!isDropped) lines.push(this.#text(start === 0 ? line : line.subarray(start)));
  }

  #keep(rest: Buffer, lines: string[]): void {
    if (rest.length === 0) return;
    this.#partialBytes += rest.length;
    if (this.#isDropped) return;
    this.#partial.push(Buffer.from(rest));
    if (this.#partialBytes <= this.#maxBytes && !(this.#longLine === 'cut' && this.#partialBytes === this.#maxBytes))
      return;
    if (this.#longLine === 'refuse') throw new LineTooLong(this.#maxBytes);
    if (this.#longLine === 'drop') {
      this.#partial = [];
      this.#isDropped = true;
      return;
    }
    let line = this.#with(Buffer.alloc(0));
    for (; line.length >= this.#maxBytes; line = line.subarray(this.#maxBytes))
      lines.push(this.#text(line.subarray(0, this.#maxBytes)));
    this.#partial = [line];
    this.#partialBytes = line.length;
  }

  #text(line: Buffer): string {
    const end = this.#crlf && line.at(-1) === 0x0d ? line.length - 1 : line.length;
    return line.toString('utf8', 0, end);
  }

  #forget(): void {
    this.#partial = [];
    this.#partialBytes = 0;
    this.#isDropped = false;
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
