// Texts of 8-, 16- and 32-bit units.

export type Unit = 1 | 2 | 4;

/** Bytes of a text with its terminator. */
export function encodeText(text: string, unit: Unit): Uint8Array {
  if (unit === 1) return Buffer.from(`${text}\0`, 'utf8');
  if (unit === 2) return Buffer.from(`${text}\0`, 'utf16le');
  // koffi takes whatever follows a high surrogate for its other half.
  const whole = text.replace(/[\ud800-\udbff](?![\udc00-\udfff])[^]?/g, '\ufffd');
  const points = Array.from(whole, (character) => {
    const point = character.codePointAt(0) ?? 0;
    return isSurrogate(point) ? 0xfffd : point;
  });
  return new Uint8Array(Uint32Array.from([...points, 0]).buffer);
}

const isSurrogate = (point: number): boolean => point >= 0xd800 && point <= 0xdfff;

/** A text in a fixed room: as many whole characters as fit before a terminator; the rest is zero. */
export function encodeInto(text: string, unit: 1 | 2, bytes: Uint8Array): void {
  bytes.fill(0);
  if (unit === 2) {
    Buffer.from(text.slice(0, Math.max(0, bytes.length / 2 - 1)), 'utf16le').copy(bytes);
    return;
  }
  new TextEncoder().encodeInto(text, bytes.subarray(0, Math.max(0, bytes.length - 1)));
}

/** The text in these bytes, all of them. */
export function decodeText(bytes: Uint8Array, unit: Unit): string | null {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (unit === 1) return buffer.toString('utf8');
  if (unit === 2) return buffer.toString('utf16le');
  // koffi has no empty text of this width.
  if (buffer.length < 4) return null;
  let text = '';
  for (let at = 0; at + 4 <= buffer.length; at += 4) {
    const point = buffer.readUInt32LE(at);
    const valid = point <= 0x10ffff && !isSurrogate(point);
    text += String.fromCodePoint(valid ? point : 0xfffd);
  }
  return text;
}

/** Bytes before the first zero unit, or all of them. */
export function lengthToNul(bytes: Uint8Array, unit: Unit): number {
  if (unit === 1) {
    const at = bytes.indexOf(0);
    return at < 0 ? bytes.length : at;
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = bytes.length - (bytes.length % unit);
  for (let at = 0; at < end; at += unit) {
    if ((unit === 2 ? view.getUint16(at, true) : view.getUint32(at, true)) === 0) return at;
  }
  return end;
}
