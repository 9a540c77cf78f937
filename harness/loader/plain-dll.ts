import type { DllContent } from './scenario.ts';

/** A DLL that says which it is, and does nothing else. */
export function plainDll(variant: string): DllContent {
  return {
    kind: 'dll',
    variant,
    architecture: 'own',
    imports: undefined,
    missingSymbol: false,
    forwards: undefined,
    dllMain: 'succeeds',
    manifest: undefined,
  };
}
