import type { ManifestFacts } from './world.ts';

/** Where private assemblies of one manifest may lie. */
export interface Probing {
  readonly folder: string;
  /** Relative to the folder. */
  readonly privatePath: readonly string[];
  /** Where Wine looks, instead of all that. */
  readonly ofWine: readonly string[];
}

export interface FoundAssembly {
  readonly path: string;
  readonly manifest: ManifestFacts;
}
