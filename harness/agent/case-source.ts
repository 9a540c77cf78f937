import { encodeArguments, slotsFor } from '../call/encode-arguments.ts';
import type { CallPlan } from '../call/plan.ts';
import type { AfterCall } from '../memsync/encode-pointer.ts';
import type { Caller } from './caller.ts';

/** The cases of a batch, however they are held: how each gets into its frame. */
export interface CaseSource {
  readonly length: number;
  /** Whether cases put anything into the heap or make callbacks; scalars alone do not. */
  readonly usesMemory: boolean;
  /** Argument slots that a case needs. Asked for variadic functions only. */
  slotsOf(index: number): number;
  /** Writes all slots of a case, and puts what is behind pointers into the heap. */
  encode(index: number, frame: number, slots: number, after: AfterCall): void;
  /** The arguments as a caller would pass them, for outcomes. */
  argumentsOf(index: number): readonly unknown[];
}

/** Cases given as lists of arguments. */
export function argumentLists(caller: Caller, plan: CallPlan, cases: readonly (readonly unknown[])[]): CaseSource {
  return {
    length: cases.length,
    usesMemory: true,
    slotsOf: (index) => slotsFor(plan, cases[index] ?? []),
    encode(index, frame, slots, after) {
      const args = cases[index] ?? [];
      slotsFor(plan, args);
      encodeArguments(caller.session, plan, args, frame, slots, after, caller.callbacks.make);
    },
    argumentsOf: (index) => cases[index] ?? [],
  };
}
