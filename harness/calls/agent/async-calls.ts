// Calls that run on threads of the agent while the host goes on. The agent rings no bell for them: as long as any is
// under way the host looks at their frames, at every turn of its event loop at first, then every millisecond.
import { FRAME, HEADER } from '../../../protocol/wire/layout.ts';
import { FRAME_STATUS, TO_AGENT, TO_HOST } from '../../../protocol/wire/messages.ts';
import type { Failure } from '../marshal/callbacks.ts';
import type { CallValues } from '../marshal/call-values.ts';
import { exchange } from '../marshal/exchange.ts';
import type { Outcome } from '../marshal/outcome.ts';
import { type CallPlan, strideOf } from '../marshal/plan.ts';
import { readFault } from '../marshal/read-fault.ts';
import type { DeclaredFunction } from '../../types/declare/library.ts';
import { DllparityError } from '../../base/errors.ts';
import type { AfterCall, MakeCallback, Transfer } from '../memsync/transfer.ts';
import { copyAllOut } from '../memsync/copy-out.ts';
import type { Passed } from '../memsync/passed.ts';
import { type ThreadReport, UNKNOWN_THREAD } from '../session/inspect.ts';
import { faultOf, WireDamage } from '../session/wire-damage.ts';
import { GONE } from '../session/wire.ts';
import { type Caller, callsBefore, retire } from './caller.ts';
import type { Journalled } from './journal.ts';
import { damagedOutcome, endedBefore, lostOutcome } from './lost-outcome.ts';
import { missingByFault } from './missing.ts';
import { pump } from './pump.ts';

interface Common {
  readonly function: string;
  readonly arguments: readonly unknown[];
  readonly runtime: string;
  readonly durationMs: number | null;
}

/** One call as its function describes it. */
export interface AsyncCall {
  readonly declared: DeclaredFunction;
  readonly plan: CallPlan;
  readonly values: CallValues;
  readonly prepare: ((transfer: Transfer) => void) | undefined;
  /** Milliseconds that it may take, or -1. */
  readonly timeoutMs: number;
  /** Takes what its callbacks throw. @default the call is rejected with it when the DLL has finished */
  readonly failure?: Failure;
  readonly name: string;
  readonly args: readonly unknown[];
  readonly journalled: Journalled;
  common(args: readonly unknown[], start: number): Common;
  outcomeOf(frame: number, slotBytes: number, args: readonly unknown[], start: number): Outcome;
}

/** Told of the end of a call, once. Neither may throw. */
export interface AsyncEnd {
  readonly resolve: (outcome: Outcome) => void;
  readonly reject: (error: unknown) => void;
}

/** One call under way. */
interface Pending extends AsyncEnd {
  readonly call: AsyncCall;
  readonly frame: number;
  readonly slotBytes: number;
  readonly after: AfterCall;
  /** Stubs of the functions among the arguments. */
  readonly stubs: readonly number[];
  /** What one of them threw: the call is rejected with it when the DLL has finished. */
  readonly failure: Failure;
  readonly start: number;
  readonly generation: number;
  /** Calls that the process had made before. */
  readonly before: number;
}

/** How long a process may take to be gone when its bell says so. */
const END_MS = 1000;

/** Turns of the event loop before looking less often. */
const EAGER_TURNS = 200;
const LAZY_MS = 1;

/** How often to ask whether the process has ended: that reads files, and takes as long as a hundred looks at frames. */
const END_CHECK_MS = 20;

export class AsyncCalls {
  private readonly pending = new Set<Pending>();
  private eager = 0;
  private isPolling = false;
  private checkedForEnd = 0;

  start(caller: Caller, call: AsyncCall): Promise<Outcome> {
    return new Promise((resolve, reject) => {
      if (!this.launch(caller, call, { resolve, reject })) throw noThread(call.name);
    });
  }

  /** The same for those who have no promises. False, and nothing begun, when the agent has no thread for it. */
  launch(caller: Caller, call: AsyncCall, end: AsyncEnd): boolean {
    const { session } = caller;
    // Nothing wakes this program when an idle agent dies: a look costs little beside a thread.
    caller.lateFaults.look();
    if (!session.isReady) caller.ensureAlive();
    const missing = caller.missing.get(call.plan);
    const start = performance.now();
    if (missing) {
      end.resolve({ kind: 'not-callable', ...call.common(call.args, start), ...missing });
      return true;
    }
    const { pending, isStarted } = begin(caller, call, start, end);
    if (!isStarted) {
      this.finish(caller, pending);
      return false;
    }
    this.pending.add(pending);
    this.eager = 0;
    this.poll(caller);
    return true;
  }

