// Calls that run on threads of the guest while JavaScript goes on.
import type { Failure } from '../../calls/marshal/callbacks.ts';
import type { Outcome } from '../../calls/marshal/outcome.ts';
import { refuse } from '../errors.ts';
import type { Callable, CallMachine, Target } from './callable.ts';
import { notReturned } from './not-returned.ts';

type Done = (error: unknown, result: unknown) => unknown;

/** What a callback threw that no call of JavaScript waits for is thrown as any exception that nobody catches. */
const UNCAUGHT: Failure = {
  get thrown(): Failure['thrown'] {
    return undefined;
  },
  set thrown(thrown: Failure['thrown']) {
    if (thrown) throwLater(thrown.error);
  },
};

function throwLater(error: unknown): void {
  queueMicrotask(() => {
    throw error;
  });
}

function tooMany(): never {
  return refuse('Too many asynchronous calls are running');
}

/** As koffi has it: undefined, or null when it came to nothing, and `done` was told so already. */
export function startAsync(
  machine: CallMachine,
  { guest, call }: Callable,
  { name, address }: Target,
  args: readonly unknown[],
  done: Done,
): unknown {
  const { caller, asyncCalls } = guest;
  guest.ensureAlive();
  address();
  if (asyncCalls.size >= machine.maxAsyncCalls) tooMany();
  // koffi lets them run for as long as they like.
  const started = { ...call.asAsync(args), timeoutMs: -1, failure: UNCAUGHT };
  const end = {
    resolve: (outcome: Outcome): void => {
      settle(machine, name, outcome, done);
    },
    reject: (error: unknown): void => {
      told(done, error, undefined);
    },
  };
  let isStarted: boolean;
  try {
    isStarted = asyncCalls.launch(caller, started, end);
  } catch (error) {
    done(error, undefined);
    return null;
  }
  return isStarted ? undefined : tooMany();
}

function settle({ guest, exchangeLastError }: CallMachine, name: string, outcome: Outcome, done: Done): void {
  if (outcome.kind === 'exited') {
    told(done, new Error(`the process ended while ${name} ran`), undefined);
    return;
  }
  if (outcome.kind !== 'returned') {
    told(done, notReturned(name, outcome), undefined);
    return;
  }
  // In its callback GetLastError() speaks of the call that has ended.
  const before = exchangeLastError(outcome.lastError);
  told(done, null, outcome.result);
  if (guest.session.isAlive) exchangeLastError(before);
}

function told(done: Done, error: unknown, result: unknown): void {
  try {
    done(error, result);
  } catch (thrown) {
    throwLater(thrown);
  }
}
