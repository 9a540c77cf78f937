import type { ActivationContext } from './activation.ts';
import type { LoadError } from './load-error.ts';
import type { SearchRequest } from './search-request.ts';
import type { ImageFile } from './world.ts';
import { baseName, samePath } from './windows-path.ts';

/** A DLL in the process. */
export interface Module {
  readonly path: string;
  readonly image: ImageFile;
  /** An assembly brought it. Whether it answers for its plain name where that assembly is not active is not said. */
  readonly fromAssembly: boolean;
  /** Mapped with DONT_RESOLVE_DLL_REFERENCES. */
  readonly unresolved: boolean;
  /** The search of the call that loaded it. */
  readonly request: SearchRequest;
  /** That of its own manifest, for its imports and its DllMain. */
  context: ActivationContext | undefined;
  /** What its imports were resolved to: lower-case name → module. */
  readonly imports: Map<string, Module>;
  /** What its forwarders have led to: lower-case name → module. */
  readonly targets: Map<string, Module>;
  /** Where the code of what it imports lies: lower-case name → module, or nowhere. Wine settles it while it loads. */
  readonly bound: Map<string, Module | undefined>;
  /** What its DllMain has loaded. */
  loadedInDllMain: Module | LoadError | undefined;
  initialized: boolean;
  /** How often it is held: by calls, and by modules that import from it. */
  references: number;
  /** How many of those are forwarders' alone. */
  heldByForwarders: number;
}

/** The module that a plain name means: of those with this base name and extension, the first that was loaded. */
export function moduleByName(modules: readonly Module[], name: string): Module | undefined {
  const wanted = name.toLowerCase();
  return modules.find((module) => baseName(module.path).toLowerCase() === wanted);
}

export function moduleByPath(modules: readonly Module[], path: string): Module | undefined {
  return modules.find((module) => samePath(module.path, path));
}
