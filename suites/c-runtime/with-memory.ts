import type { Loaded, Pointer } from 'dllparity/agent';
import type { Runtime } from './runtimes.ts';

/** Memory of the runtime for as long as it is used. */
export function withMemory<T>(loaded: Loaded<Runtime>, bytes: number, use: (memory: Pointer) => T): T {
  const memory = loaded.malloc(bytes);
  if (memory === null) throw new Error(`malloc(${bytes.toString()}) returned null`);
  try {
    return use(memory);
  } finally {
    loaded.free(memory);
  }
}
