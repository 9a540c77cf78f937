import { hresult } from '../../types/declare/hresult.ts';
import type { DeclaredFunction } from '../../types/declare/library.ts';
import { DllparityError } from '../../base/errors.ts';
import type { Session } from '../session/session.ts';
import { formatMessage } from './format-message.ts';

/** What a function returned that says with its HRESULT that it has failed. */
export class HresultError extends DllparityError {
  /** Signed, as the function returned it. */
  readonly hresult: number;

  constructor(name: string, value: number, message: string | null) {
    super('HRESULT_FAILED', {
      what: `${name} returned ${hresult(value).hex}${message === null ? '' : `: ${message}`}`,
      hint: 'Use `.outcome(...)` to get the HRESULT as a value.',
    });
    this.hresult = value;
  }
}

/** Whether results of this function are looked at: its library asks for it, and HRESULT is what it returns. */
export function throwsOnFailure({ library, type }: DeclaredFunction): boolean {
  return library.throwOnFailure && type.result.kind === 'scalar' && type.result.name === 'HRESULT';
}

/** The result, unless it is an HRESULT that says failure: then it throws HRESULT_FAILED. */
export function successful(session: Session, name: string, result: unknown): unknown {
  if (typeof result !== 'number' || result >= 0) return result;
  throw new HresultError(name, result, formatMessage(session, result));
}
