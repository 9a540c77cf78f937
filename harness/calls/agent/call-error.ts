import { DllparityError } from '../../base/errors.ts';
import { describeOutcome, type Outcome } from '../marshal/outcome.ts';

/** A call that did not return is an exception for whoever wanted its result. */
export class CallError extends DllparityError {
  readonly outcome: Outcome;

  constructor(outcome: Outcome) {
    super(outcome.kind === 'not-callable' ? 'EXPORT_NOT_FOUND' : 'CALL_DID_NOT_RETURN', {
      what: `${outcome.function} ${describeOutcome(outcome)}`,
      ...('log' in outcome && outcome.log.length > 0
        ? { details: ["the end of the agent's log:", ...outcome.log] }
        : {}),
      hint:
        outcome.kind !== 'not-callable'
          ? 'Use `.outcome(...)` to get this as a value; the next call works again.'
          : outcome.isStub
            ? 'Another version of Wine may have it; `.outcome(...)` gives this as a value.'
            : 'Check the spelling in the prototype; `exports` in the options of the library names ordinals and decorated names.',
    });
    this.outcome = outcome;
  }
}
