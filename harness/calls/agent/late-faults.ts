// Deaths of the agent process that are not the doing of the call which finds them: a thread of the DLL that crashes later,
// damage that takes effect when nobody calls. They are laid to the last calls, which are made again one by one.
import { FAULT, HEADER, LAST_OUTSIDE } from '../../../protocol/wire/layout.ts';
import { FRAME_STATUS } from '../../../protocol/wire/messages.ts';
import type { Fault } from '../marshal/outcome.ts';
import { faultAt, readRecord } from '../marshal/read-fault.ts';
import { isDllparityError } from '../../base/errors.ts';
import { type Caller, type Deaths, isBusy } from './caller.ts';
import type { Death } from './death.ts';
import type { JournalEntry } from './journal.ts';
import { keepArguments, passesFunction } from './keep-arguments.ts';
import { describeLateFault, describeSuspects, type LateFault, type Suspect } from './late-fault.ts';

/** Suspects that are called again at most, and the time for all of them: somebody waits. */
const MAX_REPLAYS = 8;
const MAX_MS = 5000;
const TIME_OVER = `${(MAX_MS / 1000).toString()} s were over`;
/** How much longer a suspect is waited for than twice the time that the death took: a busy machine has others to run first. */
const PATIENCE_MS = 250;
/** The bell may tell of a death a moment before the process table does. */
const END_MS = 1000;
const SIGKILL = 9;

/** What this asks of the agent. */
export interface LateFaultsOptions {
  /** Asked when it is needed: the two know each other. */
  readonly callerOf: () => Caller;
  /** How many calls are under way on threads of the pool. */
  readonly asyncCalls: { readonly size: number };
  /** A fresh process, with everything loaded. */
  readonly renew: () => void;
  readonly warn: (text: string) => void;
}

export class LateFaults implements Deaths {
  private readonly options: LateFaultsOptions;
  private found: LateFault[] = [];
  private isReplaying = false;

  constructor(options: LateFaultsOptions) {
    this.options = options;
  }

  private get caller(): Caller {
    return this.options.callerOf();
  }

  get all(): readonly LateFault[] {
    return this.found;
  }

  take(): LateFault[] {
    return this.found.splice(0);
  }

  deathBehind(status: number, excluded: 0 | 1, isAnswered = false): Death | undefined {
    const { caller } = this;
    const { asyncCalls } = this.options;
    if (this.isReplaying || isBusy(caller, asyncCalls)) return undefined;
    const { session } = caller;
    const state = session.awaitEnd(END_MS);
    const code = state.state === 'ended' ? state.code : null;
    const fatal = fatalFault(session, code);
    const inCall = status !== FRAME_STATUS.NOT_RUN;
    const suspects = [...caller.journal.newest()].slice(excluded);
    // In a call only the crash of another thread can be somebody else's doing, and only when there was somebody.
    if (inCall && (!fatal || fatal.thread === caller.threadId || suspects.length === 0)) return undefined;
    const ended = session.endedMs ?? performance.now();
    return {
      inCall,
      fault: fatal?.fault ?? null,
      code,
      signal: state.state === 'ended' ? state.signal : null,
      withinMs: Math.max(0, ended - session.wire.lastAnswerMs(isAnswered)),
      log: session.logTail(),
      suspects,
    };
  }

  look(isDead = false): void {
    const { caller } = this;
    const { asyncCalls } = this.options;
    const { session } = caller;
    if (!session.isReady || isBusy(caller, asyncCalls) || this.isReplaying) return;
    if (!isDead && !session.hasEnded()) return;
    const death = this.deathBehind(FRAME_STATUS.NOT_RUN, 0, true);
    session.end();
    if (death) this.report(death);
  }

