// The process that DLLs are loaded into, and its memory, as the drop-in uses them. Calls are the core's.
import type { TextUnit } from '../../calls/session/end-of-text.ts';
import { PLAN } from '../../../protocol/wire/layout.ts';
import { AsyncCalls } from '../../calls/agent/async-calls.ts';
import { type Caller, isBusy } from '../../calls/agent/caller.ts';
import { EnvironmentHints } from '../../calls/agent/environment-hints.ts';
import { Journal } from '../../calls/agent/journal.ts';
import type { CallbackRules } from '../../calls/marshal/callback-rules.ts';
import { Callbacks } from '../../calls/marshal/callbacks.ts';
import { type CallPlan, makePlan, writePlan } from '../../calls/marshal/plan.ts';
import type { ByteRanges } from '../../calls/memsync/byte-ranges.ts';
import { findText, offsetOf, readMemory } from '../../calls/session/read-memory.ts';
import type { Session } from '../../calls/session/session.ts';
import { writeMemory } from '../../calls/session/write-memory.ts';
import type { FunctionType } from '../../types/declare/types.ts';
import { refuse } from '../errors.ts';
import type { Bytes, GuestMemory } from '../values/memory.ts';
import { bootSurroundings, type Surroundings } from './boot.ts';
import { Pins } from './pins.ts';

/** Room for a returned text: most are shorter. */
const TEXT_BYTES = 512;

/** koffi has no variable of the DLL for it. */
const NO_ERRNO = { function: 0n, address: 0n };

/** Calls are not kept: addresses that a program holds mean nothing in another process, so none can be made again there. */
class NoJournal extends Journal {
  override note(): void {
    // For the same reason.
  }
}

/** What was written into the table of plans last. */
interface Written {
  readonly plan: CallPlan;
  readonly address: bigint;
}

export class Guest implements GuestMemory {
  readonly session: Session;
  readonly surroundings: Surroundings;
  readonly caller: Caller;
  readonly asyncCalls = new AsyncCalls();
  /** Memory of JavaScript that calls in flight work on: callbacks see it as it is by then. */
  readonly lent = new Set<ByteRanges>();
  /** How many synchronous calls are in flight. */
  depth = 0;
  readonly pins: Pins;
  private readonly written: (Written | undefined)[] = [];
  private plans = 0;

  constructor(rules: (guest: Guest) => CallbackRules) {
    this.surroundings = bootSurroundings();
    const { session, config, installation, callTimeoutMs, warn } = this.surroundings;
    this.session = session;
    this.pins = new Pins(session);
    this.caller = {
      session,
      callbacks: new Callbacks(session, rules(this)),
      runtime: installation.id,
      timeoutMs: callTimeoutMs,
      ensureAlive: () => {
        this.ensureAlive();
      },
      renew: () => {
        this.revive();
      },
      missing: new Map(),
      afterCall: undefined,
      calls: 0,
      callsAtBoot: 0,
      threadId: 0,
      journal: new NoJournal(),
      // A death is the outcome of the call that finds it, as nobody can make that call again.
      lateFaults: {
        deathBehind: () => undefined,
        look: () => undefined,
        report: () => undefined,
        all: [],
        take: () => [],
      },
      hints: new EnvironmentHints({ session, config, warn }),
    };
    session.owner = {
      answerCallback: () => {
        this.caller.callbacks.run();
      },
      ensureAlive: () => {
        this.ensureAlive();
      },
      noticeDeath: () => undefined,
    };
  }

  get pointerBytes(): 4 | 8 {
    return this.session.pointerBytes;
  }

  /** Starts another process when a call has cost the last one, or has left it in doubt and nobody is in the middle of something there. */
  ensureAlive(): void {
    const { session, caller, asyncCalls } = this;
    if (session.isReady || (session.isAlive && isBusy(caller, asyncCalls))) return;
    this.revive();
  }

  private revive(): void {
    const { session, caller, lent, written } = this;
    if (session.isAlive) session.end();
    session.boot();
    caller.callsAtBoot = caller.calls;
    caller.callbacks.restore();
    lent.clear();
    written.length = 0;
  }

  /** A plan of its own for a function, as long as there are some: then one that functions share. */
  newPlan(type: FunctionType): CallPlan {
    const index = 1 + (this.plans++ % (PLAN.COUNT - 1));
    const { pointerBytes } = this;
    return makePlan(index, type, { pointerBytes, stringBytes: TEXT_BYTES, encoding: 'utf8' });
  }

  /** HOT: writes into the table where a plan leads, unless it stands there. */
  writePlan(plan: CallPlan, address: bigint): void {
    const written = this.written[plan.index];
    if (written?.plan === plan && written.address === address) return;
    this.written[plan.index] = { plan, address };
    writePlan(this.session, plan, address, NO_ERRNO);
  }

  read(address: bigint, bytes: number): Bytes {
    const { session } = this;
    const offset = offsetOf(session, address);
    if (this.pins.any) this.pins.copyIn();
    if (offset >= 0 && offset + bytes <= session.capacity) return { view: session.view, at: offset };
    const copy = readMemory(session, address, bytes) ?? unreadable(address, bytes);
    return { view: new DataView(copy.buffer, copy.byteOffset, copy.byteLength), at: 0 };
  }

  write(address: bigint, bytes: Uint8Array): void {
    if (!writeMemory(this.session, address, bytes)) {
      refuse(`${bytes.length.toString()} bytes at 0x${address.toString(16)} cannot be written`);
    }
  }

  readText(address: bigint, unit: TextUnit): Uint8Array {
    return findText(this.session, address, unit) ?? unreadable(address, unit);
  }
}

function unreadable(address: bigint, bytes: number): never {
  return refuse(`${bytes.toString()} bytes at 0x${address.toString(16)} cannot be read`);
}
