import type { Handle } from './handle.ts';
import type { Module } from './module-list.ts';
import type { ScenarioWorld } from './scenario-world.ts';
import type { Surroundings } from './surroundings.ts';

/** A scenario in the middle of its calls. */
export interface Running extends Surroundings {
  readonly world: ScenarioWorld;
  /** What each call before gave; undefined: nothing. */
  readonly handles: (Handle | undefined)[];
  /** What the program imports, by file name in lower case. */
  readonly programImports: ReadonlyMap<string, Module>;
  /** Number of this call. */
  readonly index: number;
}
