// What an agent process, and Wine in it, prints. It comes through pipes, which this process reads whenever it waits or looks.
import { currentHost } from '../../machines/current-host.ts';
import type { Wire } from '../../machines/machine.ts';

export type OutputStream = 'stdout' | 'stderr';

/** What is kept for whoever takes it; of more the end. */
const MAX_PENDING_BYTES = 4 << 20;
/** What is kept for messages. */
const TAIL_BYTES = 65_536;
/** What is read in one look, so that a flood keeps nobody. */
const MAX_LOOK_BYTES = 1 << 20;
/** What one process can say in its life; the rest is read and thrown away. */
const MAX_PROCESS_BYTES = 256 << 20;

/** What was printed since the last time that somebody took it. */
export interface Printed {
  readonly bytes: Buffer;
  /** Bytes before these that nobody took in time. */
  readonly lost: number;
}

interface Stream {
  readonly pipe: number;
  pending: Buffer[];
  pendingBytes: number;
  tail: Buffer;
  lost: number;
  total: number;
}

const chunk = Buffer.alloc(65_536);

export class ProcessOutput {
  private readonly streams: Readonly<Record<OutputStream, Stream>>;
  private isOpen = true;

  constructor({ stdout, stderr }: Wire) {
    this.streams = { stdout: newStream(stdout.read), stderr: newStream(stderr.read) };
  }

  /** Reads what is there. False when nothing more can come: the process has ended, and so has everything that writes there. */
  read(name: OutputStream): boolean {
    if (!this.isOpen) return false;
    const stream = this.streams[name];
    for (let left = MAX_LOOK_BYTES; left > 0;) {
      const read = currentHost().readWithoutWaiting(stream.pipe, chunk);
      if (read <= 0) return read < 0;
      left -= read;
      keep(stream, chunk.subarray(0, read));
    }
    return true;
  }

  /** What was printed since the last time. */
  take(name: OutputStream): Printed {
    this.read(name);
    const stream = this.streams[name];
    const taken = { bytes: Buffer.concat(stream.pending), lost: stream.lost };
    stream.pending = [];
    stream.pendingBytes = 0;
    stream.lost = 0;
    return taken;
  }

  /** The last lines of a stream, whether somebody has taken them or not. */
  tail(name: OutputStream, lines: number): string[] {
    this.read(name);
    const text = this.streams[name].tail.toString('utf8').split(/\r?\n/);
    return text.filter((line) => line !== '').slice(-lines);
  }

  /** Reads what is left: the pipes are another's from now on. */
  end(): void {
    for (const name of ['stdout', 'stderr'] as const) this.read(name);
    this.isOpen = false;
  }
}

function newStream(pipe: number): Stream {
  return { pipe, pending: [], pendingBytes: 0, tail: Buffer.alloc(0), lost: 0, total: 0 };
}

function keep(stream: Stream, read: Buffer): void {
  stream.total += read.length;
  if (stream.total > MAX_PROCESS_BYTES) {
    stream.lost += read.length;
    return;
  }
  const bytes = Buffer.from(read);
  stream.pending.push(bytes);
  stream.pendingBytes += bytes.length;
  stream.tail = Buffer.concat([stream.tail, bytes]).subarray(-TAIL_BYTES);
  while (stream.pendingBytes > MAX_PENDING_BYTES) {
    const oldest = stream.pending.shift();
    if (!oldest) break;
    stream.pendingBytes -= oldest.length;
    stream.lost += oldest.length;
  }
}