  report({ suspects, fault, code, signal, withinMs, log }: Death): void {
    const { caller } = this;
    const { warn } = this.options;
    // No DLL kills itself with this signal: the system was short of memory, or somebody has sent it.
    const pointless = signal === SIGKILL ? 'the process was killed from outside' : null;
    const replayed = this.replay(suspects, 2 * withinMs + PATIENCE_MS, pointless);
    const late: LateFault = { fault, code, signal, withinMs, suspects: replayed, runtime: caller.runtime, log };
    this.found.push(late);
    warn([describeLateFault(late), ...describeSuspects(late)].join('; '));
  }

  /** Makes the calls again, newest first, each in a fresh process, until one has crashed again. */
  private replay(entries: readonly JournalEntry[], waitMs: number, isPointless: string | null): Suspect[] {
    const { caller } = this;
    const { timeoutMs } = caller;
    const end = performance.now() + MAX_MS;
    let tried = 0;
    let over = isPointless;
    this.isReplaying = true;
    try {
      return entries.map((entry) => {
        const suspect = { function: entry.call.name, arguments: entry.arguments };
        const reason =
          over ??
          (entry.arguments.some((argument) => passesFunction(argument)) ? 'it would run a function of the test' : null);
        if (reason !== null) return { ...suspect, replayed: 'not replayed', why: reason };
        const result = this.tryAgain(entry, waitMs, end);
        if (result.replayed === 'crashed again') over = 'the cause was found';
        else if (++tried >= MAX_REPLAYS) over = `${MAX_REPLAYS.toString()} calls were made again`;
        else if (performance.now() >= end) over = TIME_OVER;
        return { ...suspect, ...result };
      });
    } finally {
      caller.timeoutMs = timeoutMs;
      caller.session.end();
      this.isReplaying = false;
    }
  }

  private tryAgain(entry: JournalEntry, waitMs: number, end: number): Pick<Suspect, 'replayed' | 'why'> {
    const { caller } = this;
    const { renew } = this.options;
    const { session } = caller;
    const left = (): number => Math.max(1, Math.round(end - performance.now()));
    const restore = keepArguments(entry.arguments);
    try {
      renew();
      caller.timeoutMs = caller.timeoutMs < 0 ? left() : Math.min(caller.timeoutMs, left());
      const { kind } = entry.call.replay(entry.arguments);
      if (kind === 'exited') return { replayed: 'crashed again', why: null };
      if (kind === 'timed-out') return { replayed: 'not replayed', why: left() > 1 ? 'it did not return' : TIME_OVER };
      if (kind === 'not-callable') return { replayed: 'not replayed', why: 'it could not be called' };
      const wait = Math.min(waitMs, left());
      if (session.awaitEnd(wait).state !== 'running') return { replayed: 'crashed again', why: null };
      // Who was not waited for has not survived.
      return wait < waitMs ? { replayed: 'not replayed', why: TIME_OVER } : { replayed: 'survived', why: null };
    } catch (error) {
      const isGone = isDllparityError(error, 'AGENT_GONE');
      return {
        replayed: 'not replayed',
        why: isGone ? 'an argument belongs to the process that died' : ((error as Error).message.split('\n')[0] ?? ''),
      };
    } finally {
      restore();
    }
  }
}

/** The fault that has ended the process, and the thread it came from. */
function fatalFault(
  session: Caller['session'],
  code: number | null,
): { readonly fault: Fault; readonly thread: number } | undefined {
  const at = fatalRecord(session, code);
  if (at === undefined) return undefined;
  return { fault: readRecord(session, at), thread: session.view.getUint32(at + FAULT.THREAD, true) };
}

/** Where its record lies, in the memory of a process that has died. */
function fatalRecord({ view }: Caller['session'], code: number | null): number | undefined {
  const number = view.getInt32(HEADER.FAULT_COUNT, true);
  if (view.getInt32(HEADER.FATAL_COUNT, true) !== 0) return number < 1 ? undefined : faultAt(number);
  // Where a filter of the DLL is asked, the agent is not; the system ends the process with the code of the exception.
  const isIt = code !== null && code !== 0 && view.getUint32(LAST_OUTSIDE + FAULT.CODE, true) === code >>> 0;
  return isIt ? LAST_OUTSIDE : undefined;
}
