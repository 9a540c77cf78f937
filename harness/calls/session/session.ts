import { HEADER, HEAP, IDENTITY, IDENTITY_BYTES } from '../../../protocol/wire/layout.ts';
import { AGENT_STATE } from '../../../protocol/wire/messages.ts';
import { LAYOUT_FINGERPRINT } from '../../../protocol/wire/fingerprint.ts';
import { PROTOCOL_VERSION } from '../../../protocol/wire/version.ts';
import { DllparityError } from '../../base/errors.ts';
import { setupCommand } from '../../base/package-root.ts';
import { currentHost, type Mapping, type ProcessState } from '../../machines/current-host.ts';
import type { Machine } from '../../machines/machine.ts';
import { AgentPool, type PoolOptions } from './agent-pool.ts';
import { type AgentProcess, describeState } from './agent-process.ts';
import type { ProcessOutput } from './process-output.ts';
import { PersistentHeap } from './persistent-heap.ts';
import { type SystemIdentity, parseIdentity } from './identity.ts';
import { RefusedCallbacks } from './refused-callbacks.ts';
import { SystemCalls } from './system-calls.ts';
import { addressOfMemory, WireDamage, wordBetween } from './wire-damage.ts';
import { Wire } from './wire.ts';

/** How long to wait for an agent in a prefix that others have run in, before another prefix is made. */
const MAX_REBOOT_MS = 8000;

/** More than calls nest in callbacks. */
const REMEMBERED_ENDS = 256;

/** How a process ended; null where nobody knows, or where it was not in this way. */
export interface ProcessEnd {
  readonly code: number | null;
  readonly signal: number | null;
}

/** What a session needs to start agents, and to start them again. */
export interface SessionOptions extends PoolOptions {
  readonly bootTimeoutMs: number;
  /** How long an agent may take to say what a thread of it is doing. */
  readonly inspectTimeoutMs: number;
  /** Bytes of one text, or behind one pointer, that are taken over. */
  readonly readBytes: number;
  /** Makes each process ready before anything else is asked of it: gives it its environment variables. */
  readonly prepare: (session: Session) => void;
}

/** What a session asks of whoever makes calls through it. */
export interface SessionOwner {
  /** Answers the callback that lies in its frame. */
  answerCallback(): void;
  /** Starts another agent when this one has ended. */
  ensureAlive(): void;
  /** Told before the process is given up, when it was found dead although nothing was asked of it. */
  noticeDeath(): void;
}

/** Callbacks get 0, and a process that has ended stays ended. */
const NOBODY: SessionOwner = {
  answerCallback: () => undefined,
  ensureAlive: () => undefined,
  noticeDeath: () => undefined,
};

/**
 * One agent process at a time behind one piece of shared memory, which stays at the same address across restarts: views
 * taken once stay good. Booting is synchronous, so that a call that finds its agent dead can go on with a new one.
 */
export class Session {
  readonly words: Int32Array;
  readonly unsigned: Uint32Array;
  readonly doubles: Float64Array;
  readonly bytes: Uint8Array;
  readonly view: DataView;
  readonly wire: Wire;
  /** Bytes of the shared memory. */
  readonly capacity: number;
  /** Milliseconds that a call of the harness's own may take, such as loading a DLL: its DllMain may hang. */
  readonly answerTimeoutMs: number;
  /** How long an agent may take to say what a thread of it is doing. */
  readonly inspectTimeoutMs: number;
  /** Bytes of one text, or behind one pointer, that are taken over. */
  readonly readBytes: number;
  /** Address of the shared memory inside the agent. */
  base = 0;
  /** Bytes of a pointer in the agent. */
  pointerBytes: 4 | 8 = 8;
  /** Next free byte of the heap; calls take from it and give back in reverse order. */
  top: number = HEAP;
  /** How many agents this session has had; 0 before the first boot. */
  generation = 0;
  identity: SystemIdentity | undefined;
  /** Milliseconds from the start of the process to the handshake, of the latest boot. */
  bootMs = 0;
  /** How processes ended, by generation, as far as it is known. */
  private readonly ends = new Map<number, ProcessEnd>();

  /** Memory that outlives a call, from the high end of the heap. It ends with the agent. */
  readonly persistent: PersistentHeap;
  /** Guards of buffers, which know how far behind the end an address lies. */
  readonly guards = new Set<{ overrunAt(address: bigint): number | undefined; arm(): void }>();
  /** Callbacks that came to nothing. */
  readonly refused = new RefusedCallbacks();
  /** Whoever makes calls through it; it cannot be there before the session is. */
  owner: SessionOwner = NOBODY;

  private readonly options: SessionOptions;
  private readonly pool: AgentPool;
  private mapping: Mapping | undefined;
  private process: AgentProcess | undefined;
  private alive = false;
  private ready = false;
  private closed = false;
  /** End of the memory that reserve() gives out, when it is not the heap of calls. */
  private within: number | undefined;
  private watch: SystemCalls | undefined;

