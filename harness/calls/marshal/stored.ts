// `_Outptr_result_buffer_(n)` and its relatives: the function stores a pointer, and an annotation says what lies behind it.
import { FRAME } from '../../../protocol/wire/layout.ts';
import { FRAME_STATUS } from '../../../protocol/wire/messages.ts';
import { layoutOf } from '../../types/abi/layout.ts';
import { textOf } from '../../types/declare/types.ts';
import { elementsOf } from '../memsync/extents.ts';
import { Pointer, readPointee } from '../memsync/pointer.ts';
import type { Transfer } from '../memsync/transfer.ts';
import { rawCall } from '../session/raw-call.ts';
import type { CallPlan } from './plan.ts';

/** After the call, replaces the pointers in the caller's cells by what they lead to, and gives that back to the DLL. */
export function followStored(transfer: Transfer, plan: CallPlan, args: readonly unknown[], frame: number): void {
  const { parameters } = plan.type;
  const { session, encoding } = transfer;
  parameters.forEach(({ type, stored, name }, index) => {
    const cell = args[index];
    const inner = type.kind === 'pointer' && type.target.kind === 'pointer' ? type.target : undefined;
    if (!stored || !inner || !Array.isArray(cell)) return;
    const element = layoutOf(inner.target, plan.pointerBytes);
    transfer.after.copyBack.push(() => {
      const pointer: unknown = cell[0];
      if (!(pointer instanceof Pointer)) return;
      const address = pointer.addressIn(session);
      if (stored.count === 'terminated') {
        cell[0] = textOf(inner.target) === 'wchar' ? pointer.wideText() : pointer.text();
      } else {
        const count = elementsOf(stored, element.bytes, parameters, args);
        if (count === undefined) return;
        cell[0] = readPointee({ session, encoding }, element, address, count, `"${name}" of ${plan.type.name}`);
      }
      const free = plan.frees.stored.get(index);
      // A function that did not return may not be done with it.
      const hasReturned = session.words[(frame + FRAME.STATUS) >> 2] === FRAME_STATUS.RETURNED;
      if (free !== undefined && hasReturned) rawCall(session, free, address);
    });
  });
}
