import type { Layout } from '../../types/abi/layout-kinds.ts';
import { DllparityError } from '../../base/errors.ts';
import type { Session } from '../session/session.ts';
import { writeShared } from '../session/write-memory.ts';
import { flexibleBytes } from './counts.ts';
import type { Transfer } from './transfer.ts';
import { writeValue } from './write-value.ts';

function refuseTransient(): never {
  throw new DllparityError('ARGUMENT_TYPE', {
    what: 'a value that is written through a pointer may not contain memory, text or functions of the caller',
    hint: 'They would be gone when the next call is made. Put them into `agent.buffer(...)` or `agent.callback(...)` and write their pointers.',
  });
}

/** Bytes of the flexible array at the end of a struct. */
function beyond(layout: Layout, value: unknown): number {
  if (layout.kind !== 'struct' || typeof value !== 'object' || value === null) return 0;
  return flexibleBytes(layout, value as Readonly<Record<string, unknown>>);
}

/** Writes a value at an address of the agent. */
export function writePointee(
  session: Session,
  layout: Layout,
  value: unknown,
  address: bigint,
  encoding: string,
): void {
  const transfer: Transfer = {
    session,
    encoding,
    makeCallback: refuseTransient,
    after: { copyBack: [], callbacks: 0 },
    passed: undefined,
  };
  const mark = session.top;
  try {
    const bytes = layout.bytes + beyond(layout, value);
    const at = session.reserve(bytes);
    session.bytes.fill(0, at, at + bytes);
    writeValue(transfer, layout, value, at, () => `the value written to 0x${address.toString(16)}`);
    if (transfer.passed?.hasBehind) refuseTransient();
    if (writeShared(session, address, at, bytes)) return;
  } finally {
    session.top = mark;
  }
  throw new DllparityError('ARGUMENT_RANGE', {
    what: `the memory at 0x${address.toString(16)} cannot be written`,
    figures: [{ name: 'wanted', value: layout.bytes, unit: 'bytes' }],
    hint: 'The pointer is dangling, or leads to memory that is read-only.',
  });
}
