import type { Placement } from '../../types/abi/place-arguments.ts';
import type { Transfer } from '../memsync/transfer.ts';
import type { Session } from '../session/session.ts';
import { decodeResult } from './decode-result.ts';
import { encodeArguments, placementOf } from './encode-arguments.ts';
import type { CallPlan } from './plan.ts';

/** How the values of a call travel: by the rules of whoever declares the function. */
export interface CallValues {
  /** Where the arguments go. Throws when their number is wrong. */
  placementOf(plan: CallPlan, args: readonly unknown[]): Placement;
  /** Writes arguments into the slots of `frame`, and the memory behind them into the heap. */
  encode(transfer: Transfer, plan: CallPlan, placement: Placement, args: readonly unknown[], frame: number): void;
  /** The result as the caller gets it. */
  decode(session: Session, plan: CallPlan, frame: number, slotBytes: number, args: readonly unknown[]): unknown;
  /** Whether a function that takes other bytes off the stack than its declaration says is refused, on ia32. */
  readonly checksConvention: boolean;
}

/** Those of declared types. */
export const DECLARED_VALUES: CallValues = {
  placementOf,
  encode: encodeArguments,
  decode: decodeResult,
  checksConvention: true,
};
