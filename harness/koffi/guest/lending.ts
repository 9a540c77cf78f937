// Memory of JavaScript while the guest may use it. The guest cannot see it, so it works on a copy in shared memory.
import { swapBytes } from '../values/numbers.ts';

interface Loan {
  readonly buffer: ArrayBufferLike;
  readonly start: number;
  readonly end: number;
  /** Offset in shared memory. */
  readonly at: number;
  /** Bytes of elements whose order the guest has reversed, or 0. */
  readonly swapped: number;
  readonly comesBack: boolean;
}

/** Above this many bytes a callback does not see what the function has written so far, nor the function what it writes. */
const MAX_SYNCHRONIZED = 65536;

/** The loans of one call. */
export class Lending {
  private readonly shared: Uint8Array;
  private readonly loans: Loan[] = [];
  private total = 0;

  constructor(shared: Uint8Array) {
    this.shared = shared;
  }

  /** Where bytes that were lent already lie, or -1. */
  find(bytes: Uint8Array): number {
    const start = bytes.byteOffset;
    const end = start + bytes.byteLength;
    for (const loan of this.loans) {
      if (loan.buffer === bytes.buffer && loan.swapped === 0 && loan.start <= start && end <= loan.end) {
        return loan.at + start - loan.start;
      }
    }
    return -1;
  }

  /** Copies bytes to `at`, and back when the call is over. */
  lend(bytes: Uint8Array, at: number, swapped: number, directions: number): void {
    const copy = this.shared.subarray(at, at + bytes.byteLength);
    copy.set(bytes);
    if (swapped && directions & 1) swapBytes(copy, swapped);
    const comesBack = swapped === 0 || (directions & 2) !== 0;
    const start = bytes.byteOffset;
    this.loans.push({ buffer: bytes.buffer, start, end: start + bytes.byteLength, at, swapped, comesBack });
    this.total += bytes.byteLength;
  }

  /** Brings everything back. */
  copyOut(): void {
    for (const loan of this.loans) {
      if (!loan.comesBack) continue;
      const bytes = new Uint8Array(loan.buffer, loan.start, loan.end - loan.start);
      bytes.set(this.shared.subarray(loan.at, loan.at + bytes.length));
      if (loan.swapped) swapBytes(bytes, loan.swapped);
    }
  }

  /** Before a callback runs: it sees what the function has written so far. */
  beforeCallback(): void {
    if (this.total <= MAX_SYNCHRONIZED) this.copyOut();
  }

  /** After a callback: the function sees what it has written. */
  afterCallback(): void {
    if (this.total > MAX_SYNCHRONIZED) return;
    for (const { buffer, start, end, at, swapped, comesBack } of this.loans) {
      if (!comesBack) continue;
      const copy = this.shared.subarray(at, at + end - start);
      copy.set(new Uint8Array(buffer, start, end - start));
      if (swapped) swapBytes(copy, swapped);
    }
  }
}
