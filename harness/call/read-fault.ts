import { FAULT, FAULT_RING } from '../../protocol/layout.ts';
import type { Session } from '../session/session.ts';
import { EXCEPTION_NAMES } from './ntstatus.ts';
import type { Fault } from './outcome.ts';

const ACCESS: Readonly<Record<string, 'read' | 'write' | 'execute'>> = { '0': 'read', '1': 'write', '8': 'execute' };
const ACCESS_VIOLATION = 0xc0000005;
const STACK_OVERFLOW = 0xc00000fd;
const HEAP_CORRUPTION = 0xc0000374;

/** The record of the fault with this number (1 is the agent's first). Only the last FAULT.COUNT are kept. */
export function readFault(session: Session, number: number): Fault {
  const { view } = session;
  const at = FAULT_RING + ((number - 1) % FAULT.COUNT) * FAULT.BYTES;
  const code = view.getUint32(at + FAULT.CODE, true);
  const address = view.getBigUint64(at + FAULT.ADDRESS, true);
  const base = view.getBigUint64(at + FAULT.MODULE_BASE, true);
  const name = Buffer.from(
    session.bytes.slice(at + FAULT.MODULE_NAME, at + FAULT.MODULE_NAME + FAULT.MODULE_NAME_CHARACTERS * 2),
  );
  const kind = ACCESS[view.getBigUint64(at + FAULT.PARAMETER_0, true).toString()];
  const access =
    code === ACCESS_VIOLATION && kind ? { kind, address: view.getBigUint64(at + FAULT.PARAMETER_1, true) } : null;
  const module = base === 0n ? null : { path: name.toString('utf16le').split('\0')[0] ?? '', offset: address - base };
  return {
    code,
    name: EXCEPTION_NAMES[code] ?? null,
    address,
    module,
    access,
    overrun: access && overrunOf(session, access.address),
    tainted: isTainting(code, module),
  };
}

/** A system DLL that faults has been handed something damaged, and code outside any module is none. */
function isTainting(code: number, module: Fault['module']): boolean {
  return code === STACK_OVERFLOW || code === HEAP_CORRUPTION || !module || /\\ntdll\.dll$/i.test(module.path);
}

function overrunOf({ guards }: Session, address: bigint): number | null {
  for (const guard of guards) {
    const offset = guard.overrunAt(address);
    if (offset !== undefined) return offset;
  }
  return null;
}
