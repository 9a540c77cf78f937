// A machine whose agents are a thread of this process: see peer.ts.
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MessageChannel, receiveMessageOnPort, Worker } from 'node:worker_threads';
import type { ProcessState } from '../../../machines/current-host.ts';
import type { Machine, MachineFolders, SandboxState } from '../../../machines/machine.ts';
import { WireSlot } from '../../../machines/linux/wire-slot.ts';
import { CTL, type Serve } from './peer-words.ts';

/** A busy machine may give the thread no time for a while. */
const END_MS = 15_000;

export class PeerMachine implements Machine {
  readonly folders: MachineFolders;
  readonly inside: MachineFolders;
  readonly sandboxState: SandboxState = { sandbox: false, reason: null, clone: 'copy', limits: {} };
  readonly isAlive = true;
  readonly isUsable = true;
  /** Seed of the next agent; none is honest but the one with seed 0. */
  seed = 0;
  /** Resolves when it can be started. */
  readonly ready: Promise<unknown>;
  private readonly slot: WireSlot;
  private readonly control = new SharedArrayBuffer(64);
  private readonly ctl = new Int32Array(this.control);
  private readonly channel = new MessageChannel();
  private readonly worker: Worker;
  private started = 0;

  constructor(heapBytes: number) {
    const prefix = mkdtempSync(join(tmpdir(), 'dllparity-peer-'));
    this.folders = { prefix, temporary: prefix };
    this.inside = this.folders;
    this.slot = new WireSlot(heapBytes);
    this.slot.handDown();
    const { port1, port2 } = this.channel;
    // A thread has no loader of TypeScript until it takes one.
    const program = new URL('./peer.ts', import.meta.url).href;
    const code = `import('tsx/esm/api').then(({ register }) => { register(); return import(${JSON.stringify(program)}); })`;
    this.worker = new Worker(code, {
      eval: true,
      workerData: { control: this.control, port: port2, bytes: heapBytes },
      transferList: [port2],
    });
    this.ready = once(this.worker, 'message');
    this.worker.unref();
    port1.unref();
  }

  takeWire(number: number): WireSlot {
    this.await(this.started);
    this.started = number;
    return this.slot;
  }

  start(number: number): void {
    Atomics.store(this.ctl, CTL.WANTED, number);
    const serve: Serve = {
      number,
      seed: this.seed,
      memoryFd: this.slot.memory,
      bellFd: this.slot.toHost.read,
      isHonest: this.seed === 0,
    };
    this.channel.port1.postMessage(serve);
  }

  giveUp(): void {
    Atomics.store(this.ctl, CTL.WANTED, 0);
  }

  stateOf(number: number): ProcessState {
    return Atomics.load(this.ctl, CTL.ENDED) >= number
      ? { state: 'ended', code: 1, signal: null }
      : { state: 'running' };
  }

  /** A session gives its machine up when an agent has broken it, and makes another: that is this one again. */
  close(): Promise<void> {
    this.giveUp();
    this.await(this.started);
    return Promise.resolve();
  }

  async end(): Promise<void> {
    await this.close();
    Atomics.store(this.ctl, CTL.CLOSED, 1);
    await this.worker.terminate();
    this.channel.port1.close();
    this.slot.close();
    rmSync(this.folders.prefix, { recursive: true, force: true });
  }

  /** What has ended the thread, if anything: an event would tell of it only when this thread is idle. */
  complaint(): string {
    const said = receiveMessageOnPort(this.channel.port1)?.message as string | undefined;
    return said === undefined ? '' : `; the peer has ended: ${said}`;
  }

  pidOf(): undefined {
    return undefined;
  }
  watch(): void {
    // Its exit code is known.
  }
  forget(): void {
    // It keeps nothing.
  }
  endedMs(): undefined {
    return undefined;
  }
  diagnosticLines(): string[] {
    return [];
  }
  children(): [] {
    return [];
  }
  endChildren(): [] {
    return [];
  }
  sees(): boolean {
    return true;
  }

  private await(number: number): void {
    const end = performance.now() + END_MS;
    for (;;) {
      const ended = Atomics.load(this.ctl, CTL.ENDED);
      if (ended >= number) return;
      if (performance.now() > end) throw new Error(`the peer does not end as agent ${number.toString()}`);
      Atomics.wait(this.ctl, CTL.ENDED, ended, 5);
    }
  }
}
