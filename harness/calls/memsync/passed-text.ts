// Texts that lie behind pointers in memory: a function may edit them in place, and let other pointers lead to them.
import type { Session } from '../session/session.ts';
import { decodeText, decodeWide, lengthUntilZero } from './text.ts';
import { isTyped } from './typed-value.ts';

/** A text of the caller's behind a pointer in memory. */
export class PassedText {
  readonly text: string;
  /** Where it is in the shared memory, and how many bytes it has; its terminator comes behind. */
  readonly at: number;
  readonly bytes: number;
  readonly unit: 1 | 2;
  /** What the caller passed: the text, or the text with its type. */
  given: unknown;

  constructor(text: string, at: number, bytes: number, unit: 1 | 2) {
    this.text = text;
    this.at = at;
    this.bytes = bytes;
    this.unit = unit;
    this.given = text;
  }

  /** What now stands there, from byte `from` of the shared memory on. */
  now({ session, encoding }: { readonly session: Session; readonly encoding: string }, from: number): unknown {
    const end = this.at + this.bytes;
    const decode = (bytes: Uint8Array): string => (this.unit === 2 ? decodeWide(bytes) : decodeText(bytes, encoding));
    const whole = session.bytes.subarray(from, end);
    if (from === this.at && decode(whole) === this.text) return this.given;
    // Where the caller's own text goes on behind a NUL, its length says where it ends.
    const room = session.bytes.subarray(from, end + this.unit);
    const text = decode(this.text.includes('\0') ? whole : room.subarray(0, lengthUntilZero(room, this.unit)));
    return isTyped(this.given) ? { ...this.given, value: text } : text;
  }
}
