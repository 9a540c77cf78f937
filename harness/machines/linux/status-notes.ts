// What the programs around the agents say of them, line by line in a pipe: that an agent has ended, and how.
//
// A DLL can write there too. So each line is looked at for what it may be, and whoever has a better source asks that first.
import { closeSync } from 'node:fs';
import { uptime } from 'node:os';
import { LineSplitter } from '../../base/line-splitter.ts';
import { readWithoutWaiting } from './read-pipe.ts';

/** What is known of one agent. */
export interface AgentNotes {
  /** How it ended, in the words of the shell: 128 and the number of a signal, or the low byte of its exit code. */
  status: number | undefined;
  /** When that was, by performance.now(). */
  endedMs: number | undefined;
  /** Whether its exit code will be noted. */
  isWatched: boolean;
  /** The exit code, all 32 bits of it. */
  exitCode: number | undefined;
}

const LINE =
  /^(ready)$|^(status) (\d{1,9}) (\d{1,3}) (\d{1,12}\.\d{1,2})$|^(watched) (\d{1,9})$|^(exit) (\d{1,9}) (\d{1,10})$/;
/** Of the longest line there is. What is longer is no line, and its end is not the beginning of one. */
const MAX_LINE_BYTES = 64;
/** What is read in one look, so that a flood keeps nobody. */
const MAX_LOOK_BYTES = 1 << 18;

export class StatusNotes {
  /** Whether the supervisor runs. */
  isReady = false;
  private readonly pipe: number;
  private readonly agents = new Map<number, AgentNotes>();
  private readonly buffer = Buffer.alloc(16_384);
  private readonly lines = new LineSplitter({ maxBytes: MAX_LINE_BYTES, longLine: 'drop', crlf: false });
  private isOpen = true;

  constructor(pipe: number) {
    this.pipe = pipe;
  }

  /** Takes notes of an agent from now on. */
  expect(number: number): void {
    this.agents.set(number, { status: undefined, endedMs: undefined, isWatched: false, exitCode: undefined });
  }

  forget(number: number): void {
    this.agents.delete(number);
  }

  /** What is known of an agent by now. */
  of(number: number): AgentNotes | undefined {
    this.look();
    return this.agents.get(number);
  }

  look(): void {
    for (let left = this.isOpen ? MAX_LOOK_BYTES : 0; left > 0;) {
      const read = readWithoutWaiting(this.pipe, this.buffer);
      if (read <= 0) return;
      left -= read;
      for (const line of this.lines.add(this.buffer.subarray(0, read)).lines) this.take(line);
    }
  }

  /** What comes now is not read any more. */
  close(): void {
    this.isOpen = false;
    closeSync(this.pipe);
  }

  private take(line: string): void {
    const found = LINE.exec(line);
    if (!found) return;
    const [ready, status, agentOfStatus, code, at, watched, agentOfWatched, exit, agentOfExit, exitCode] =
      found.slice(1);
    if (ready !== undefined) this.isReady = true;
    const notes = this.agents.get(Number(agentOfStatus ?? agentOfWatched ?? agentOfExit));
    if (!notes) return;
    if (status !== undefined) {
      notes.status ??= Number(code);
      notes.endedMs ??= performance.now() - Math.max(0, uptime() - Number(at)) * 1000;
    }
    if (watched !== undefined) notes.isWatched = true;
    if (exit !== undefined) notes.exitCode ??= Number(exitCode) >>> 0;
  }
}
