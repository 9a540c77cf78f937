// What values of C types look like in TypeScript.

/** Memory that travels to the function and back: any typed array, Buffer, DataView or ArrayBuffer. */
export type Memory = ArrayBufferView | ArrayBuffer;

/** The elements behind a pointer as plain numbers; written back into the same array. */
export type Numbers = (number | bigint | null)[];

/** Brand by which a pointer is known in types. */
export declare const pointerBrand: unique symbol;

/** A place in the agent's memory. `Pointer` is the class behind it. */
export interface PointerLike {
  /** Address in the agent, never to be compared between runs. */
  readonly address: bigint;
  readonly [pointerBrand]?: never;
}

/** Carries the TypeScript type of a struct's value; made by `struct`. */
export interface StructValue<V> {
  readonly valueType?: V;
}
