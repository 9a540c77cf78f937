// Which process an agent has, and when it gets another one: after a death, a fault that leaves it in doubt, or on request.
import { Callbacks } from '../marshal/callbacks.ts';
import type { ResolvedConfig } from '../../config/config.ts';
import { DllparityError } from '../../base/errors.ts';
import { kernelCall } from '../session/kernel-call.ts';
import type { Session } from '../session/session.ts';
import type { AsyncCalls } from './async-calls.ts';
import { type Caller, isBusy } from './caller.ts';
import { EnvironmentHints } from './environment-hints.ts';
import { Journal } from './journal.ts';
import { LateFaults } from './late-faults.ts';
import type { Libraries } from './libraries.ts';
import { residentBytes } from './resident-bytes.ts';

export interface ProcessLifeOptions {
  /** With its first process. */
  readonly session: Session;
  readonly runtime: string;
  readonly config: Pick<ResolvedConfig, 'callTimeoutMs' | 'graphics' | 'log' | 'recycle' | 'services'>;
  readonly libraries: Libraries;
  readonly asyncCalls: AsyncCalls;
  readonly drainLog: () => void;
  /** Ends what the process before has started and left running. */
  readonly endLeftBehind: () => void;
  readonly warn: (text: string) => void;
}

export class ProcessLife {
  readonly caller: Caller;
  private readonly options: ProcessLifeOptions;

  constructor(options: ProcessLifeOptions) {
    const { session, runtime, config, libraries, asyncCalls, drainLog, warn } = options;
    this.options = options;
    this.caller = {
      session,
      callbacks: new Callbacks(session),
      runtime,
      timeoutMs: config.callTimeoutMs === 0 ? -1 : config.callTimeoutMs,
      // Wine was asked to talk: exactness is worth a look at its output after each call.
      afterCall: config.log.wineDebug === '-all' ? undefined : drainLog,
      calls: 0,
      callsAtBoot: 0,
      threadId: callingThread(session),
      journal: new Journal(),
      lateFaults: new LateFaults({
        callerOf: () => this.caller,
        asyncCalls,
        renew: () => {
          this.revive();
        },
        warn,
      }),
      ensureAlive: () => {
        this.ensureReady();
      },
      renew: () => {
        this.renew();
      },
      missing: libraries.missing,
      hints: new EnvironmentHints({ session, config, warn }),
    };
    session.owner = {
      answerCallback: () => {
        this.caller.callbacks.run();
      },
      ensureAlive: () => {
        this.ensureReady();
      },
      noticeDeath: () => {
        this.caller.lateFaults.look(true);
      },
    };
  }

  get callsInProcess(): number {
    return this.caller.calls - this.caller.callsAtBoot;
  }

  /** Another process now. Throws AGENT_BUSY while a call is under way. */
  renew(): void {
    if (isBusy(this.caller, this.options.asyncCalls)) {
      throw new DllparityError('AGENT_BUSY', {
        what: 'the agent cannot be given another process while a call is under way',
        hint: 'Renew it outside callbacks, and when all asynchronous calls are settled.',
      });
    }
    this.caller.lateFaults.look();
    this.revive();
  }

  /** Another process when the options say so and nothing is under way. */
  recycleIfDue(): boolean {
    const { session, asyncCalls } = this.options;
    this.caller.lateFaults.look();
    if (isBusy(this.caller, asyncCalls) || !session.isReady || !this.isDue()) return false;
    this.revive();
    return true;
  }

  /** For what asks the agent for more than a call can afford: it looks first whether the process is there. */
  lookAndEnsure(): void {
    this.caller.lateFaults.look();
    this.ensureReady();
  }

  private isDue(): boolean {
    const { session, config } = this.options;
    const { calls, memoryBytes } = config.recycle;
    if (calls > 0 && this.callsInProcess >= calls) return true;
    return memoryBytes > 0 && residentBytes(session) >= memoryBytes;
  }

  private ensureReady(): void {
    const { session, asyncCalls } = this.options;
    if (session.isReady) return;
    // In doubt, but in use: what is under way there has to end there.
    if (session.isAlive && isBusy(this.caller, asyncCalls)) return;
    this.revive();
  }

  private revive(): void {
    const { session, libraries, drainLog, endLeftBehind } = this.options;
    const { caller } = this;
    if (session.isAlive) session.end();
    drainLog();
    endLeftBehind();
    session.boot();
    caller.callsAtBoot = caller.calls;
    caller.journal.clear();
    caller.threadId = callingThread(session);
    caller.callbacks.restore();
    for (const guard of session.guards) guard.arm();
    libraries.bindAll();
  }
}

/** Faults of other threads are told from those of a call by it. */
function callingThread(session: Session): number {
  return Number(kernelCall(session, 'GetCurrentThreadId').integer);
}
