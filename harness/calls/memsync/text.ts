// 8-bit text in any encoding, and UTF-16.
import iconv from 'iconv-lite';
import { DllparityError } from '../../base/errors.ts';
import { endOfText, type TextUnit } from '../session/end-of-text.ts';

/** Encodings that Node does itself, losslessly. */
const BY_NODE: Readonly<Record<string, BufferEncoding>> = {
  utf8: 'utf8',
  'utf-8': 'utf8',
  latin1: 'latin1',
  binary: 'latin1',
  ascii: 'latin1',
};

// With the flag u a whole pair is one character, and no match.
const LONE_SURROGATE = /[\ud800-\udfff]/u;

/** Throws ARGUMENT_RANGE when there is no such encoding. */
export function requireEncoding(encoding: string): void {
  const known: boolean = Object.hasOwn(BY_NODE, encoding) || iconv.encodingExists(encoding);
  if (known) return;
  throw new DllparityError('ARGUMENT_RANGE', {
    what: `there is no encoding called "${encoding}"`,
    hint: 'Use utf8, latin1 (each byte one character), or a code page by its usual name: windows-1252, cp437, gbk, shift_jis.',
  });
}

/** The bytes of a text, without a terminator. Throws ARGUMENT_RANGE when the encoding lacks a character. */
export function encodeText(text: string, encoding: string): Buffer {
  const byNode = BY_NODE[encoding];
  const bytes = byNode === undefined ? iconv.encode(text, encoding) : Buffer.from(text, byNode);
  if (byNode === 'utf8') requireWhole(text);
  else if (decodeText(bytes, encoding) !== text) refuseText(text, encoding);
  return bytes;
}

/** Throws ARGUMENT_RANGE when UTF-8 lacks a character of the text: it has no lone surrogates. */
export function requireWhole(text: string): void {
  if (LONE_SURROGATE.test(text)) refuseText(text, 'utf8');
}

function refuseText(text: string, encoding: string): never {
  throw new DllparityError('ARGUMENT_RANGE', {
    what: `the text ${JSON.stringify(text.slice(0, 40))} has characters that ${encoding} does not know`,
    hint: 'Pass a Buffer with the bytes that the DLL should see, or choose another encoding.',
  });
}

export function decodeText(bytes: Uint8Array, encoding: string): string {
  const byNode = BY_NODE[encoding];
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return byNode === undefined ? iconv.decode(buffer, encoding) : buffer.toString(byNode);
}

/** UTF-16 units up to the first zero, or all of them. */
export function decodeWide(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength & ~1).toString('utf16le');
}

/** How many bytes of memory come before the first zero element of `unit` bytes: all whole elements, when there is none. */
export function lengthUntilZero(bytes: Uint8Array, unit: TextUnit): number {
  const end = endOfText(bytes, unit);
  return end < 0 ? bytes.length - (bytes.length % unit) : end;
}
