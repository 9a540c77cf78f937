// koffi as one object, as the package itself exports it.
import koffiOfHost from 'koffi';
import { makeDecode } from './api/decode.ts';
import { makeEncode } from './api/encode.ts';
import { environmentFunctions } from './api/environment.ts';
import { memoryFunctions } from './api/memory.ts';
import { typeFunctions } from './api/types.ts';
import { LibraryHandle, loadShared } from './calls/library.ts';
import { Machine } from './machine.ts';
import { TypeObject } from './types/type.ts';

/** A koffi whose DLLs live in a process of Windows. That starts when it is first needed. */
export function createKoffi(): Record<string, unknown> {
  const machine = new Machine();
  const functions: Record<string, unknown> = {
    LibraryHandle,
    TypeObject,
    ...typeFunctions(machine),
    ...memoryFunctions(machine),
    ...environmentFunctions(machine),
    decode: makeDecode(machine),
    encode: makeEncode(machine),
    load: (...args: unknown[]) => loadShared(() => machine.running, args),
    version: koffiOfHost.version,
  };
  for (const [name, value] of Object.entries(functions)) {
    if (typeof value === 'function' && value !== LibraryHandle && value !== TypeObject) {
      Object.defineProperty(value, 'name', { value: name });
    }
  }
  const names = Object.keys(functions).sort();
  return Object.fromEntries(names.map((name) => [name, functions[name]]));
}
