// Functions of Windows that the drop-in itself calls in the guest.
import { HEADER } from '../../../protocol/wire/layout.ts';
import type { Guest } from '../guest/guest.ts';
import type { Convention, Parameter } from '../types/type.ts';

/** Puts a text into the memory of calls; the caller sets the top back. */
function put(guest: Guest, text: string, encoding: 'utf16le' | 'latin1'): bigint {
  const { session } = guest;
  const bytes = Buffer.from(`${text}\0`, encoding);
  const at = session.reserve(bytes.length);
  session.bytes.set(bytes, at);
  return BigInt(session.base + at);
}

/** An export by its name or ordinal, or 0. */
export function exportOf(guest: Guest, module: bigint, name: string | number): bigint {
  const { session } = guest;
  const mark = session.top;
  try {
    const at = typeof name === 'number' ? BigInt(name & 0xffff) : put(guest, name, 'latin1');
    return guest.raw(guest.system('GET_PROC_ADDRESS'), module, at).integer;
  } finally {
    session.top = mark;
  }
}

/** An export by the name that its declaration gives it, decorated where x86 does that. */
export function procedureOf(
  guest: Guest,
  module: bigint,
  name: string | number,
  declared: { readonly convention: Convention; readonly parameters: readonly Parameter[] } | undefined,
): bigint {
  if (typeof name === 'string' && declared && guest.pointerBytes === 4) {
    const bytes = declared.parameters.reduce((sum, { type }) => sum + ((type.size + 3) & ~3), 0);
    const decorated = decorate(declared.convention, name, bytes);
    const found = decorated === undefined ? 0n : exportOf(guest, module, decorated);
    if (found !== 0n) return found;
  }
  return exportOf(guest, module, name);
}

function decorate(convention: Convention, name: string, bytes: number): string | undefined {
  if (convention === '__stdcall') return `_${name}@${bytes.toString()}`;
  return convention === '__fastcall' ? `@${name}@${bytes.toString()}` : undefined;
}

const kernels = new WeakMap<Guest, { generation: number; functions: Map<string, bigint> }>();

/** The address of a function of kernel32. */
export function kernelFunction(guest: Guest, name: string): bigint {
  guest.ensureAlive();
  let known = kernels.get(guest);
  if (known?.generation !== guest.session.generation) {
    known = { generation: guest.session.generation, functions: new Map() };
    kernels.set(guest, known);
  }
  let address = known.functions.get(name);
  if (address === undefined) {
    const mark = guest.session.top;
    const load = guest.session.view.getBigUint64(HEADER.LOAD_LIBRARY, true);
    const kernel = guest.raw(load, put(guest, 'kernel32.dll', 'utf16le'), 0n, 0n).integer;
    guest.session.top = mark;
    address = exportOf(guest, kernel, name);
    known.functions.set(name, address);
  }
  return address;
}

/** The module of the program itself. */
export function moduleOf(guest: Guest): bigint {
  return guest.raw(kernelFunction(guest, 'GetModuleHandleW'), 0n).integer;
}

/** FORMAT_MESSAGE_FROM_SYSTEM | FORMAT_MESSAGE_IGNORE_INSERTS */
const FROM_SYSTEM = 0x1200n;

/** What Windows says of an error. */
export function systemMessage(guest: Guest, error: number): string {
  const characters = 512;
  const { session } = guest;
  const mark = session.top;
  const at = session.reserve(characters * 2);
  const format = kernelFunction(guest, 'FormatMessageW');
  const { integer } = guest.raw(
    format,
    FROM_SYSTEM,
    0n,
    BigInt(error),
    0n,
    BigInt(session.base + at),
    BigInt(characters),
    0n,
  );
  session.top = mark;
  const text = Buffer.from(session.bytes.slice(at, at + Number(integer) * 2)).toString('utf16le');
  return text.trim() || `error ${error.toString()}`;
}

/** Gives memory back to the heap that koffi's own free() serves. */
export function freeInProcessHeap(guest: Guest, address: bigint): void {
  const heap = guest.raw(kernelFunction(guest, 'GetProcessHeap')).integer;
  guest.raw(kernelFunction(guest, 'HeapFree'), heap, 0n, address);
}
