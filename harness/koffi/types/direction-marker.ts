import type { Directions, Type } from './type.ts';

/** What koffi.in(), out() and inout() return. */
export class DirectionMarker {
  readonly #type: Type;
  readonly #directions: Directions;

  constructor(type: Type, directions: Directions) {
    this.#type = type;
    this.#directions = directions;
  }

  static read(marker: DirectionMarker): { type: Type; directions: Directions } {
    return { type: marker.#type, directions: marker.#directions };
  }
}
