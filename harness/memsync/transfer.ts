import type { FunctionType } from '../declare/types.ts';
import type { Session } from '../session/session.ts';

/** What remains to be done after a call. */
export interface AfterCall {
  /** Brings memory back into the caller's values. */
  readonly copyBack: (() => void)[];
  /** Gives back the stubs of transient callbacks. */
  callbacks: number;
  /** By address, what the caller passed for a pointer inside memory. */
  passed?: Map<bigint, unknown>;
}

/** Makes a function of the caller callable for the DLL and returns its address. */
export type MakeCallback = (type: FunctionType, callback: (...args: never[]) => unknown, after: AfterCall) => bigint;

/** What values travel with: where memory is, and what remains to be done when the call is over. */
export interface Transfer {
  readonly session: Session;
  /** Of 8-bit text. */
  readonly encoding: string;
  readonly makeCallback: MakeCallback;
  readonly after: AfterCall;
}

/** Says which argument it is, for an error; made only when there is one. */
export type Where = () => string;
