import { FRAME } from '../../../protocol/wire/layout.ts';
import type { Placement } from '../../types/abi/place-arguments.ts';
import type { CallPlan } from '../marshal/plan.ts';
import { DllparityError } from '../../base/errors.ts';
import type { Session } from '../session/session.ts';

/**
 * ia32: a function that takes other bytes off the stack than its convention says was declared wrongly; its arguments may
 * have been read from the wrong places. The agent has put the stack right, so that only this call is in doubt.
 */
export function checkConvention(
  session: Session,
  plan: CallPlan,
  placement: Placement,
  frame: number,
  name: string,
): void {
  const popped = session.words[(frame + FRAME.POPPED) >> 2] ?? 0;
  if (popped === placement.pops) return;
  // Compilers disagree whether a cdecl function removes the address of its struct result.
  if (placement.pops === 0 && popped === 4 && placement.hidden) return;
  const { convention } = plan.type;
  const stack = placement.slotBytes - 8;
  throw new DllparityError('CONVENTION_MISMATCH', {
    what: `${name} does not have the convention that its prototype says, ${convention}`,
    figures: [
      { name: 'expected', value: placement.pops, unit: 'bytes' },
      { name: 'taken off the stack', value: popped, unit: 'bytes' },
    ],
    hint:
      popped === 0
        ? 'It left its arguments on the stack: it is cdecl.'
        : popped === stack && convention === 'cdecl'
          ? 'It took as many bytes as a stdcall function with these arguments: write `__stdcall` in the prototype.'
          : 'Check the convention, and the number and the types of the parameters.',
  });
}
