// One agent process, from its start to its end, watched without the event loop: calls block that.
import { HEADER, HEADER_BYTES } from '../../../protocol/wire/layout.ts';
import { AGENT_STATE } from '../../../protocol/wire/messages.ts';
import { MAGIC, PROTOCOL_VERSION } from '../../../protocol/wire/version.ts';
import { exitCodeText } from '../../windows/ntstatus.ts';
import { currentHost, type ProcessState } from '../../machines/current-host.ts';
import type { Machine, Wire } from '../../machines/machine.ts';
import { sleep } from '../../machines/sleep.ts';
import { Doorbells } from './doorbells.ts';
import { ProcessOutput } from './process-output.ts';

/** How long the supervisor may take to note an end. */
const NOTED_MS = 500;

export interface WireOptions {
  readonly heapBytes: number;
  readonly spinMicroseconds: number;
}

/** A process that has been started, and its end of the wire. It may still be booting. */
export class AgentProcess {
  /** Tells it from others of its machine. */
  readonly number: number;
  readonly machine: Machine;
  readonly bells: Doorbells;
  readonly output: ProcessOutput;
  private readonly wire: Wire;
  private foundPid: number | undefined;
  private hasEnded = false;

  constructor(machine: Machine, wire: Wire, number: number, options: WireOptions, what: 'start' | 'spare' = 'start') {
    this.number = number;
    this.machine = machine;
    this.wire = wire;
    wire.begin(header(options));
    this.output = new ProcessOutput(wire);
    this.bells = new Doorbells(wire, this.output);
    machine.start(number, what);
  }

  /** Descriptor of the memory that it shares with the host. */
  get memory(): number {
    return this.wire.memory;
  }

  /** Both sides have opened what they need: from here on the death of either is heard. */
  settle(): void {
    this.foundPid = this.machine.pidOf(this.number);
    this.machine.watch(this.number);
    this.wire.settle();
  }

  /** Its id on this machine. */
  get pid(): number | undefined {
    this.foundPid ??= this.machine.pidOf(this.number);
    return this.foundPid;
  }

  /** What has become of it. One that has just ended is waited for until it is known how. */
  state(): ProcessState {
    const known = this.machine.stateOf(this.number);
    if (known.state !== 'running' || this.foundPid === undefined) return known;
    // The supervisor notes an end a moment after it.
    if (currentHost().processState(this.foundPid).state === 'running') return known;
    const end = performance.now() + NOTED_MS;
    for (;;) {
      const state = this.machine.stateOf(this.number);
      if (state.state !== 'running') return state;
      if (performance.now() > end) return { state: 'ended', code: null, signal: null };
      sleep(0.3);
    }
  }

  /** When it ended, by performance.now(), once that is known. */
  endedMs(): number | undefined {
    return this.machine.endedMs(this.number);
  }

  /** Waits for the process to be dead, which its doorbells may tell a moment earlier. */
  awaitEnd(limitMs: number): ProcessState {
    const start = performance.now();
    for (;;) {
      const state = this.state();
      if (state.state !== 'running' || performance.now() - start > limitMs) return state;
      sleep(0.5);
    }
  }

  /** Makes sure that it is dead, and gives up this end of the wire. */
  end(): void {
    if (this.hasEnded) return;
    this.hasEnded = true;
    this.machine.giveUp(this.number);
    this.wire.settle();
    this.output.end();
  }

  /** The last lines that the agent and Wine have written. */
  logTail(lines: number): string[] {
    // Without the exit watcher agents do not start, and only the programs around them can say why.
    return [
      ...this.machine.diagnosticLines().slice(-lines),
      ...this.output.tail('stdout', lines),
      ...this.output.tail('stderr', lines),
    ];
  }
}

/** What the agent finds at the start of the shared memory. */
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
  return state.code === null ? 'its process is gone' : `exit code ${exitCodeText(state.code)}`;
}
