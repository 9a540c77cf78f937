import { kernelCall } from '../session/kernel-call.ts';
import type { Session } from '../session/session.ts';

// Microsoft, "FormatMessageW": the system's messages, with their placeholders left alone.
const FROM_SYSTEM = 0x1000n;
const IGNORE_INSERTS = 0x200n;
const ENGLISH = 0x409n;
const ROOM = 1024;

/** The text for a code, without its line end. */
export function formatMessage(session: Session, code: number): string | null {
  const mark = session.top;
  try {
    const at = session.reserve(ROOM * 2);
    const to = BigInt(session.base + at);
    const flags = FROM_SYSTEM | IGNORE_INSERTS;
    const slots = [flags, 0n, BigInt(code >>> 0), ENGLISH, to, BigInt(ROOM), 0n];
    const length = Number(BigInt.asUintN(32, kernelCall(session, 'FormatMessageW', ...slots).integer));
    if (length === 0) return null;
    const text = Buffer.from(session.bytes.slice(at, at + length * 2)).toString('utf16le');
    return text.trimEnd();
  } finally {
    session.top = mark;
  }
}
