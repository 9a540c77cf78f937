import type { AssemblyIdentity, Manifest } from '../../harness/loader/scenario.ts';
import { ASSEMBLY } from './names.ts';

/** The assembly as a manifest asks for it, or is of it. */
export function asked(parts: Partial<AssemblyIdentity>): AssemblyIdentity {
  return {
    name: ASSEMBLY,
    version: '1.0.0.0',
    architecture: 'own',
    language: undefined,
    publicKeyToken: undefined,
    ...parts,
  };
}

export function application(dependsOn: readonly AssemblyIdentity[]): Manifest {
  return { kind: 'application', dependsOn };
}
