// One agent process, from its start to its end, watched without the event loop: calls block that.
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { HEADER, HEADER_BYTES } from '../../protocol/layout.ts';
import { AGENT_STATE } from '../../protocol/messages.ts';
import { MAGIC, PROTOCOL_VERSION } from '../../protocol/version.ts';
import { currentPlatform, type Doorbells, type ProcessState } from '../platform/index.ts';
import type { Home } from '../runtime/home.ts';
import { nap } from '../runtime/nap.ts';

/** How long the supervisor may take to note an end. */
const NOTED_MS = 500;

export interface WireOptions {
  readonly heapBytes: number;
  readonly spinMicroseconds: number;
}

/** A process that has been started, and its end of the wire. It may still be booting. */
export class AgentProcess {
  /** Tells its files on the wire from those of others. */
  readonly number: number;
  readonly home: Home;
  readonly bells: Doorbells;
  /** Files that its output goes to. */
  readonly logFiles: { readonly stdout: string; readonly stderr: string };
  /** Path of the shared file, until it is settled. */
  readonly share: string;
  private readonly bellFolder: string;
  private foundPid: number | undefined;
  private hasEnded = false;

  constructor(home: Home, number: number, options: WireOptions, what: 'start' | 'spare' = 'start') {
    const { wire, logs } = home.folders;
    const stem = join(logs, `agent-${number.toString()}`);
    this.number = number;
    this.home = home;
    this.logFiles = { stdout: `${stem}.out`, stderr: `${stem}.err` };
    this.share = join(wire, `share-${number.toString()}`);
    this.bellFolder = join(wire, `bells-${number.toString()}`);
    currentPlatform().createShare(this.share, options.heapBytes, header(options));
    mkdirSync(this.bellFolder, { mode: 0o700 });
    this.bells = currentPlatform().createDoorbells(this.bellFolder);
    home.start(number, what);
  }

  /** Both sides have opened what they need: from here on the death of either is heard, and nobody else finds the files. */
  settle(): void {
    this.foundPid = this.home.pidOf(this.number);
    this.home.watch(this.number);
    this.bells.settle();
    this.removeFiles();
  }

  private removeFiles(): void {
    rmSync(this.share, { force: true });
    rmSync(this.bellFolder, { recursive: true, force: true });
  }

  /** Its id on this machine. */
  get pid(): number | undefined {
    this.foundPid ??= this.home.pidOf(this.number);
    return this.foundPid;
  }

  /** What has become of it. One that has just ended is waited for until it is known how. */
  state(): ProcessState {
    const known = this.home.stateOf(this.number);
    if (known.state !== 'running' || this.foundPid === undefined) return known;
    // The supervisor notes an end a moment after it.
    if (currentPlatform().processState(this.foundPid).state === 'running') return known;
    const end = performance.now() + NOTED_MS;
    for (;;) {
      const state = this.home.stateOf(this.number);
      if (state.state !== 'running') return state;
      if (performance.now() > end) return { state: 'ended', code: null, signal: null };
      nap(0.3);
    }
  }

  /** When it ended, by performance.now(), once that is known. */
  endedMs(): number | undefined {
    return this.home.endedMs(this.number);
  }

  /** Waits for the process to be dead, which its doorbells may tell a moment earlier. */
  awaitEnd(limitMs: number): ProcessState {
    const start = performance.now();
    for (;;) {
      const state = this.state();
      if (state.state !== 'running' || performance.now() - start > limitMs) return state;
      nap(0.5);
    }
  }

  /** Makes sure that it is dead, and closes this end of the wire. */
  end(): void {
    if (this.hasEnded) return;
    this.hasEnded = true;
    this.home.kill(this.number);
    this.bells.close();
    this.removeFiles();
  }

  /** The last lines that the agent and Wine have written. */
  logTail(lines: number): string[] {
    // Without the warden agents do not start, and only it can say why.
    const warden = join(this.home.folders.logs, 'warden');
    return [warden, this.logFiles.stdout, this.logFiles.stderr].flatMap((path) => {
      try {
        const text = readFileSync(path, 'utf8').split(/\r?\n/);
        return text.filter((line) => line !== '').slice(-lines);
      } catch {
        return [];
      }
    });
  }
}

/** What the agent finds at the start of the shared file. */
function header({ heapBytes, spinMicroseconds }: WireOptions): Uint8Array {
  const words = new Int32Array(HEADER_BYTES >> 2);
  words[HEADER.MAGIC >> 2] = MAGIC;
  words[HEADER.PROTOCOL >> 2] = PROTOCOL_VERSION;
  words[HEADER.FILE_BYTES >> 2] = heapBytes;
  // The agent's bound is in time-stamp-counter cycles; 3 GHz is close enough for a bound.
  words[HEADER.SPIN_CYCLES >> 2] = spinMicroseconds * 3000;
  words[HEADER.AGENT_STATE >> 2] = AGENT_STATE.BOOTING;
  return new Uint8Array(words.buffer);
}

/** A state in words. */
export function describeState(state: ProcessState): string {
  if (state.state !== 'ended') return 'its process is gone';
  if (state.signal !== null) return `signal ${state.signal.toString()}`;
  return state.code === null ? 'its process is gone' : `exit code ${state.code.toString()}`;
}
