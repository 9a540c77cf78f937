import { encodeArguments, placementOf } from '../marshal/encode-arguments.ts';
import type { CallPlan } from '../marshal/plan.ts';
import type { AfterCall } from '../memsync/transfer.ts';
import type { Caller } from './caller.ts';

/** The cases of a batch, however they are held: how each gets into its frame. */
export interface CaseSource {
  readonly length: number;
  /** Whether cases put anything into the heap or make callbacks; scalars alone do not. */
  readonly usesMemory: boolean;
  /** Bytes of argument slots that a case needs. Asked for variadic functions only. */
  slotBytesOf(index: number): number;
  /** Writes all slots of a case, and puts what is behind pointers into the heap. */
  encode(index: number, frame: number, after: AfterCall): void;
  /** The arguments as a caller would pass them, for outcomes. */
  argumentsOf(index: number): readonly unknown[];
}

/** Cases given as lists of arguments. */
export function argumentLists(caller: Caller, plan: CallPlan, cases: readonly (readonly unknown[])[]): CaseSource {
  const { encoding } = plan;
  const makeCallback = caller.callbacks.makeFor(encoding, plan.type.name);
  return {
    length: cases.length,
    usesMemory: true,
    slotBytesOf: (index) => placementOf(plan, cases[index] ?? []).slotBytes,
    encode(index, frame, after) {
      const args = cases[index] ?? [];
      const transfer = { session: caller.session, encoding, makeCallback, after, passed: undefined };
      encodeArguments(transfer, plan, placementOf(plan, args), args, frame);
    },
    argumentsOf: (index) => cases[index] ?? [],
  };
}

/** One case of a source. */
export function oneCase(source: CaseSource, index: number): CaseSource {
  return {
    length: 1,
    usesMemory: source.usesMemory,
    slotBytesOf: () => source.slotBytesOf(index),
    encode(_, frame, after) {
      source.encode(index, frame, after);
    },
    argumentsOf: () => source.argumentsOf(index),
  };
}
