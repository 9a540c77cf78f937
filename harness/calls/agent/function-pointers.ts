import { type CallPlan, writePlan } from '../marshal/plan.ts';
import { type DeclaredFunction, FREED_BY_NOBODY, undeclaredLibrary } from '../../types/declare/library.ts';
import type { NamedTypes } from '../../types/declare/parse-declaration.ts';
import { parseFunctionType } from '../../types/declare/parse-prototype.ts';
import type { FunctionType } from '../../types/declare/types.ts';
import type { PointerLike } from '../../types/declare/values.ts';
import { DllparityError } from '../../base/errors.ts';
import { Pointer } from '../memsync/pointer.ts';
import type { AsyncCalls } from './async-calls.ts';
import { type BoundFunction, bindFunction } from './bound-function.ts';
import type { Caller } from './caller.ts';

/** Functions that are known by their address alone belong to no library. */
const NOWHERE = undeclaredLibrary('pointer');

/** How the declaration of a function is read that no library declares. */
export interface FunctionPointerOptions<T extends NamedTypes = NamedTypes> {
  /** Types by the name that the declaration uses, as `library` takes them. */
  readonly types?: T;
  /**
   * Of 8-bit text among arguments and results.
   * @default utf8
   */
  readonly encoding?: string;
}

type AnyBound = BoundFunction<(...args: never[]) => unknown>;

/** Functions behind pointers. The same address and prototype are bound once: plans are limited. */
export class FunctionPointers {
  private readonly caller: Caller;
  private readonly asyncCalls: AsyncCalls;
  private readonly newPlan: (type: FunctionType, encoding: string) => CallPlan;
  private readonly bound = new Map<string, AnyBound>();
  private readonly typesSeen = new WeakMap<object, number>();
  private typesCount = 0;
  private generation = 0;

  constructor(caller: Caller, asyncCalls: AsyncCalls, newPlan: (type: FunctionType, encoding: string) => CallPlan) {
    this.caller = caller;
    this.asyncCalls = asyncCalls;
    this.newPlan = newPlan;
  }

  /** Binds by C text; each object of types has its own meaning of the names in it. */
  bindPrototype(pointer: PointerLike | null, prototype: string, { types, encoding }: FunctionPointerOptions): AnyBound {
    const type = parseFunctionType(prototype, types);
    if (types === undefined) return this.bind(pointer, type, prototype, encoding);
    const number = this.typesSeen.get(types) ?? this.typesCount++;
    this.typesSeen.set(types, number);
    return this.bind(pointer, type, `${prototype} ${number.toString()}`, encoding);
  }

  /** @param key tells apart types that are bound to the same address */
  bind(pointer: PointerLike | null, type: FunctionType, key: string, encoding = NOWHERE.encoding): AnyBound {
    const { session } = this.caller;
    if (pointer === null) throw nullFunction(type.name);
    if (!(pointer instanceof Pointer)) throw notAPointer();
    const address = pointer.addressIn(session);
    if (this.generation !== session.generation) {
      this.bound.clear();
      this.generation = session.generation;
    }
    const place = `${address.toString(16)} ${encoding} ${key}`;
    let bound = this.bound.get(place);
    if (!bound) {
      const declared: DeclaredFunction<(...args: never[]) => unknown> = {
        dll: NOWHERE.dll,
        name: type.name,
        exportedAs: undefined,
        prototype: key,
        type,
        library: NOWHERE,
        freedBy: FREED_BY_NOBODY,
        address,
      };
      const plan = this.newPlan(type, encoding);
      writePlan(session, plan, address, { function: 0n, address: 0n });
      bound = bindFunction(this.guarded(pointer), declared, plan, this.asyncCalls);
      this.bound.set(place, bound);
    }
    return bound;
  }

  /** The address means nothing in another process: a call finds the agent that it was taken from, or throws. */
  private guarded(pointer: Pointer): Caller {
    const { caller } = this;
    return Object.create(caller, {
      ensureAlive: {
        value: () => {
          // Nothing changes while a call is under way: the process goes on, and with it the function.
          caller.ensureAlive();
          pointer.addressIn(caller.session);
        },
      },
      calls: {
        get: () => caller.calls,
        set: (calls: number) => {
          caller.calls = calls;
        },
      },
      missing: {
        get: () => {
          pointer.addressIn(caller.session);
          return caller.missing;
        },
      },
    }) as Caller;
  }
}

function nullFunction(name: string): DllparityError {
  return new DllparityError('ARGUMENT_RANGE', {
    what: `the function pointer to be bound as ${name} is null`,
    hint: 'The DLL has not set it, or has nothing to offer there. Look at it before binding.',
  });
}

function notAPointer(): DllparityError {
  return new DllparityError('AGENT_GONE', {
    what: 'the function pointer does not belong to the agent that runs now',
    hint: 'Take it anew from the DLL, and bind it again.',
  });
}