  constructor(options: SessionOptions) {
    this.options = options;
    this.capacity = options.heapBytes;
    this.answerTimeoutMs = options.bootTimeoutMs;
    this.inspectTimeoutMs = options.inspectTimeoutMs;
    this.readBytes = options.readBytes;
    this.pool = new AgentPool(options);
    this.mapping = currentHost().map(this.capacity);
    const { buffer } = this.mapping;
    this.words = new Int32Array(buffer);
    this.unsigned = new Uint32Array(buffer);
    this.doubles = new Float64Array(buffer);
    this.bytes = new Uint8Array(buffer);
    this.view = new DataView(buffer);
    this.wire = new Wire(this.words, options.spinMicroseconds);
    this.persistent = new PersistentHeap(this.capacity, () => this.top);
  }

  /** Bytes of an argument slot in a frame, and of a stack argument of a callback. */
  get slotBytes(): 4 | 8 {
    return this.pointerBytes;
  }

  /** Id of the agent's process on this machine. */
  get pid(): number | undefined {
    return this.process?.pid;
  }

  /** The prefix that the agent runs in, and what stands around it. */
  get machine(): Machine {
    return this.pool.machine;
  }

  get isAlive(): boolean {
    return this.alive;
  }

  /** Whether a call may begin: the process is there, and nothing has put its state in doubt. */
  get isReady(): boolean {
    return this.ready;
  }

  /** The process goes on for what is under way in it, and makes no call beside that. */
  taint(): void {
    this.ready = false;
  }

  /** Counts what DLLs ask the system that this agent, and each after it, loads from now on. */
  systemCalls(): SystemCalls {
    return (this.watch ??= new SystemCalls(this));
  }

  /** What the present process prints. */
  get output(): ProcessOutput | undefined {
    return this.process?.output;
  }

  /** Whether it was given up for good. */
  get isClosed(): boolean {
    return this.closed;
  }

  /** Starts an agent, or takes the spare, and shakes hands with it. */
  boot(): void {
    if (this.closed) {
      throw new DllparityError('AGENT_CLOSED', {
        what: 'the agent was closed',
        hint: 'Use an agent inside the test that was given it, or boot another one.',
      });
    }
    const { machine } = this.pool;
    const { bootTimeoutMs } = this.options;
    const isUsed = this.generation > 0;
    try {
      // In a prefix that a DLL has used something may stand in the way for ever.
      this.bootOne(isUsed ? Math.min(bootTimeoutMs, MAX_REBOOT_MS) : bootTimeoutMs);
    } catch (error) {
      // What a DLL has left in the prefix may stand in the way: a full disk, processes up to the limit. Another one has none of it.
      if (!isUsed || machine !== this.pool.machine) throw error;
      this.pool.abandonMachine();
      this.bootOne(bootTimeoutMs);
    }
    this.pool.prepare();
  }

  private bootOne(timeoutMs: number): void {
    const start = performance.now();
    const agent = this.pool.take();
    this.process = agent;
    // What was allocated to outlive calls outlives the process too.
    const kept = this.generation > 0 ? this.bytes.slice(this.persistent.bottom) : undefined;
    this.generation++;
    const attach = (): void => this.mapping?.attach(agent.memory);
    if (this.watch) this.watch.keepAcross(attach);
    else attach();
    if (kept) this.bytes.set(kept, this.persistent.bottom);
    this.wire.connect(agent.bells);
    this.refused.begin();
    this.top = HEAP;
    try {
      this.awaitHandshake(agent, start, timeoutMs);
      agent.settle();
      this.base = addressOfMemory(this.view);
      this.pointerBytes = this.words[HEADER.POINTER_BYTES >> 2] === 4 ? 4 : 8;
      this.identity = parseIdentity(this.identityText());
    } catch (error) {
      if (!(error instanceof WireDamage)) throw error;
      this.failBoot('AGENT_BOOT_FAILED', error.message);
    }
    this.alive = true;
    this.ready = true;
    this.options.prepare(this);
    this.bootMs = performance.now() - start;
  }

  /** Waits in slices: until both sides have settled their bells, only the process table tells of an early death. */
  private awaitHandshake(agent: AgentProcess, start: number, bootTimeoutMs: number): void {
    for (;;) {
      const answer = this.wire.await(20);
      if (answer >= 0) break;
      const state = agent.state();
      if (state.state !== 'running') {
        this.failBoot('AGENT_BOOT_FAILED', `the agent ended while it was starting: ${describeState(state)}`);
      }
      if (performance.now() - start > bootTimeoutMs) {
        this.failBoot('AGENT_BOOT_TIMEOUT', 'the agent did not start in time', bootTimeoutMs);
      }
    }
    const agentProtocol = this.words[HEADER.AGENT_PROTOCOL >> 2] ?? 0;
    if (agentProtocol !== PROTOCOL_VERSION) {
      this.failBoot(
        'PROTOCOL_MISMATCH',
        `the agent speaks protocol ${agentProtocol.toString()}, this host ${PROTOCOL_VERSION.toString()}`,
      );
    }
    if (this.unsigned[HEADER.AGENT_LAYOUT >> 2] !== LAYOUT_FINGERPRINT) {
      this.failBoot('PROTOCOL_MISMATCH', 'the agent was built for another layout of the shared memory');
    }
    if (this.words[HEADER.AGENT_STATE >> 2] !== AGENT_STATE.READY) {
      this.failBoot('AGENT_BOOT_FAILED', `the agent could not start: ${this.identityText()}`);
    }
  }