  /** How many calls are under way. */
  get size(): number {
    return this.pending.size;
  }

  private poll(caller: Caller): void {
    if (this.isPolling) return;
    this.isPolling = true;
    const again = (): void => {
      this.look(caller);
      if (this.pending.size === 0) {
        this.isPolling = false;
        return;
      }
      if (this.eager++ < EAGER_TURNS) setImmediate(again);
      else setTimeout(again, LAZY_MS);
    };
    setImmediate(again);
  }

  private look(caller: Caller): void {
    const { session } = caller;
    if (session.isAlive && Atomics.load(session.words, HEADER.WAITING_CALLBACKS >> 2) > 0) {
      // Their callbacks wait for a call to be under way.
      this.pumpFor(caller);
    }
    const isDueForEnd = performance.now() - this.checkedForEnd > END_CHECK_MS;
    if (isDueForEnd) this.checkedForEnd = performance.now();
    for (const pending of this.pending) {
      try {
        const outcome = outcomeOrDamage(caller, pending, isDueForEnd);
        if (!outcome) continue;
        this.finish(caller, pending);
        if (
          outcome.kind === 'faulted' &&
          outcome.fault.tainted.length > 0 &&
          pending.generation === session.generation
        ) {
          retire(caller, this);
        }
        pending.resolve(outcome);
      } catch (error) {
        this.finish(caller, pending);
        pending.reject(error);
      }
    }
  }

  private pumpFor(caller: Caller): void {
    try {
      pump(caller, 0);
    } catch (error) {
      // Of a registered callback, or of the agent, which has ended: it comes out of the call that has waited longest.
      const [oldest] = this.pending;
      if (oldest) oldest.failure.thrown ??= { error };
      else throw error;
    }
  }

  private finish(caller: Caller, pending: Pending): void {
    this.pending.delete(pending);
    for (const stub of pending.stubs) caller.callbacks.unregister(stub);
    caller.session.persistent.free(pending.frame);
  }
}

/** Puts frame and arguments where they stay until the call is done, and hands them to a thread of the agent. */
function begin(
  caller: Caller,
  call: AsyncCall,
  start: number,
  { resolve, reject }: AsyncEnd,
): { readonly pending: Pending; readonly isStarted: boolean } {
  const { session } = caller;
  const { plan, args, values } = call;
  if (plan.type.variadic) {
    throw new DllparityError('ARGUMENT_TYPE', {
      what: `${call.name} is variadic and cannot be called asynchronously`,
      hint: 'Its frame would change with every call. Call it synchronously, or declare it with the parameters that you pass.',
    });
  }
  const placement = values.placementOf(plan, args);
  const { slotBytes } = placement;
  const stride = strideOf(slotBytes, plan.captureBytes);
  const { bytes, passed } = measure(caller, call, stride);
  const block = session.persistent.allocate(bytes);
  const stubs: number[] = [];
  const failure = call.failure ?? { thrown: undefined };
  const after: AfterCall = { copyBack: [], callbacks: 0 };
  const makeCallback: MakeCallback = (type, callback) => {
    const stub = caller.callbacks.register(type, callback, plan.encoding, failure, call.name);
    stubs.push(stub);
    return caller.callbacks.addressOf(stub);
  };
  const transfer: Transfer = { session, encoding: plan.encoding, makeCallback, after, passed };
  session.reserveWithin(block, bytes, () => {
    values.encode(transfer, plan, placement, args, session.reserve(stride));
  });
  call.prepare?.(transfer);
  session.words[(block + FRAME.ERRNO) >> 2] = 0;
  session.words[(block + FRAME.STATUS) >> 2] = FRAME_STATUS.NOT_RUN;
  const before = callsBefore(caller, ++caller.calls);
  caller.journal.note(call.journalled, args);
  const answer = startOn(caller, plan, block);
  if (answer !== TO_HOST.RETURNED) {
    // The call may have ended the process before its start was answered: how it ended is the call's outcome.
    if (answer === GONE) session.awaitEnd(END_MS);
    session.end();
  }
  const { generation } = session;
  // An agent that has no thread for it says that it has begun no frame.
  const isStarted = answer !== TO_HOST.RETURNED || session.words[HEADER.TO_HOST_COUNT >> 2] !== 0;
  const pending = { call, frame: block, slotBytes, after, stubs, failure, start, generation, before, resolve, reject };
  return { pending, isStarted };
}

