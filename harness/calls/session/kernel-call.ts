import { DllparityError } from '../../base/errors.ts';
import { exportOf, loadModule } from './modules.ts';
import { rawCall, type RawResult } from './raw-call.ts';
import type { Session } from './session.ts';

/** Addresses by name, of the agent process they were looked up in. */
const found = new WeakMap<Session, { readonly generation: number; readonly addresses: Map<string, bigint> }>();

/** Calls a function of kernel32.dll with arguments of a pointer's width. Throws when it is not there. */
export function kernelCall(session: Session, name: string, ...slots: readonly bigint[]): RawResult {
  return rawCall(session, kernelAddress(session, name), ...slots);
}

/** The address of a function of kernel32.dll in the process that runs now. Throws when it is not there. */
export function kernelAddress(session: Session, name: string): bigint {
  let known = found.get(session);
  if (known?.generation !== session.generation) {
    known = { generation: session.generation, addresses: new Map() };
    found.set(session, known);
  }
  let address = known.addresses.get(name);
  if (address === undefined) {
    address = lookUp(session, name);
    known.addresses.set(name, address);
  }
  return address;
}

function lookUp(session: Session, name: string): bigint {
  const address = exportOf(session, loadModule(session, 'kernel32.dll', 0n).handle, name);
  if (address !== 0n) return address;
  throw new DllparityError('EXPORT_NOT_FOUND', {
    what: `kernel32.dll does not export ${name}`,
    hint: 'The runtime is not the Windows that the harness needs.',
  });
}
