// Who may spin when more pairs of host and agent want to than there are pairs of processors: one after the other, for a moment each.
import { randomBytes } from 'node:crypto';
import { closeSync, constants, fstatSync, openSync, readSync, writeSync } from 'node:fs';
import { availableParallelism } from 'node:os';

/** How long a turn lasts, in milliseconds: thousands of calls, and not so long that somebody would notice the wait. */
export const TURN_MS = 2;

/** One record for each pair of processors: float64 when the turn ends, in milliseconds of this machine's clock; 8 bytes of whose it is. */
const RECORD_BYTES = 16;

/**
 * Turns of all processes of a user, agreed in a small file. Nothing waits for a record to change: turns end by the clock, whoever has
 * died or has written nonsense there. When two take one turn at once, both have it, and are slower for its time.
 */
export class SpinTurns {
  private readonly file: number;
  private readonly id = randomBytes(8);
  private readonly records: Buffer;
  private readonly own = Buffer.alloc(RECORD_BYTES);

  private constructor(file: number, pairs: number) {
    this.file = file;
    this.records = Buffer.alloc(pairs * RECORD_BYTES);
    this.own.set(this.id, 8);
  }

  /** Undefined where there is nothing to agree on, a single processor, or no way to: each then spins as it finds best. */
  static open(path: string, processors = availableParallelism()): SpinTurns | undefined {
    const pairs = processors >> 1;
    if (pairs === 0) return undefined;
    let file: number | undefined;
    try {
      const flags = constants.O_RDWR | constants.O_CREAT | constants.O_NOFOLLOW | constants.O_NONBLOCK;
      file = openSync(path, flags, 0o600);
      if (fstatSync(file).isFile()) return new SpinTurns(file, pairs);
    } catch {
      // A folder that cannot be written to, a disk that is full.
    }
    if (file !== undefined) closeSync(file);
    return undefined;
  }

  /** Takes a turn if one is free. Returns 0 when it is ours from now on, else the milliseconds until one may be free. */
  take(): number {
    const { records } = this;
    try {
      records.fill(0);
      readSync(this.file, records, 0, records.length, 0);
      const now = machineMs();
      let wait = TURN_MS;
      for (let at = 0; at < records.length; at += RECORD_BYTES) {
        const left = records.readDoubleLE(at) - now;
        // What ends later than a turn that begins now was not written by one of us.
        if (left > 0 && left <= TURN_MS) wait = Math.min(wait, left);
        else if (this.write(at, now + TURN_MS)) return 0;
      }
      return wait;
    } catch {
      return TURN_MS;
    }
  }

  close(): void {
    closeSync(this.file);
  }

  private write(at: number, endMs: number): boolean {
    this.own.writeDoubleLE(endMs);
    writeSync(this.file, this.own, 0, RECORD_BYTES, at);
    // Another may have found the same one free.
    readSync(this.file, this.records, at, RECORD_BYTES, at);
    return this.records.compare(this.id, 0, 8, at + 8, at + RECORD_BYTES) === 0;
  }
}

/** The same for all processes of the machine, unlike performance.now(). */
function machineMs(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}
