// The bells of the wire: one to wake the agent, one to be woken, and one for the thread of the agent that looks at the other.
import { writeSync } from 'node:fs';
import { currentHost, type Poller } from '../../machines/current-host.ts';
import type { Wire } from '../../machines/machine.ts';
import type { OutputStream, ProcessOutput } from './process-output.ts';

/** How a wait ended; `gone` means that nobody can ring any more: the agent is dead. */
export type Waited = 'rung' | 'gone' | 'timeout';

const RING = new Uint8Array([0x21]);
const OUTPUTS: readonly OutputStream[] = ['stdout', 'stderr'];

export class Doorbells {
  private readonly wire: Wire;
  private readonly output: ProcessOutput;
  private readonly poller: Poller;
  private readonly byte = new Uint8Array(1);

  /** While it waits it takes what the agent prints: a full pipe would hold up the DLL. */
  constructor(wire: Wire, output: ProcessOutput) {
    this.wire = wire;
    this.output = output;
    this.poller = currentHost().createPoller([wire.toHost.read, wire.stdout.read, wire.stderr.read]);
  }

  ring(): void {
    ringOn(this.wire.toAgent.write);
  }

  /** Wakes the thread of the agent that looks at the one which makes the calls. */
  ringInspector(): void {
    ringOn(this.wire.toInspector.write);
  }

  /**
   * Blocks, using no processor. `rung` may mean nothing: the caller looks for what has come, and at the clock.
   * @param timeoutMs -1 waits for ever
   */
  wait(timeoutMs: number): Waited {
    const ready = this.poller.wait(timeoutMs);
    if (ready === 0) return 'timeout';
    if (ready < 0) return 'rung'; // A signal: the caller looks, and waits again.
    OUTPUTS.forEach((name, index) => {
      // One that has ended would be ready for ever.
      if ((ready & (2 << index)) !== 0 && !this.output.read(name)) this.poller.watch(index + 1, false);
    });
    if ((ready & 1) === 0) return 'rung';
    return currentHost().readWithoutWaiting(this.wire.toHost.read, this.byte) === 0 ? 'gone' : 'rung';
  }
}

function ringOn(bell: number): void {
  try {
    writeSync(bell, RING);
  } catch {
    // Nobody takes rings out any more: whoever waits for the answer hears why.
  }
}
