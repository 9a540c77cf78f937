import { layoutOf } from '../../types/abi/layout.ts';
import type { DeclaredVariable } from '../../types/declare/library.ts';
import { Pointer, readPointeeValue } from '../memsync/pointer.ts';
import { writePointee } from '../memsync/write-pointee.ts';
import type { Caller } from './caller.ts';
import type { LoadedLibrary } from './loaded-library.ts';

/** An exported variable of a loaded DLL. */
export interface Variable<Out, In = Out> {
  /** Read from the agent, and written to it, each time. */
  get value(): Out;
  set value(value: In | Out);
  /** Where it lies in the agent that runs now. */
  readonly pointer: Pointer;
}

export function loadVariable(caller: Caller, library: LoadedLibrary, declared: DeclaredVariable): Variable<unknown> {
  const { encoding } = declared.library;
  const { session } = caller;
  const address = (): bigint => {
    if (!session.isReady) caller.ensureAlive();
    return library.variableAddress(declared);
  };
  return {
    get value(): unknown {
      const layout = layoutOf(declared.variable, session.pointerBytes);
      return readPointeeValue({ session, encoding }, layout, address(), declared.name);
    },
    set value(value: unknown) {
      writePointee(session, layoutOf(declared.variable, session.pointerBytes), value, address(), encoding);
    },
    get pointer(): Pointer {
      return new Pointer(session, address(), encoding);
    },
  };
}
