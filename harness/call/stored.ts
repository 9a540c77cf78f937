// `_Outptr_result_buffer_(n)` and its relatives: the function stores a pointer, and an annotation says what lies behind it.
import { layoutOf } from '../abi/layout.ts';
import { textOf } from '../declare/types.ts';
import { elementsOf } from '../memsync/extents.ts';
import { Pointer } from '../memsync/pointer.ts';
import { readBehind } from '../memsync/read-value.ts';
import type { Transfer } from '../memsync/transfer.ts';
import type { CallPlan } from './plan.ts';

/** After the call, replaces the pointers in the caller's cells by what they lead to. */
export function followStored(transfer: Transfer, plan: CallPlan, args: readonly unknown[]): void {
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
      if (stored.count === 'terminated') {
        cell[0] = textOf(inner.target) === 'wchar' ? pointer.wideText() : pointer.text();
        return;
      }
      const count = elementsOf(stored, element.bytes, parameters, args);
      if (count === undefined) return;
      const address = pointer.addressIn(session);
      cell[0] = readBehind({ session, encoding }, element, address, count, `"${name}" of ${plan.type.name}`);
    });
  });
}
