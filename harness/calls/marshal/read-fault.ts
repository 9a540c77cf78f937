import { FAULT, FAULT_RING } from '../../../protocol/wire/layout.ts';
import { FAULT_TAINT } from '../../../protocol/wire/messages.ts';
import type { Session } from '../session/session.ts';
import { EXCEPTION_NAMES } from '../../windows/ntstatus.ts';
import type { Fault, Taint, WineStub } from './outcome.ts';

const ACCESS: Readonly<Record<number, 'read' | 'write' | 'execute'>> = { 0: 'read', 1: 'write', 8: 'execute' };
const ACCESS_VIOLATION = 0xc0000005;
/** Wine's include/winternl.h. */
const EXCEPTION_WINE_STUB = 0x80000100;

const TAINTS: readonly (readonly [number, Taint])[] = [
  [FAULT_TAINT.HARD, 'not-unwound'],
  [FAULT_TAINT.STACK_OVERFLOW, 'stack-overflow'],
  [FAULT_TAINT.HEAP, 'heap'],
  [FAULT_TAINT.UNLOADED, 'no-module'],
];
const UNTAINTED: readonly Taint[] = [];

const NAME_WORDS = FAULT.MODULE_NAME_CHARACTERS >> 1;
/** The name that was decoded last, and its words: thousands of faults in a row have the same. */
let lastName = '';
const lastWords = new Int32Array(NAME_WORDS);

function moduleName({ words, bytes }: Session, at: number): string {
  for (let i = 0, from = at >> 2; i < NAME_WORDS; i++) {
    if (words[from + i] === lastWords[i]) continue;
    lastWords.set(words.subarray(from, from + NAME_WORDS));
    lastName =
      Buffer.from(bytes.slice(at, at + NAME_WORDS * 4))
        .toString('utf16le')
        .split('\0')[0] ?? '';
    break;
  }
  return lastName;
}

/** Where the record of the fault with this number lies (1 is the agent's first). Only the last FAULT.COUNT are kept. */
export function faultAt(number: number): number {
  return FAULT_RING + ((number - 1) % FAULT.COUNT) * FAULT.BYTES;
}

/** The record of the fault with this number. */
export function readFault(session: Session, number: number): Fault {
  return readRecord(session, faultAt(number));
}

/** The record that lies there. */
export function readRecord(session: Session, at: number): Fault {
  const { view } = session;
  const code = view.getUint32(at + FAULT.CODE, true);
  const address = view.getBigUint64(at + FAULT.ADDRESS, true);
  const base = view.getBigUint64(at + FAULT.MODULE_BASE, true);
  const taint = view.getInt32(at + FAULT.TAINTED, true);
  const kind = ACCESS[view.getUint32(at + FAULT.PARAMETER_0, true)];
  const access =
    code === ACCESS_VIOLATION && kind ? { kind, address: view.getBigUint64(at + FAULT.PARAMETER_1, true) } : null;
  return {
    code,
    name: EXCEPTION_NAMES[code] ?? null,
    address,
    module: base === 0n ? null : { path: moduleName(session, at + FAULT.MODULE_NAME), offset: address - base },
    access,
    overrun: access && overrunOf(session, access.address),
    stub: code === EXCEPTION_WINE_STUB ? stubAt(session, at) : null,
    tainted: taint === 0 ? UNTAINTED : TAINTS.filter(([bit]) => (taint & bit) !== 0).map(([, name]) => name),
  };
}

/** A DLL can raise this exception too, and then mostly names nothing. */
function stubAt({ bytes }: Session, at: number): WineStub | null {
  const text = (offset: number, most: number): string =>
    Buffer.from(bytes.slice(at + offset, at + offset + most))
      .toString('latin1')
      .split('\0')[0] ?? '';
  const stub = { dll: text(FAULT.STUB_DLL, FAULT.STUB_DLL_BYTES), name: text(FAULT.STUB_NAME, FAULT.STUB_NAME_BYTES) };
  return stub.dll !== '' && stub.name !== '' ? stub : null;
}

function overrunOf({ guards }: Session, address: bigint): number | null {
  for (const guard of guards) {
    const offset = guard.overrunAt(address);
    if (offset !== undefined) return offset;
  }
  return null;
}
