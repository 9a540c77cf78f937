import { describeOutcome, type Outcome } from '../marshal/outcome.ts';
import { DllparityError, isDllparityError } from '../../base/errors.ts';
import { keepArguments } from './keep-arguments.ts';

/** An outcome that calls before it have no part in, as far as a fresh process can tell. */
export type Confirmed<R = unknown> = Outcome<R> & {
  /** What came of the call where others had been made before it, when that was something else; otherwise null. */
  readonly carriedOver: Outcome<R> | null;
};

/** Whether an outcome is none that a function is declared for. */
export function isMisbehaviour({ kind }: Outcome): boolean {
  return kind !== 'returned' && kind !== 'not-callable';
}

/** Whether two misbehave alike. Addresses differ from process to process, and do not count. */
export function isSameEnd(one: Outcome, other: Outcome): boolean {
  if (one.kind === 'faulted' && other.kind === 'faulted') return one.fault.code === other.fault.code;
  if (one.kind === 'exited' && other.kind === 'exited') return one.code === other.code && one.signal === other.signal;
  return one.kind === other.kind && isMisbehaviour(one);
}

/** Calls, and calls again in a fresh process when the call has gone wrong in one that others had been made in. */
export function confirmCall(
  call: (args: readonly unknown[]) => Outcome,
  renew: () => void,
  args: readonly unknown[],
): Confirmed {
  const restore = keepArguments(args);
  const first = call(args);
  if (!isMisbehaviour(first) || ('callsBefore' in first && first.callsBefore === 0)) {
    return { ...first, carriedOver: null };
  }
  renew();
  restore();
  try {
    const second = call(args);
    return { ...second, carriedOver: isSameEnd(first, second) ? null : first };
  } catch (cause) {
    if (!isDllparityError(cause, 'AGENT_GONE')) throw cause;
    throw new DllparityError('AGENT_GONE', {
      what: `${first.function} ${describeOutcome(first)}, and cannot be called again in a fresh process`,
      hint: 'An argument belongs to the process of the first call. Pass memory of the test instead, or use `.outcome(...)`.',
      cause,
    });
  }
}
