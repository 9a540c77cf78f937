// What the programs around the agents have to say when something is wrong: the scripts, bubblewrap, Wine's server, the exit watcher.
import { closeSync } from 'node:fs';
import { linux } from './host.ts';
import { readWithoutWaiting } from './read-pipe.ts';

/** The end of it is kept. */
const KEPT_BYTES = 16_384;
/** What is read in one look, so that a flood keeps nobody. */
const MAX_LOOK_BYTES = 1 << 18;

export class Diagnostics {
  /** The end that those programs inherit. Writing there never waits: whoever fills it must not stop Wine's server. */
  readonly into: number;
  private readonly out: number;
  private readonly buffer = Buffer.alloc(16_384);
  private kept: Buffer = Buffer.alloc(0);
  private isOpen = true;

  constructor() {
    const { read, write, inherited } = linux.createPipe();
    this.out = read;
    this.into = linux.openWriter(read);
    for (const end of [write, inherited]) closeSync(end);
  }

  /** Closes the end that others have by now. */
  handDown(): void {
    closeSync(this.into);
  }

  /** Its last lines. */
  lines(): string[] {
    for (let left = this.isOpen ? MAX_LOOK_BYTES : 0; left > 0;) {
      const read = readWithoutWaiting(this.out, this.buffer);
      if (read <= 0) break;
      left -= read;
      this.kept = Buffer.concat([this.kept, this.buffer.subarray(0, read)]).subarray(-KEPT_BYTES);
    }
    return this.kept
      .toString('utf8')
      .split(/\r?\n/)
      .filter((line) => line !== '');
  }

  close(): void {
    this.isOpen = false;
    closeSync(this.out);
  }
}
