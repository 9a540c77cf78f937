// What the drop-in itself asks of Windows.
import { formatMessage } from '../../calls/agent/format-message.ts';
import { kernelCall } from '../../calls/session/kernel-call.ts';
import { exportOf } from '../../calls/session/modules.ts';
import type { Guest } from '../guest/guest.ts';
import type { Convention, Parameter } from '../types/type.ts';

/**
 * An export by the name that its declaration gives it, or 0. As koffi has it, x86's decorated name comes first: the core takes
 * the plain one where both are there.
 */
export function procedureOf(
  { session, pointerBytes }: Guest,
  module: bigint,
  name: string | number,
  declared: { readonly convention: Convention; readonly parameters: readonly Parameter[] } | undefined,
): bigint {
  if (typeof name === 'string' && declared && pointerBytes === 4) {
    const bytes = declared.parameters.reduce((sum, { type }) => sum + ((type.size + 3) & ~3), 0);
    const decorated = decorate(declared.convention, name, bytes);
    const found = decorated === undefined ? 0n : exportOf(session, module, decorated);
    if (found !== 0n) return found;
  }
  return exportOf(session, module, name);
}

function decorate(convention: Convention, name: string, bytes: number): string | undefined {
  if (convention === '__stdcall') return `_${name}@${bytes.toString()}`;
  return convention === '__fastcall' ? `@${name}@${bytes.toString()}` : undefined;
}

/** The module of the program itself. */
export function moduleOf({ session }: Guest): bigint {
  return kernelCall(session, 'GetModuleHandleW', 0n).integer;
}

/** What Windows says of an error. */
export function systemMessage({ session }: Guest, error: number): string {
  return formatMessage(session, error) ?? `error ${error.toString()}`;
}

/** Gives memory back to the heap that koffi's own free() serves. */
export function freeInProcessHeap(guest: Guest, address: bigint): void {
  guest.ensureAlive();
  const { session } = guest;
  kernelCall(session, 'HeapFree', kernelCall(session, 'GetProcessHeap').integer, 0n, address);
}

/** What GetLastError() gives the thread that makes the calls. */
export function lastErrorOf({ session }: Guest): number {
  return Number(BigInt.asUintN(32, kernelCall(session, 'GetLastError').integer));
}
