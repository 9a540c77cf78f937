// What the host shares with one agent at a time: memory and pipes, all without names, so that nothing a DLL can write is ever opened
// by name. They are made before the sandbox and inherited into it; the next agent in the same place uses them again.
import { closeSync, writeSync } from 'node:fs';
import type { SharedPipe } from '../host.ts';
import { linux } from './host.ts';
import type { Wire } from '../machine.ts';
import { readWithoutWaiting } from './read-pipe.ts';

/** Output that waits for the host to look: a DLL that prints more is held up until then. */
const OUTPUT_BYTES = 1 << 18;

/** How much is thrown away of what the agent before has left in a pipe; more than a pipe holds. */
const STALE_BYTES = 1 << 21;

export class WireSlot implements Wire {
  readonly memory: number;
  /** Rings that wake the agent, the host, and the thread of the agent that looks at the one which makes the calls. */
  readonly toAgent: SharedPipe;
  readonly toHost: SharedPipe;
  readonly toInspector: SharedPipe;
  readonly stdout: SharedPipe;
  readonly stderr: SharedPipe;
  private readonly bytes: number;
  /** As long as the agent has not opened them: a pipe without a writer reads as one whose writer has gone. */
  private writers: number[] = [];

  /** `bytes` of memory. */
  constructor(bytes: number) {
    this.bytes = bytes;
    this.memory = linux.createMemory(bytes);
    [this.toAgent, this.toHost, this.toInspector] = [linux.createPipe(), linux.createPipe(), linux.createPipe()];
    [this.stdout, this.stderr] = [linux.createPipe(OUTPUT_BYTES), linux.createPipe(OUTPUT_BYTES)];
    // The death of an agent is heard only when nobody else can write.
    for (const { write } of this.written) closeSync(write);
  }

  /** What another process is to inherit, in the order of WIRE_DESCRIPTORS. */
  get inherited(): readonly number[] {
    return [this.memory, ...this.pipes.map(({ inherited }) => inherited)];
  }

  /** Closes what only the other process needs, once it has it. */
  handDown(): void {
    for (const { inherited } of this.pipes) closeSync(inherited);
  }

  /** Makes ready for an agent: what another one has left is gone. `head` is what the memory begins with. */
  begin(head: Uint8Array): void {
    linux.clearMemory(this.memory, this.bytes);
    writeSync(this.memory, head, 0, head.length, 0);
    this.settle();
    for (const pipe of this.pipes) empty(pipe.read);
    this.writers = this.written.map(({ read }) => linux.openWriter(read));
  }

  /** The agent has opened its ends: from here on its death is heard. */
  settle(): void {
    for (const writer of this.writers.splice(0)) closeSync(writer);
  }

  close(): void {
    this.settle();
    closeSync(this.memory);
    for (const { read } of this.pipes) closeSync(read);
    for (const { write } of [this.toAgent, this.toInspector]) closeSync(write);
  }

  private get pipes(): readonly SharedPipe[] {
    return [this.toAgent, this.toHost, this.toInspector, this.stdout, this.stderr];
  }

  /** The pipes that the agent writes to. */
  private get written(): readonly SharedPipe[] {
    return [this.toHost, this.stdout, this.stderr];
  }
}

function empty(pipe: number): void {
  const buffer = Buffer.alloc(65_536);
  for (let left = STALE_BYTES; left > 0;) {
    const read = readWithoutWaiting(pipe, buffer);
    if (read <= 0) return;
    left -= read;
  }
}
