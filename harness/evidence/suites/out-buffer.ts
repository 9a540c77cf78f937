/** A buffer that a function writes into: a case of a suite gets a fresh one, filled with FILL. */
export class OutBuffer {
  readonly size: number;
  readonly text: string | null;

  constructor(size: number, text: string | null) {
    this.size = size;
    this.text = text;
  }
}

/** What fresh buffers are filled with, so that untouched bytes are seen: Microsoft's debug heap uses the same value. */
export const FILL = 0xcc;

/**
 * A buffer for a function to write into, as an argument of a suite.
 *
 * @param size in elements of the parameter's type: bytes for `char *`, 16-bit units for `wchar_t *`
 * @param text what lies there before the call, NUL-terminated; the rest is filled with 0xCC. @default null: only the fill
 */
export function outBuffer(size: number, text: string | null = null): OutBuffer {
  if (text !== null && text.length >= size)
    throw new RangeError(
      `outBuffer(${size.toString()}): the text has ${text.length.toString()} characters and needs a terminator`,
    );
  return new OutBuffer(size, text);
}
