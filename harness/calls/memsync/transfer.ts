import type { Layout, RecordLayout } from '../../types/abi/layout-kinds.ts';
import type { FunctionType } from '../../types/declare/types.ts';
import type { Session } from '../session/session.ts';
import type { Passed } from './passed.ts';

/** What remains to be done after a call. */
export interface AfterCall {
  /** What is brought back into the caller's values: memory of theirs that was written out, or whatever else is to be done. */
  readonly copyBack: (WrittenOut | (() => void))[];
  /** Gives back the stubs of transient callbacks. */
  callbacks: number;
}

/** Values that lie in memory for a call, and come back after it. */
export type WrittenOut =
  | {
      readonly kind: 'elements';
      readonly transfer: Transfer;
      readonly layout: Layout;
      readonly into: unknown[];
      readonly at: number;
      readonly length: number;
    }
  | {
      readonly kind: 'record';
      readonly transfer: Transfer;
      readonly layout: RecordLayout;
      readonly into: Record<string, unknown>;
      readonly at: number;
      /** Bytes that were passed, the flexible array included. */
      readonly room: number;
    };

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
