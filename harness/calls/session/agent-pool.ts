// Where the next agent process comes from: a spare that has booted while nobody waited, or a new one.
import { DllparityError } from '../../base/errors.ts';
import type { Machine } from '../../machines/machine.ts';
import { AgentProcess, type WireOptions } from './agent-process.ts';

/** When a spare is booted: `eager` at once, `auto` from the first process on that was lost, `off` never. */
export type SpareMode = 'eager' | 'auto' | 'off';

export interface PoolOptions extends WireOptions {
  /** Makes a prefix to run in. Called again when one has ended with all that was in it. */
  readonly makeMachine: () => Machine;
  readonly spare: SpareMode;
}

/** Agents that have ended of which is known how: outcomes are still made when the next ones are there. */
const REMEMBERED = 8;

export class AgentPool {
  private readonly options: PoolOptions;
  private current: Machine;
  private waiting: AgentProcess | undefined;
  /** The latest that was given out: its memory is looked at until the next one has been. */
  private taken: AgentProcess | undefined;
  /** Prefixes that were given up and may still be ending. */
  private readonly dead: Promise<void>[] = [];
  private numbers = 0;
  private wantsSpare: boolean;

  constructor(options: PoolOptions) {
    this.options = options;
    this.current = options.makeMachine();
    this.wantsSpare = options.spare === 'eager';
  }

  /** The prefix that agents run in now. */
  get machine(): Machine {
    return this.current;
  }

  /** A process that has been started: the spare, where there is one that still lives. What the one before has left in its memory stays. */
  take(): AgentProcess {
    this.taken = this.spareOrNew();
    return this.taken;
  }

  private spareOrNew(): AgentProcess {
    const { waiting } = this;
    this.waiting = undefined;
    const isUsable = this.current.isUsable;
    if (waiting && isUsable && waiting.state().state === 'running') return waiting;
    waiting?.end();
    if (!isUsable) this.renewMachine();
    return this.start() ?? this.startElsewhere();
  }

  /** Ends the spare. */
  dropSpare(): void {
    this.waiting?.end();
    this.waiting = undefined;
  }

  /** Gives up the prefix with all that is in it, and makes another. */
  abandonMachine(): void {
    this.dropSpare();
    this.renewMachine();
  }

  private renewMachine(): void {
    const dead = this.current;
    this.current = this.options.makeMachine();
    this.dead.push(dead.close());
  }

  /** Undefined when agents that were given up do not end, and keep all places. */
  private start(what: 'start' | 'spare' = 'start'): AgentProcess | undefined {
    const number = ++this.numbers;
    this.current.forget(number - REMEMBERED);
    const wire = this.current.takeWire(number, this.taken?.number);
    return wire && new AgentProcess(this.current, wire, number, this.options, what);
  }

  private startElsewhere(): AgentProcess {
    this.renewMachine();
    const agent = this.start();
    if (agent) return agent;
    throw new DllparityError('AGENT_BOOT_FAILED', {
      what: 'a new prefix has no place for an agent',
      hint: 'It has ended as soon as it was made. Try again; the log may say why.',
    });
  }

  /** From here on a spare pays: a process was lost. */
  expectLosses(): void {
    if (this.options.spare === 'auto') this.wantsSpare = true;
  }

  /** Starts to boot a spare, if one is wanted and there is none. */
  prepare(): void {
    if (!this.wantsSpare || this.waiting || !this.current.isAlive) return;
    this.waiting = this.start('spare');
  }

  /** Ends the spare, and with the prefix everything. */
  async close(): Promise<void> {
    this.dropSpare();
    await Promise.all([...this.dead, this.current.close()]);
  }
}
