import type { Type } from '../types/type.ts';

/** What koffi.as() returns: a value, and the type that it is to be passed as. */
export class Cast {
  readonly #value: unknown;
  readonly #type: Type;

  constructor(value: unknown, type: Type) {
    this.#value = value;
    this.#type = type;
  }

  static read(cast: Cast): { value: unknown; type: Type } {
    return { value: cast.#value, type: cast.#type };
  }
}

export function typeOfCast(value: object): Type | undefined {
  return value instanceof Cast ? Cast.read(value).type : undefined;
}