function noThread(name: string): DllparityError {
  return new DllparityError('CALL_OUT_OF_MEMORY', {
    what: `the agent has no thread for another asynchronous call, of ${name}`,
    hint: 'Await some of those under way first.',
  });
}

/** Hands the call over. Damage that others have left is no fault of it: the process ends before it has run. */
function startOn({ session, callbacks }: Caller, plan: CallPlan, block: number): number {
  try {
    return exchange(session, callbacks, plan.index, block, 1, session.answerTimeoutMs, TO_AGENT.START);
  } catch (error) {
    if (!(error instanceof WireDamage)) throw error;
    return GONE;
  }
}

/** Bytes that frame and arguments take: they are written twice, first where it does not matter. Which of them overlap is known then. */
function measure(
  { session }: Caller,
  { plan, values, args }: AsyncCall,
  stride: number,
): { readonly bytes: number; readonly passed: Passed | undefined } {
  const mark = session.top;
  try {
    const from = session.reserve(0);
    const makeCallback: MakeCallback = () => 0n;
    const after: AfterCall = { copyBack: [], callbacks: 0 };
    const transfer: Transfer = { session, encoding: plan.encoding, makeCallback, after, passed: undefined };
    values.encode(transfer, plan, values.placementOf(plan, args), args, session.reserve(stride));
    transfer.passed?.anew();
    return { bytes: ((session.top + 15) & ~15) - from, passed: transfer.passed };
  } finally {
    session.top = mark;
  }
}

function outcomeOrDamage(caller: Caller, pending: Pending, isDueForEnd: boolean): Outcome | undefined {
  try {
    return outcomeIfDone(caller, pending, isDueForEnd);
  } catch (error) {
    const { call, start, before } = pending;
    return damagedOutcome(caller, error, { ...call.common(call.args, start), callsBefore: before });
  }
}

function outcomeIfDone(caller: Caller, pending: Pending, isDueForEnd: boolean): Outcome | undefined {
  const { session } = caller;
  const { call, frame, slotBytes, start, after, before } = pending;
  const isHere = session.isAlive && session.generation === pending.generation;
  const status = Atomics.load(session.words, (frame + FRAME.STATUS) >> 2);
  if (status === FRAME_STATUS.RETURNED || status === FRAME_STATUS.FAULTED) {
    copyAllOut(after);
    // What a callback threw comes first: the DLL went on with a made-up result, and what followed is its consequence.
    if (pending.failure.thrown) throw pending.failure.thrown.error;
    if (status === FRAME_STATUS.RETURNED) return call.outcomeOf(frame, slotBytes, call.args, start);
    const fault = readFault(session, faultOf(session, frame));
    const missing = missingByFault(caller, call.declared, call.plan, fault);
    if (missing) return { kind: 'not-callable', ...call.common(call.args, start), ...missing };
    return { kind: 'faulted', ...call.common(call.args, start), callsBefore: before, fault };
  }
  if (status === FRAME_STATUS.THREAD_ENDED) {
    const thread: ThreadReport = { ...UNKNOWN_THREAD, state: 'exited' };
    const log = session.logTail();
    const limitMs = Math.max(0, call.timeoutMs);
    return { kind: 'timed-out', ...call.common(call.args, start), callsBefore: before, limitMs, thread, log };
  }
  if (session.isClosed) {
    throw new DllparityError('AGENT_CLOSED', {
      what: `the agent was closed while an asynchronous call of ${call.name} was under way`,
      hint: 'Await asynchronous calls before the agent is closed.',
    });
  }
  if (!isHere || (isDueForEnd && session.hasEnded())) {
    const common = { ...call.common(call.args, start), callsBefore: before };
    if (isHere) return lostOutcome(caller, GONE_BEHIND_OUR_BACK, common);
    return endedBefore(caller, pending.generation, common);
  }
  if (call.timeoutMs < 0 || performance.now() - start <= call.timeoutMs) return undefined;
  const log = session.logTail();
  session.end();
  return {
    kind: 'timed-out',
    ...call.common(call.args, start),
    callsBefore: before,
    limitMs: call.timeoutMs,
    thread: UNKNOWN_THREAD,
    log,
  };
}

/** Any answer that is neither a return nor a time limit: the process is gone. */
const GONE_BEHIND_OUR_BACK = -1;
