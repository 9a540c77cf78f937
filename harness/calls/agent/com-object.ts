import { layoutOf } from '../../types/abi/layout.ts';
import type { ComInterface } from '../../types/declare/com-interface.ts';
import type { PointerLike } from '../../types/declare/values.ts';
import { pointerTo } from '../../types/declare/types.ts';
import { DllparityError } from '../../base/errors.ts';
import { Pointer, readPointee } from '../memsync/pointer.ts';
import type { Session } from '../session/session.ts';
import type { Outcome } from '../marshal/outcome.ts';
import type { FunctionPointers } from './function-pointers.ts';

type AnyFunction = (...args: never[]) => unknown;

/** A method of one object: called as a function, or for its outcome. */
type BoundMethod<F> = F extends AnyFunction
  ? F & {
      outcome(...args: Parameters<F>): Outcome<ReturnType<F>>;
      async(...args: Parameters<F>): Promise<ReturnType<F>>;
      asyncOutcome(...args: Parameters<F>): Promise<Outcome<ReturnType<F>>>;
    }
  : never;

/** The methods of an object, and the object itself for functions that take it. */
export type ComObject<M> = { readonly [K in keyof M]: BoundMethod<M[K]> } & { readonly pointer: Pointer };

/** What `bindFunction` makes, as far as it is used here. */
interface Callable {
  (...args: unknown[]): unknown;
  outcome(...args: unknown[]): Outcome;
  async(...args: unknown[]): Promise<unknown>;
  asyncOutcome(...args: unknown[]): Promise<Outcome>;
}

/** Finds the methods in the object's table, and binds them to the object. */
export function bindInterface(
  session: Session,
  functions: FunctionPointers,
  object: PointerLike | null | undefined,
  { name, methods }: ComInterface,
): Readonly<Record<string, unknown>> {
  if (!(object instanceof Pointer)) {
    throw new DllparityError('ARGUMENT_TYPE', {
      what: object
        ? `an object with the interface ${name} is a pointer that the DLL has given`
        : `there is no object with the interface ${name}: its pointer is null`,
      hint: object
        ? 'Pass the Pointer that a function returned or stored.'
        : 'Look at the HRESULT of the function that should have made it.',
    });
  }
  const void_ = pointerTo({ kind: 'void', name: 'void' });
  const table = object.read(void_ as never) as Pointer | null;
  if (!table) {
    throw new DllparityError('ARGUMENT_RANGE', {
      what: `${object.toString()} is no object: its table of functions is null`,
      hint: `Check that it is a pointer to an ${name}, and not to a pointer to one.`,
    });
  }
  const cell = layoutOf(void_, session.pointerBytes);
  const address = table.addressIn(session);
  const found = readPointee({ session, encoding: 'utf8' }, cell, address, methods.length, `the table of ${name}`);
  const bound: Record<string, unknown> = { pointer: object };
  methods.forEach((method, index) => {
    const target = (found as (Pointer | null)[])[index];
    if (!target) return;
    const call = functions.bind(target, method, `${name}::${method.name}`) as unknown as Callable;
    bound[method.name] = Object.assign((...args: unknown[]) => call(object, ...args), {
      outcome: (...args: unknown[]) => call.outcome(object, ...args),
      async: (...args: unknown[]) => call.async(object, ...args),
      asyncOutcome: (...args: unknown[]) => call.asyncOutcome(object, ...args),
    });
  });
  return bound;
}
