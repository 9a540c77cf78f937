import { baseName } from './windows-path.ts';

/** Which files the assemblies of one manifest bring, as the loader looks them up. */
export interface ActivationContext {
  /** The manifest's file, or the program or DLL that carries it. */
  readonly source: string;
  /** Lower-case file name → full path. */
  readonly files: ReadonlyMap<string, string>;
}

/** Full path that the context redirects a plain file name to. */
export function redirectedPath(context: ActivationContext, name: string): string | undefined {
  return context.files.get(baseName(name).toLowerCase());
}
