// What values of C types look like in TypeScript.
import type { MemberIn, MemberOut } from './prototype-types.ts';
import type { WindowsTypes } from './windows-types.ts';

/** Memory that travels to the function and back: any typed array, Buffer, DataView or ArrayBuffer. */
export type Memory = ArrayBufferView | ArrayBuffer;

/** The elements behind a pointer as plain numbers; written back into the same array. */
export type Numbers = (number | bigint | null)[];

/** What may stand where memory holds a pointer. An object is a struct, a function a callback. */
export type PointerCell = PointerLike | Memory | string | readonly unknown[] | object | null;

/** A place in the agent's memory. `Pointer` is the class behind it; reading there asks the agent, unless the memory is shared. */
export interface PointerLike {
  /** Address in the agent, never to be compared between runs. */
  readonly address: bigint;
  /** The place `bytes` bytes further on; negative goes back. */
  plus(bytes: number): PointerLike;
  /**
   * The value of a type at this place.
   * @param type a C type, for example `int` or `char[16]`, or a type object
   * @param index counts elements of that type. @default 0
   */
  read<const N extends AnyType>(type: N, index?: number): MemberOut<N, WindowsTypes>;
  /**
   * Writes a value of a type at this place. What its pointers lead to has to be in the agent already.
   * @param index counts elements of that type. @default 0
   */
  write<const N extends AnyType>(type: N, value: MemberIn<N, WindowsTypes>, index?: number): void;
  /** `length` values of a type, one after the other. */
  array<const N extends AnyType>(type: N, length: number): MemberOut<N, WindowsTypes>[];
  /** A copy of `length` bytes, from `offset` bytes further on. @default offset 0 */
  bytes(length: number, offset?: number): Uint8Array;
  /**
   * The NUL-terminated text of 8-bit characters at this place.
   * @param encoding for example `windows-1252` or `gbk`. @default utf8
   */
  text(encoding?: string): string;
  /** The NUL-terminated UTF-16 text at this place. */
  wideText(): string;
}

/** Carries the TypeScript type of a C type: what is read, and what may be written. */
export interface Typed<Out, In = Out> {
  readonly valueType?: { readonly out: Out; readonly in: In };
}

/** A C type: its text, or an object that `struct`, `union`, `array` and their relatives make. */
export type AnyType = string | (CTypeObject & Typed<unknown, unknown>);

/** Any type object, whatever its kind. */
export interface CTypeObject {
  readonly kind: string;
  readonly name: string;
}

/** The TypeScript type of values that are read from a C type. */
export type ValueOf<T extends AnyType> = MemberOut<T, WindowsTypes>;