  private failBoot(
    code: 'AGENT_BOOT_FAILED' | 'AGENT_BOOT_TIMEOUT' | 'PROTOCOL_MISMATCH',
    what: string,
    limitMs?: number,
  ): never {
    const log = this.logTail();
    this.end();
    throw new DllparityError(code, {
      what,
      ...(limitMs === undefined ? {} : { figures: [{ name: 'limit', value: limitMs, unit: 'ms' }] }),
      details: log.length > 0 ? ['the end of its log:', ...log] : ['its log is empty'],
      hint:
        code === 'PROTOCOL_MISMATCH'
          ? `Run \`${setupCommand}\`: it builds the agent that belongs to this version.`
          : `Read the log above; \`${setupCommand}\` repairs an incomplete installation, \`bootTimeoutMs\` allows a slow machine more time.`,
    });
  }

  /** The last lines the agent and Wine have written. */
  logTail(lines = 20): string[] {
    return this.process?.logTail(lines) ?? [];
  }

  private identityText(): string {
    const length = wordBetween(this, 'HEADER.IDENTITY_BYTES', HEADER.IDENTITY_BYTES, 0, IDENTITY_BYTES);
    return Buffer.from(this.bytes.slice(IDENTITY, IDENTITY + length)).toString('utf8');
  }

  /** Wakes the thread of the agent that looks at the one that does not answer. */
  ringInspector(): void {
    this.process?.bells.ringInspector();
  }

  /** When the process ended, by performance.now(), if it has and anybody knows. */
  get endedMs(): number | undefined {
    return this.process?.endedMs();
  }

  /** Whether the process has ended behind our back, between two messages. */
  hasEnded(): boolean {
    return this.process?.state().state !== 'running';
  }

  /** Waits until the process is dead, and says how it ended. */
  awaitEnd(limitMs: number): ProcessState {
    const state = this.process?.awaitEnd(limitMs) ?? { state: 'unknown' };
    if (state.state === 'ended') {
      this.ends.set(this.generation, { code: state.code, signal: state.signal });
      this.ends.delete(this.generation - REMEMBERED_ENDS);
    }
    return state;
  }

  /** How the process of a generation ended. Calls around one that ended it may ask after others have come and gone. */
  endOf(generation: number): ProcessEnd {
    return this.ends.get(generation) ?? { code: null, signal: null };
  }

  /** Marks the agent as dead and makes sure that it is. The next boot() starts another. */
  end(): void {
    if (this.alive) this.pool.expectLosses();
    this.alive = false;
    this.ready = false;
    this.process?.end();
  }

  /** Ends the process that waits to take over: the next one is started anew, and in another prefix when this one may be broken. */
  dropSpare(isBroken: boolean): void {
    if (isBroken) this.pool.abandonMachine();
    else this.pool.dropSpare();
  }

  /** Ends the agent for good, frees the shared memory and removes the prefix. Resolves when nothing is left. */
  close(): Promise<void> {
    if (!this.closed) {
      this.closed = true;
      this.end();
      this.mapping?.release();
      this.mapping = undefined;
    }
    return this.pool.close();
  }

  /** Bytes of the heap that reserve() can still give. */
  get free(): number {
    return Math.max(0, this.persistent.bottom - ((this.top + 15) & ~15));
  }

  /** Lets `reserve` give out the `bytes` bytes from `offset` on while `fill` runs: memory that outlives the call. */
  reserveWithin(offset: number, bytes: number, fill: () => void): void {
    const mark = this.top;
    this.top = offset;
    this.within = offset + bytes;
    try {
      fill();
    } finally {
      this.top = mark;
      this.within = undefined;
    }
  }

  /** Reserves `bytes` of the heap, aligned to 16. The caller sets `top` back. */
  reserve(bytes: number): number {
    const at = (this.top + 15) & ~15;
    if (at + bytes > (this.within ?? this.persistent.bottom)) {
      throw new DllparityError('CALL_OUT_OF_MEMORY', {
        what: 'the arguments do not fit in the memory that host and agent share',
        figures: [
          { name: 'needed', value: bytes, unit: 'bytes' },
          { name: 'free', value: this.free, unit: 'bytes' },
        ],
        hint: 'Raise `heapBytes` in dllparity.config.ts (or DLLPARITY_HEAP_BYTES).',
      });
    }
    this.top = at + bytes;
    return at;
  }
}
