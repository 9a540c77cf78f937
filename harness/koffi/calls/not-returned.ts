import { describeOutcome, type Outcome, type Returned } from '../../calls/marshal/outcome.ts';
import { DllparityError } from '../../base/errors.ts';

const ANOTHER = 'The next call starts another process; addresses and handles of this one mean nothing there.';

/** The error for a call that did not return, where koffi on Windows would have ended the program, or waited. */
export function notReturned(name: string, outcome: Exclude<Outcome, Returned>): DllparityError {
  return new DllparityError(outcome.kind === 'not-callable' ? 'EXPORT_NOT_FOUND' : 'CALL_DID_NOT_RETURN', {
    what: describe(name, outcome),
    details: 'log' in outcome ? outcome.log : [],
    hint: hintFor(outcome),
  });
}

function describe(name: string, outcome: Exclude<Outcome, Returned>): string {
  if (outcome.kind === 'exited') return `the process ended while ${name} ran`;
  return outcome.kind === 'timed-out' ? `${name} did not return in time` : `${name} ${describeOutcome(outcome)}`;
}

function hintFor(outcome: Exclude<Outcome, Returned>): string {
  if (outcome.kind === 'not-callable') return 'Another version of Wine may have it: DLLPARITY_RUNTIME chooses one.';
  if (outcome.kind !== 'faulted') return ANOTHER;
  const isDoubtful = outcome.fault.tainted.length > 0;
  return `On Windows koffi would have ended the process here. ${isDoubtful ? ANOTHER : 'The next call works again.'}`;
}
