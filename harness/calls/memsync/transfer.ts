import type { FunctionType } from '../../types/declare/types.ts';
import type { Session } from '../session/session.ts';
import type { Passed } from './passed.ts';

/** What remains to be done after a call. */
export interface AfterCall {
  /** Brings memory back into the caller's values. */
  readonly copyBack: (() => void)[];
  /** Gives back the stubs of transient callbacks. */
  callbacks: number;
}

/** Brings everything back, and throws the first problem with it only then. */
export function bringAllBack({ copyBack }: AfterCall): void {
  let problem: { readonly error: unknown } | undefined;
  for (const bringBack of copyBack) {
    try {
      bringBack();
    } catch (error) {
      problem ??= { error };
    }
  }
  if (problem) throw problem.error;
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
  /** What lies in memory for this call; made for the first argument that does. */
  passed: Passed | undefined;
}

/** Says which argument it is, for an error; made only when there is one. */
export type Where = () => string;
