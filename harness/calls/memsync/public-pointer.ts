import type { PointerLike } from '../../types/declare/values.ts';
import { Pointer as PointerClass } from './pointer.ts';

/** A place in the agent's memory, as functions return it and callbacks get it. Reading there asks the agent, unless the memory is shared. */
export type Pointer = PointerLike;

/** For `value instanceof Pointer`: pointers come from calls, and are not made by hand. */
export const Pointer = PointerClass as unknown as abstract new () => PointerLike;
