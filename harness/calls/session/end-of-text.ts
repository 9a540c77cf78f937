/** Bytes of the characters of a text. */
export type TextUnit = 1 | 2 | 4;

/** How many bytes come before the first zero element of `unit` bytes; -1 when there is none. */
export function endOfText(bytes: Uint8Array, unit: TextUnit): number {
  if (unit === 1) return bytes.indexOf(0);
  for (let i = 0; i + unit <= bytes.length; i += unit) {
    const isZero = bytes[i] === 0 && bytes[i + 1] === 0;
    if (isZero && (unit === 2 || (bytes[i + 2] === 0 && bytes[i + 3] === 0))) return i;
  }
  return -1;
}
