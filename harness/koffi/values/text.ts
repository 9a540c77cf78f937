// Texts of 8-, 16- and 32-bit units.
import { decodeText as decodeNarrow, decodeWide } from '../../calls/memsync/text.ts';
import type { TextUnit } from '../../calls/session/end-of-text.ts';

/** Bytes of a text with its terminator. */
export function encodeText(text: string, unit: TextUnit): Uint8Array {
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
export function decodeText(bytes: Uint8Array, unit: TextUnit): string | null {
  if (unit === 1) return decodeNarrow(bytes, 'utf8');
  if (unit === 2) return decodeWide(bytes);
  // koffi has no empty text of this width.
  if (bytes.length < 4) return null;
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let text = '';
  for (let at = 0; at + 4 <= buffer.length; at += 4) {
    const point = buffer.readUInt32LE(at);
    const valid = point <= 0x10ffff && !isSurrogate(point);
    text += String.fromCodePoint(valid ? point : 0xfffd);
  }
  return text;
}
