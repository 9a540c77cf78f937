import { kernelCall } from '../session/kernel-call.ts';
import type { Session } from '../session/session.ts';

const PAGE = 4096;
/** The canary in front of the buffer, at least this long. */
const CANARY_BYTES = 64;
const CANARY = 0xcd;
// Microsoft, "Memory Protection Constants".
const PAGE_NOACCESS = 0x01n;
const PAGE_READWRITE = 0x04n;

/** Bytes that were overwritten in front of a buffer. */
export interface Underrun {
  /** From the start of the buffer: -1 is the byte right before it. */
  readonly offset: number;
  readonly value: number;
}

/** Pages around a buffer: a canary in front of it, and one behind it that nobody may touch. */
export class Guard {
  /** Offset of the whole block in the shared memory. */
  readonly block: number;
  /** Offset of the buffer's first byte. */
  readonly start: number;
  private readonly end: number;
  private readonly session: Session;
  /** The agent process in which the page behind the buffer is closed. */
  private armedIn = 0;

  constructor(session: Session, bytes: number) {
    this.session = session;
    const pages = Math.ceil((bytes + CANARY_BYTES) / PAGE) * PAGE;
    this.block = session.persistent.allocate(pages + PAGE, PAGE);
    this.end = this.block + pages;
    this.start = this.end - bytes;
    session.bytes.fill(CANARY, this.block, this.start);
    session.guards.add(this);
    this.arm();
  }

  /** Closes the page behind the buffer, in a new agent process again. */
  arm(): void {
    if (this.armedIn === this.session.generation) return;
    this.protect(PAGE_NOACCESS);
    this.armedIn = this.session.generation;
  }

  disarm(): void {
    if (this.armedIn === this.session.generation && this.session.isAlive) this.protect(PAGE_READWRITE);
    this.armedIn = 0;
    this.session.guards.delete(this);
  }

  check(): Underrun[] {
    const found: Underrun[] = [];
    for (let at = this.start - 1; at >= this.block; at--) {
      const value = this.session.bytes[at] ?? 0;
      if (value !== CANARY) found.push({ offset: at - this.start, value });
    }
    return found;
  }

  overrunAt(address: bigint): number | undefined {
    const offset = Number(address) - this.session.base - this.end;
    return offset >= 0 && offset < PAGE ? offset : undefined;
  }

  private protect(protection: bigint): void {
    const { session } = this;
    const mark = session.top;
    const old = BigInt(session.base + session.reserve(4));
    try {
      kernelCall(session, 'VirtualProtect', BigInt(session.base + this.end), BigInt(PAGE), protection, old);
    } finally {
      session.top = mark;
    }
  }
}
