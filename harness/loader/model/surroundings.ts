import type { LoadError } from './load-error.ts';
import type { Module } from './module-list.ts';
import type { ProcessState } from './process-state.ts';
import type { Trace } from './step.ts';
import type { ImageFile, World } from './world.ts';

/** What a name leads to. */
export type FoundModule =
  | { readonly kind: 'loaded'; readonly module: Module }
  | { readonly kind: 'image'; readonly path: string; readonly image: ImageFile; readonly fromAssembly: boolean }
  | { readonly kind: 'failed'; readonly error: LoadError };

/** What a search looks at, and where it says what it has found. */
export interface Surroundings {
  readonly state: ProcessState;
  readonly world: World;
  readonly trace: Trace;
}
