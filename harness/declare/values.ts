// What values of C types look like in TypeScript.
import type { ScalarOf } from './prototype-types.ts';

/** Memory that travels to the function and back: any typed array, Buffer, DataView or ArrayBuffer. */
export type Memory = ArrayBufferView | ArrayBuffer;

/** The elements behind a pointer as plain numbers; written back into the same array. */
export type Numbers = (number | bigint | null)[];

/** A place in the agent's memory. `Pointer` is the class behind it; reading there asks the agent, unless the memory is shared. */
export interface PointerLike {
  /** Address in the agent, never to be compared between runs. */
  readonly address: bigint;
  /** The place `bytes` bytes further on; negative goes back. */
  plus(bytes: number): PointerLike;
  /**
   * The value of a scalar or pointer type at this place.
   * @param type a C type, for example `int` or `unsigned short`
   * @param index counts elements of that type. @default 0
   */
  read<const N extends string>(type: N, index?: number): ScalarOf<N>;
  /** A copy of `length` bytes, from `offset` bytes further on. @default offset 0 */
  bytes(length: number, offset?: number): Uint8Array;
  /** The NUL-terminated UTF-8 text at this place. */
  text(): string;
  /** The NUL-terminated UTF-16 text at this place. */
  wideText(): string;
}

/** Carries the TypeScript type of a struct's value; made by `struct`. */
export interface StructValue<V> {
  readonly valueType?: V;
}
