import { CALLBACK, HEADER } from '../../../protocol/wire/layout.ts';
import { WireDamage } from './wire-damage.ts';

const COUNT = HEADER.REFUSED_CALLBACKS >> 2;

/**
 * Callbacks that an agent has answered with 0 because they were nested too deeply: it counts them in the shared memory. Only where this
 * process was that deep itself can there be any.
 */
export class RefusedCallbacks {
  private known = 0;
  private depth = 0;
  private deepest = 0;
  private isUntold = false;

  /** A callback begins to run here. */
  enter(): void {
    if (++this.depth > this.deepest) this.deepest = this.depth;
  }

  leave(): void {
    this.depth--;
  }

  /** Begins with a new agent, whose count is 0. */
  begin(): void {
    this.known = 0;
    this.deepest = this.depth;
  }

  /**
   * HOT: looks at the count when a call has returned. Benchmark: sync-add.
   * @throws WireDamage when the agent cannot have counted so
   */
  look(words: Int32Array): void {
    const count = words[COUNT] ?? 0;
    if (count === this.known) return;
    if (count < this.known || this.deepest < CALLBACK.DEPTH) throw new WireDamage('HEADER.REFUSED_CALLBACKS', count);
    this.known = count;
    this.isUntold = true;
  }

  /** Whether there were some since this was asked. */
  take(): boolean {
    const { isUntold } = this;
    this.isUntold = false;
    return isUntold;
  }
}
